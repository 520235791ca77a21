namespace KeyAccountBot.Conversations.Rows;

/// <summary>Where the rows of conversations lie.</summary>
internal static class ConversationTable
{
    /// <summary>The table of conversations.</summary>
    public const string Name = "conversations";

    /// <summary>The one row of a conversation's partition.</summary>
    public const string Row = "state";

    /// <summary>The label of conversations whose replies may not have been sent.</summary>
    public const string UnsentLabel = "unsent";
}
