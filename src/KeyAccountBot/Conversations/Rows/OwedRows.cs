using System.Runtime.CompilerServices;
using System.Text.Json;
using KeyAccountBot.Records;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Conversations.Rows;

/// <summary>The rows of conversations and of the replies they are owed, each in its conversation's partition, and the queue that says when replies are tried.</summary>
internal sealed class OwedRows(Tables tables, IDelayedQueue queues)
{
    /// <summary>The queue.</summary>
    public const string Queue = "replies";

    /// <summary>What the keys of replies begin with.</summary>
    public const string Prefix = "reply|";

    /// <summary>Where a conversation's own row lies.</summary>
    public static KeyShape<ConversationKey> ConversationKeys { get; } = new(
        k => new RowPlace(k.Conversation, ConversationTable.Row),
        p => p.Row == ConversationTable.Row ? new ConversationKey(p.Partition) : null);

    /// <summary>Where a conversation's replies lie.</summary>
    public static KeyShape<ReplyKey> ReplyKeys { get; } = new(
        k => new RowPlace(k.Conversation, k.Id),
        p => p.Row.StartsWith(Prefix, StringComparison.Ordinal) ? new ReplyKey(p.Partition, p.Row) : null);

    private readonly Table<ConversationKey, ConversationRecord> conversations = tables.Of(
        ConversationRowKinds.Conversation, ConversationKeys, c => c.Said is not null || c.Unsent is { Count: > 0 } ? ConversationTable.UnsentLabel : null);

    private readonly Table<ReplyKey, OwedReplies> replies = tables.Of(ConversationRowKinds.Replies, ReplyKeys, _ => ConversationTable.UnsentLabel);

    /// <summary>All that a conversation is owed, the oldest first.</summary>
    public async Task<List<OwedRow>> OfAsync(string conversation, CancellationToken cancellationToken)
    {
        List<OwedRow> owed = [];
        await foreach (var row in replies.QueryAsync(RowRange.Starting(conversation, Prefix), cancellationToken))
        {
            if (row is { Record: { } record, ETag: { } etag })
            {
                owed.Add(new OwedRow(record, etag, row.Body.Length));
            }
        }

        return owed;
    }

    /// <summary>Every conversation that something is owed in, with what is owed: in the conversation's own row, or in a row of replies.</summary>
    public async IAsyncEnumerable<(string Conversation, ConversationRecord? Own, OwedReplies? Replies)> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in tables.ScanAsync(ConversationTable.Name, ConversationTable.UnsentLabel, cancellationToken))
        {
            yield return (row.PartitionKey, conversations.Read(row)?.Record, replies.Read(row)?.Record);
        }
    }

    /// <summary>A conversation's own row.</summary>
    public ValueTask<RowAsRead<ConversationKey, ConversationRecord>> StateAsync(string conversation, CancellationToken cancellationToken) =>
        conversations.FindAsync(new ConversationKey(conversation), cancellationToken);

    /// <summary>Writes some rows of a conversation together; answers the new ETags.</summary>
    /// <exception cref="StoreConflictException">Somebody wrote one of them first.</exception>
    public ValueTask<IReadOnlyList<string>> SubmitAsync(IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken) => tables.SubmitAsync(writes, cancellationToken);

    /// <summary>Has them tried at a time.</summary>
    public ValueTask SendAsync(string conversation, OwedReplies owed, DateTimeOffset at, CancellationToken cancellationToken) => queues.SendAsync(
        Queue, JsonSerializer.SerializeToUtf8Bytes(new ReplyDue(owed.Tenant, conversation, owed.Id), ConversationJson.Default.ReplyDue), at, cancellationToken);

    /// <summary>The write of a conversation's own row.</summary>
    public RowWrite State(string conversation, ConversationRecord record, string? etag) => conversations.Writing(new ConversationKey(conversation), record, etag);

    /// <summary>The write of a row of replies.</summary>
    public RowWrite Row(string conversation, OwedReplies owed) => replies.Putting(new ReplyKey(conversation, owed.Id), owed);

    /// <summary>The write of a row of replies that nobody may have written since.</summary>
    public RowWrite Row(string conversation, OwedReplies owed, string etag) => replies.Writing(new ReplyKey(conversation, owed.Id), owed, etag);

    /// <summary>The write that takes a row of replies away.</summary>
    public RowWrite Gone(string conversation, string id) => replies.Deleting(new ReplyKey(conversation, id));
}

/// <summary>The key of a conversation's own row.</summary>
/// <param name="Conversation">Which.</param>
internal sealed record ConversationKey(string Conversation);

/// <summary>The key of a row of replies.</summary>
/// <param name="Conversation">Which conversation.</param>
/// <param name="Id">Their id.</param>
internal sealed record ReplyKey(string Conversation, string Id);

/// <summary>A row of replies as it was read.</summary>
/// <param name="Owed">What it holds.</param>
/// <param name="ETag">Of the row.</param>
/// <param name="Bytes">How large it is.</param>
internal sealed record OwedRow(OwedReplies Owed, string ETag, int Bytes);
