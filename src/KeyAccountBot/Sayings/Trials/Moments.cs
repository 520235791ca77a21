using NodaTime;
using NodaTime.TimeZones;

namespace KeyAccountBot.Sayings.Trials;

/// <summary>A world's clocks.</summary>
internal static class Moments
{
    /// <summary>The instant at which clocks there say so.</summary>
    public static DateTimeOffset Instant(DateTime local, DateTimeZone zone) =>
        LocalDateTime.FromDateTime(local).InZone(zone, Resolvers.LenientResolver).ToDateTimeOffset().ToUniversalTime();
}

/// <summary>A clock that stands.</summary>
internal sealed class StandingClock : TimeProvider
{
    /// <summary>What it says, UTC.</summary>
    public DateTimeOffset Now { get; set; }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;
}
