namespace KeyAccountBot.Channels;

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
