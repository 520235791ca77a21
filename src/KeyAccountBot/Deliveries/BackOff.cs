using System.Diagnostics.CodeAnalysis;

namespace KeyAccountBot.Deliveries;

/// <summary>When something that failed is tried again.</summary>
internal static class BackOff
{
    /// <summary>After seconds at first, an hour at last; a fifth more or less, so that those that failed together do not come back together.</summary>
    /// <param name="now">UTC.</param>
    /// <param name="tries">How often it failed.</param>
    [SuppressMessage("Security", "CA5394", Justification = "Chance only spreads tries.")]
    public static DateTimeOffset Later(DateTimeOffset now, int tries) =>
        now + (TimeSpan.FromSeconds(Math.Min(3600, 2 * Math.Pow(3, Math.Clamp(tries, 1, 8) - 1))) * (0.8 + (Random.Shared.NextDouble() * 0.4)));
}
