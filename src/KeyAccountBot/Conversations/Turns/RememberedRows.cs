using System.Collections.Concurrent;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Storage.Engines;

namespace KeyAccountBot.Conversations.Turns;

/// <summary>
/// Conversations' rows as this process last wrote them, so that a turn need not read what nobody else can have changed. Where
/// replicas share the store nothing is remembered: a dialog may record before the row's ETag is compared. When a thousand
/// conversations have spoken since, a row is forgotten.
/// </summary>
internal sealed class RememberedRows(StorageEngine engine)
{
    private const int Generation = 1_000;
    private readonly Lock ageing = new();
    private ConcurrentDictionary<string, (ConversationRecord Record, string ETag)> young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, (ConversationRecord Record, string ETag)> old = new(StringComparer.Ordinal);

    /// <summary>Takes a conversation's row out; who changes it keeps it again once it is written, and a turn that fails leaves none.</summary>
    public (ConversationRecord Record, string ETag)? Take(string conversation) =>
        // the young ones first: rows only ever move the other way
        Volatile.Read(ref young).TryRemove(conversation, out var row) || Volatile.Read(ref old).TryRemove(conversation, out row) ? row : null;

    /// <summary>Keeps a row as it was just written.</summary>
    public void Keep(string conversation, ConversationRecord record, string etag)
    {
        if (engine.IsShared)
        {
            return;
        }

        Volatile.Read(ref young)[conversation] = (record, etag);
        if (Volatile.Read(ref young).Count >= Generation)
        {
            Age();
        }
    }

    private void Age()
    {
        lock (ageing)
        {
            if (young.Count >= Generation)
            {
                Volatile.Write(ref old, young);
                Volatile.Write(ref young, new(StringComparer.Ordinal));
            }
        }
    }
}
