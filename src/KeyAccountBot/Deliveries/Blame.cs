using KeyAccountBot.BotFramework.Connector;
using KeyAccountBot.Slack.WebApi;

namespace KeyAccountBot.Deliveries;

/// <summary>Whom a failure to send speaks of.</summary>
internal enum Blame
{
    /// <summary>This message, or nobody knows: it counts as a try.</summary>
    Message,

    /// <summary>Its reader, or the room it is for: over this channel it reaches them never.</summary>
    Reader,

    /// <summary>Its reader or our app: the channel refuses and does not say whom. How the channel does with others settles it.</summary>
    Doubt,

    /// <summary>Our app: its token, its rights, its registration. Nobody can be told anything until that is mended.</summary>
    App,

    /// <summary>The channel: it cannot be reached, does not answer, or fails by itself.</summary>
    Outage,
}

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
