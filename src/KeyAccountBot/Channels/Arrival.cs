using KeyAccountBot.Dialogs;

namespace KeyAccountBot.Channels;

/// <summary>Something that came in over a channel. Each channel adds what it alone needs to find the speaker and to answer.</summary>
/// <param name="Over">The id of the <see cref="IChannel"/> that it came over and that answers it.</param>
/// <param name="Channel">The channel as it is recorded; the Bot Connector carries several.</param>
/// <param name="Conversation">The partition of the conversation's rows. Among others each speaker has a conversation of their own.</param>
/// <param name="User">Who speaks, as the channel calls them; opaque.</param>
/// <param name="What">What is said or done.</param>
internal abstract record Arrival(string Over, string Channel, string Conversation, string User, Incoming What)
{
    /// <summary>The same for every delivery of what came in; <c>null</c> where the channel gives none.</summary>
    public string? Id { get; init; }

    /// <summary>What the turn begins is recorded under this: the same for every delivery, unlike that of anything else.</summary>
    public required string Turn { get; init; }

    /// <summary>The language of the client, where it says one; counts for who is not on record.</summary>
    public string? Locale { get; init; }

    /// <summary>Others than the speaker read there.</summary>
    public bool IsAmongOthers { get; init; }

    /// <summary>Where others read, the channel shows what is said to the speaker alone.</summary>
    public bool IsWhispered { get; init; }

    /// <summary>Said where others read, and answered here, in the speaker's own conversation.</summary>
    public bool IsAside { get; init; }

    /// <summary>The message that came in or was changed, as the channel calls it; <c>null</c> for a press.</summary>
    public string? Message { get; init; }

    /// <summary>The message that it stands under or replies to; <c>null</c> for none.</summary>
    public SentMessage? Under { get; init; }

    /// <summary>The whole conversation stands under that message: it is a thread.</summary>
    public bool IsThread { get; init; }
}
