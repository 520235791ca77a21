using KeyAccountBot.Records;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Deliveries;

/// <summary>How far the sending of one thing is, as its row keeps it.</summary>
/// <param name="Attempts">How often it was tried; what an outage interrupts is no try.</param>
/// <param name="Throttled">How often a channel asked to wait with it.</param>
/// <param name="Refused">The channels that do not take it; <c>null</c> for none.</param>
/// <param name="Instead">The channel it goes over while its own is paused; <c>null</c> for its own.</param>
/// <param name="FailedAt">When it was last given back, UTC.</param>
internal sealed record SendingState(
    int Attempts = 0, int Throttled = 0, IReadOnlyList<ChannelRefusal>? Refused = null, Channel? Instead = null, DateTimeOffset? FailedAt = null)
{
    /// <summary>Nothing was tried yet.</summary>
    public static SendingState New { get; } = new();

    /// <summary>Why no channel takes it, each in its own words.</summary>
    public string Reason => string.Join("; ", (Refused ?? []).Select(r => $"{r.Channel}: {r.Detail}"));

    /// <summary>Whether a channel does not take it.</summary>
    public bool IsRefusedBy(Channel channel) => Refused is not null && Refused.Any(r => r.Channel == channel);
}
