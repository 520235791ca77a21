using KeyAccountBot.BotFramework.Connector;
using KeyAccountBot.Channels;
using KeyAccountBot.Slack.WebApi;

namespace KeyAccountBot.Deliveries;

/// <summary>Tells a channel that is out of reach from everything else that can go wrong: what it interrupts is not to blame, and goes on later.</summary>
internal static class ChannelOutage
{
    /// <summary>Whether a call failed since the channel takes nothing from us now.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        NotSentException e => e.IsOfChannel,
        SlackApiException e => e.IsPermanentForApp || e.IsOutage || e.Error == "ratelimited",
        ConnectorException e => e.IsPermanentForApp || e.IsOutage,
        _ => false,
    };

    /// <summary>How long the channel is to be left alone, where that is known.</summary>
    public static TimeSpan? PatienceOf(Exception exception) => exception switch
    {
        NotSentException e => e.RetryAfter,
        SlackApiException e => e.RetryAfter,
        ConnectorException e => e.RetryAfter,
        _ => null,
    };
}
