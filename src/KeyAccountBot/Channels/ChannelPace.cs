namespace KeyAccountBot.Channels;

/// <summary>At most so many messages in so long.</summary>
/// <param name="Messages">How many.</param>
/// <param name="Within">In how long.</param>
internal sealed record PaceLimit(int Messages, TimeSpan Within);

/// <summary>How much a channel takes from us.</summary>
/// <param name="Conversation">In one conversation; all of these hold.</param>
/// <param name="Tenant">In a whole company; all of these hold. Empty where the channel has no such limit.</param>
internal sealed record ChannelPace(IReadOnlyList<PaceLimit> Conversation, IReadOnlyList<PaceLimit> Tenant)
{
    /// <summary>It takes everything.</summary>
    public static ChannelPace Unlimited { get; } = new([], []);
}
