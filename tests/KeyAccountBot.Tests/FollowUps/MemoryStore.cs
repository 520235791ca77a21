using System.Collections.Concurrent;
using System.Globalization;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Tests.FollowUps;

/// <summary>Tables and queues in memory, on a clock that a test moves.</summary>
internal sealed class MemoryStore(TimeProvider clock) : ITableStore, IDelayedQueue
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, TableRow> rows = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Queued> messages = new();
    private readonly ConcurrentDictionary<string, int> reads = new();
    private int batches;
    private int counter;

    /// <summary>How many batches were written since the counts were reset.</summary>
    public int Batches => batches;

    public int Count(string queue) => messages.Values.Count(m => m.Queue == queue);

    /// <summary>How many rows of a table were read one by one since the counts were reset.</summary>
    public int Reads(string table) => reads.GetValueOrDefault(table);

    public void ResetCounts()
    {
        reads.Clear();
        batches = 0;
    }

    /// <summary>Loses every message of a queue.</summary>
    public void Lose(string queue)
    {
        foreach (var (id, _) in messages.Where(m => m.Value.Queue == queue).ToList())
        {
            messages.TryRemove(id, out _);
        }
    }

    public IEnumerable<TableRow> Rows(string table)
    {
        lock (gate)
        {
            return [.. rows.Where(r => r.Key.StartsWith(table + "\n", StringComparison.Ordinal)).Select(r => r.Value)];
        }
    }

    public ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        reads.AddOrUpdate(table, 1, (_, count) => count + 1);
        lock (gate)
        {
            return new(rows.GetValueOrDefault(Key(table, partitionKey, rowKey)));
        }
    }

    public async IAsyncEnumerable<TableRow> QueryAsync(
        string table, string partitionKey, string fromRowKey, string toRowKey,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var row in Rows(table).Where(r => r.PartitionKey == partitionKey
            && string.CompareOrdinal(r.RowKey, fromRowKey) >= 0 && string.CompareOrdinal(r.RowKey, toRowKey) < 0))
        {
            yield return row;
        }
    }

    public async IAsyncEnumerable<TableRow> ScanAsync(
        string table, string? label, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var row in Rows(table).Where(r => label is null || r.Label == label))
        {
            yield return row;
        }
    }

    public ValueTask<IReadOnlyList<string>> SubmitAsync(
        string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            batches++;
            foreach (var operation in operations)
            {
                var row = rows.GetValueOrDefault(Key(table, partitionKey, operation.RowKey));
                var conflict = operation switch
                {
                    TableOperation.Add => row is not null,
                    TableOperation.Replace replace => row?.ETag != replace.ETag,
                    TableOperation.Delete { ETag: { } etag } => row?.ETag != etag,
                    _ => false,
                };
                if (conflict)
                {
                    throw new StoreConflictException(operation.RowKey);
                }
            }

            return new([.. operations.Select(o => Apply(table, partitionKey, o))]);
        }
    }

    public ValueTask CheckAsync(CancellationToken cancellationToken) => default;

    public ValueTask SendAsync(string queue, ReadOnlyMemory<byte> body, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        var id = NextId();
        messages[id] = new Queued(queue, body, visibleAt, 0, "");
        return default;
    }

    public ValueTask<IReadOnlyList<LeasedMessage>> ReceiveAsync(string queue, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            List<LeasedMessage> leased = [];
            foreach (var (id, message) in messages.Where(m => m.Value.Queue == queue && m.Value.VisibleAt <= now).OrderBy(m => m.Key, StringComparer.Ordinal).Take(max).ToList())
            {
                var receipt = NextId();
                messages[id] = message with { VisibleAt = now + lease, Count = message.Count + 1, Receipt = receipt };
                leased.Add(new LeasedMessage(queue, id, receipt, message.Body, message.Count + 1));
            }

            return new(leased);
        }
    }

    public ValueTask CompleteAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (messages.TryGetValue(message.Id, out var queued) && queued.Receipt == message.Receipt)
            {
                messages.TryRemove(message.Id, out _);
            }
        }

        return default;
    }

    public ValueTask ReturnAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (messages.TryGetValue(message.Id, out var queued) && queued.Receipt == message.Receipt)
            {
                messages[message.Id] = queued with { VisibleAt = visibleAt };
            }
        }

        return default;
    }

    public ValueTask PutOffAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (messages.TryGetValue(message.Id, out var queued) && queued.Receipt == message.Receipt)
            {
                messages[message.Id] = queued with { VisibleAt = visibleAt, Count = queued.Count - 1 };
            }
        }

        return default;
    }

    private string Apply(string table, string partitionKey, TableOperation operation)
    {
        var key = Key(table, partitionKey, operation.RowKey);
        var (body, label) = operation switch
        {
            TableOperation.Add add => (add.Body, add.Label),
            TableOperation.Replace replace => (replace.Body, replace.Label),
            TableOperation.Put put => (put.Body, put.Label),
            _ => (default, null),
        };
        if (operation is TableOperation.Delete)
        {
            rows.Remove(key);
            return "";
        }

        var etag = NextId();
        rows[key] = new TableRow(partitionKey, operation.RowKey, body, label, etag);
        return etag;
    }

    private string NextId() => Interlocked.Increment(ref counter).ToString("D8", CultureInfo.InvariantCulture);

    private static string Key(string table, string partition, string row) => $"{table}\n{partition}\n{row}";

    private sealed record Queued(string Queue, ReadOnlyMemory<byte> Body, DateTimeOffset VisibleAt, int Count, string Receipt);
}
