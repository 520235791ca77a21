using System.Text.Json;
using KeyAccountBot.Records;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Conversations.Rows;

/// <summary>The rows of replies that are owed, each in its conversation's partition, and the queue that says when they are tried.</summary>
internal sealed class OwedRows(ITableStore tables, IDelayedQueue queues, RowReader reader)
{
    /// <summary>The queue.</summary>
    public const string Queue = "replies";

    /// <summary>What their keys begin with.</summary>
    public const string Prefix = "reply|";

    private const string End = "reply}";

    /// <summary>All that a conversation is owed, the oldest first.</summary>
    public async Task<List<OwedRow>> OfAsync(string conversation, CancellationToken cancellationToken)
    {
        List<OwedRow> owed = [];
        await foreach (var row in tables.QueryAsync(ConversationKeys.Table, conversation, Prefix, End, cancellationToken))
        {
            if (OwedOf(row) is { } replies)
            {
                owed.Add(new OwedRow(replies, row.ETag, row.Body.Length));
            }
        }

        return owed;
    }

    /// <summary>Every row that something is owed in, of all conversations: rows of replies, and conversations' own.</summary>
    public IAsyncEnumerable<TableRow> AllAsync(CancellationToken cancellationToken) => tables.ScanAsync(ConversationKeys.Table, ConversationKeys.UnsentLabel, cancellationToken);

    /// <summary>A conversation's own row; <c>null</c> where there is none that can be read.</summary>
    public async ValueTask<(ConversationRecord Record, string ETag)?> StateAsync(string conversation, CancellationToken cancellationToken) =>
        await tables.GetAsync(ConversationKeys.Table, conversation, ConversationKeys.Row, cancellationToken) is { } row && RecordOf(row) is { } record ? (record, row.ETag) : null;

    /// <summary>What a conversation's row holds; <c>null</c> where it cannot be read: the next turn begins it anew.</summary>
    public ConversationRecord? RecordOf(TableRow row) => reader.Read(ConversationRowKinds.Conversation, row).Record;

    /// <summary>What a row of replies holds; <c>null</c> where it cannot be read.</summary>
    public OwedReplies? OwedOf(TableRow row) => reader.Read(ConversationRowKinds.Replies, row).Record;

    /// <summary>Writes some rows of a conversation together; answers the new ETags.</summary>
    public ValueTask<IReadOnlyList<string>> SubmitAsync(string conversation, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken) =>
        tables.SubmitAsync(ConversationKeys.Table, conversation, operations, cancellationToken);

    /// <summary>Has them tried at a time.</summary>
    public ValueTask SendAsync(string conversation, OwedReplies owed, DateTimeOffset at, CancellationToken cancellationToken) => queues.SendAsync(
        Queue, JsonSerializer.SerializeToUtf8Bytes(new ReplyDue(owed.Tenant, conversation, owed.Id), ConversationJson.Default.ReplyDue), at, cancellationToken);

    /// <summary>The write of a conversation's own row.</summary>
    public static TableOperation State(ConversationRecord record, string? etag)
    {
        var body = ConversationRowKinds.Conversation.BytesOf(record);
        var label = record.Said is not null || record.Unsent is { Count: > 0 } ? ConversationKeys.UnsentLabel : null;
        return etag is null ? new TableOperation.Add(ConversationKeys.Row, body, label) : new TableOperation.Replace(ConversationKeys.Row, body, etag, label);
    }

    /// <summary>The write of a row of replies.</summary>
    public static TableOperation Row(OwedReplies owed) => new TableOperation.Put(owed.Id, BytesOf(owed), ConversationKeys.UnsentLabel);

    /// <summary>The write of a row of replies that nobody may have written since.</summary>
    public static TableOperation Row(OwedReplies owed, string etag) => new TableOperation.Replace(owed.Id, BytesOf(owed), etag, ConversationKeys.UnsentLabel);

    private static byte[] BytesOf(OwedReplies owed) => ConversationRowKinds.Replies.BytesOf(owed);
}

/// <summary>A row of replies as it was read.</summary>
/// <param name="Owed">What it holds.</param>
/// <param name="ETag">Of the row.</param>
/// <param name="Bytes">How large it is.</param>
internal sealed record OwedRow(OwedReplies Owed, string ETag, int Bytes);
