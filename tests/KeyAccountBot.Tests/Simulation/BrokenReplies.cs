using System.Collections.Concurrent;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Channels;
using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>What a conversation did not take goes first, and nothing else until it is taken.</summary>
internal sealed class StubbornChannel(IReplyChannel inner) : IReplyChannel
{
    private readonly ConcurrentDictionary<string, Activity> first = new(StringComparer.Ordinal);

    public async Task SendAsync(Activity reply, CancellationToken cancellationToken)
    {
        var conversation = reply.Conversation!.Id!;
        if (first.TryGetValue(conversation, out var stuck) && stuck.ReplyToId != reply.ReplyToId)
        {
            throw new NotSentException("the one before was not taken", isPermanent: false);
        }

        try
        {
            await inner.SendAsync(reply, cancellationToken);
            first.TryRemove(conversation, out _);
        }
        catch (NotSentException)
        {
            first[conversation] = reply;
            throw;
        }
    }
}

/// <summary>Says every tenth reply twice.</summary>
internal sealed class StutteringChannel(IReplyChannel inner) : IReplyChannel
{
    private int calls;

    public async Task SendAsync(Activity reply, CancellationToken cancellationToken)
    {
        await inner.SendAsync(reply, cancellationToken);
        if (Interlocked.Increment(ref calls) % 10 == 0)
        {
            await inner.SendAsync(reply, cancellationToken);
        }
    }
}

/// <summary>Tables in which owed replies never grow old.</summary>
internal sealed class RejuvenatingTables(ITableStore inner, TimeProvider clock) : ITableStore
{
    public async IAsyncEnumerable<TableRow> QueryAsync(
        string table, string partitionKey, string fromRowKey, string toRowKey,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in inner.QueryAsync(table, partitionKey, fromRowKey, toRowKey, cancellationToken))
        {
            yield return fromRowKey == OwedRows.Prefix ? Young(row) : row;
        }
    }

    public ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        inner.GetAsync(table, partitionKey, rowKey, cancellationToken);

    public IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, CancellationToken cancellationToken) => inner.ScanAsync(table, label, cancellationToken);

    public ValueTask<IReadOnlyList<string>> SubmitAsync(
        string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken) =>
        inner.SubmitAsync(table, partitionKey, operations, cancellationToken);

    public ValueTask CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    private TableRow Young(TableRow row)
    {
        var owed = ConversationRowKinds.Replies.Read(row).Record!;
        return row with { Body = ConversationRowKinds.Replies.BytesOf(owed with { At = clock.GetUtcNow().AddMinutes(-1) }) };
    }
}
