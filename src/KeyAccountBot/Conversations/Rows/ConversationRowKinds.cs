using KeyAccountBot.Records;

namespace KeyAccountBot.Conversations.Rows;

/// <summary>The kinds of rows that conversations keep.</summary>
internal static class ConversationRowKinds
{
    /// <summary>Where a conversation's dialogs stand.</summary>
    public static RowKind<ConversationRecord> Conversation { get; } = new(
        ConversationTable.Name, r => r.RowKey == ConversationTable.Row, ConversationJson.Default.ConversationRecord,
        c => c is { Dialogs: not null, Members: not null, Claims: not null, Answered: not null }, namesSomebody: true);

    /// <summary>Replies of a conversation that are still owed.</summary>
    public static RowKind<OwedReplies> Replies { get; } = new(
        ConversationTable.Name, r => r.RowKey.StartsWith(OwedRows.Prefix, StringComparison.Ordinal), ConversationJson.Default.OwedReplies,
        o => o is { Id.Length: > 0, Replies: not null }, namesSomebody: true);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IRowKind> All { get; } = [Conversation, Replies];
}
