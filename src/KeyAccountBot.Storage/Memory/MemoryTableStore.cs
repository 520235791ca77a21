using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace KeyAccountBot.Storage.Memory;

/// <summary>Tables in memory, for a trial that leaves nothing behind. A copy costs nothing: both go on from the same rows.</summary>
public sealed class MemoryTableStore : ITableStore
{
    private static readonly ImmutableSortedDictionary<string, TableRow> NoRows = ImmutableSortedDictionary.Create<string, TableRow>(StringComparer.Ordinal);
    private readonly Lock writing = new();
    private ImmutableDictionary<(string Table, string Partition), ImmutableSortedDictionary<string, TableRow>> partitions;
    private long version;

    /// <summary>An empty one.</summary>
    public MemoryTableStore() => partitions = ImmutableDictionary<(string, string), ImmutableSortedDictionary<string, TableRow>>.Empty;

    private MemoryTableStore(MemoryTableStore other) => (partitions, version) = (other.partitions, other.version);

    /// <summary>Rises with every write, so that it tells whether anything was written.</summary>
    public long Version => Volatile.Read(ref version);

    /// <summary>Another store with the same rows; what is written to one is not seen in the other.</summary>
    public MemoryTableStore Copy()
    {
        lock (writing)
        {
            return new MemoryTableStore(this);
        }
    }

    /// <summary>The rows, each as its table and key, of which a copy holds another version than the store it was made of.</summary>
    public IEnumerable<(string Table, string RowKey)> WrittenSince(MemoryTableStore before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return partitions.SelectMany(p => p.Value.Values
            .Where(row => before.RowsOf(p.Key.Table, p.Key.Partition).GetValueOrDefault(row.RowKey)?.ETag != row.ETag)
            .Select(row => (p.Key.Table, row.RowKey)));
    }

    /// <inheritdoc/>
    public ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        StoreLimits.CheckTable(table);
        StoreLimits.CheckKey(partitionKey);
        StoreLimits.CheckKey(rowKey);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(RowsOf(table, partitionKey).GetValueOrDefault(rowKey));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TableRow> QueryAsync(
        string table, string partitionKey, string fromRowKey, string toRowKey, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoreLimits.CheckTable(table);
        StoreLimits.CheckKey(partitionKey);
        await Task.CompletedTask;
        foreach (var (key, row) in RowsOf(table, partitionKey))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (string.CompareOrdinal(key, fromRowKey) >= 0 && string.CompareOrdinal(key, toRowKey) < 0)
            {
                yield return row;
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoreLimits.CheckTable(table);
        await Task.CompletedTask;
        foreach (var ((_, _), rows) in partitions.Where(p => p.Key.Table == table).OrderBy(p => p.Key.Partition, StringComparer.Ordinal))
        {
            foreach (var (_, row) in rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (label is null || row.Label == label)
                {
                    yield return row;
                }
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> SubmitAsync(
        string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
    {
        StoreLimits.Check(table, partitionKey, operations);
        cancellationToken.ThrowIfCancellationRequested();
        lock (writing)
        {
            var rows = RowsOf(table, partitionKey);
            var etags = new string[operations.Count];
            for (var i = 0; i < operations.Count; i++)
            {
                (rows, etags[i]) = Write(rows, partitionKey, operations[i]);
            }

            partitions = partitions.SetItem((table, partitionKey), rows);
            return ValueTask.FromResult<IReadOnlyList<string>>(etags);
        }
    }

    /// <inheritdoc/>
    public ValueTask CheckAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private (ImmutableSortedDictionary<string, TableRow> Rows, string ETag) Write(
        ImmutableSortedDictionary<string, TableRow> rows, string partition, TableOperation operation)
    {
        var known = rows.GetValueOrDefault(operation.RowKey);
        var etag = Interlocked.Increment(ref version).ToString(CultureInfo.InvariantCulture);
        return operation switch
        {
            TableOperation.Add when known is not null => throw Conflict(operation.RowKey),
            TableOperation.Replace replace when known?.ETag != replace.ETag => throw Conflict(operation.RowKey),
            TableOperation.Delete { ETag: { } expected } when known is not null && known.ETag != expected => throw Conflict(operation.RowKey),
            TableOperation.Delete => (rows.Remove(operation.RowKey), ""),
            TableOperation.Add add => Row(add.Body, add.Label),
            TableOperation.Replace replace => Row(replace.Body, replace.Label),
            TableOperation.Put put => Row(put.Body, put.Label),
            _ => throw new ArgumentException($"Unknown operation {operation.GetType().Name}.", nameof(operation)),
        };

        (ImmutableSortedDictionary<string, TableRow>, string) Row(ReadOnlyMemory<byte> body, string? label) =>
            (rows.SetItem(operation.RowKey, new TableRow(partition, operation.RowKey, body.ToArray(), label, etag)), etag);
    }

    private ImmutableSortedDictionary<string, TableRow> RowsOf(string table, string partition) =>
        partitions.GetValueOrDefault((table, partition), NoRows);

    private static StoreConflictException Conflict(string rowKey) => new($"The row '{rowKey}' exists already or was changed since it was read.");
}
