using System.Collections.Concurrent;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Conversations.Turns;

/// <summary>
/// Conversations' rows as this process last wrote them, so that a turn need not read what nobody else can have changed. Where
/// replicas share the store nothing is remembered: a dialog may record before the row's ETag is compared.
/// </summary>
internal sealed class RememberedRows(StorageEngine engine)
{
    private const int Most = 2_000;
    private readonly ConcurrentDictionary<string, (ConversationRecord Record, string ETag)> rows = new(StringComparer.Ordinal);

    /// <summary>Takes a conversation's row out; whoever changes it keeps it again once it is written, and a turn that fails leaves none.</summary>
    public (ConversationRecord Record, string ETag)? Take(string conversation) =>
        rows.TryRemove(conversation, out var row) ? row : null;

    /// <summary>Keeps a row as it was just written.</summary>
    public void Keep(string conversation, ConversationRecord record, string etag)
    {
        if (engine.IsShared)
        {
            return;
        }

        if (rows.Count >= Most)
        {
            rows.Clear();
        }

        rows[conversation] = (record, etag);
    }
}
