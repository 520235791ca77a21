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
}
