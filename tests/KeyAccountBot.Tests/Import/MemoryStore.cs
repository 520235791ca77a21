using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Tests.Import;

/// <summary>Rows and messages in memory, for tests that look at neither engine.</summary>
internal sealed class MemoryStore : ITableStore, IDelayedQueue
{
    private readonly SortedDictionary<(string Table, string Partition, string Row), TableRow> rows = new(Keys.Instance);
    private readonly Lock gate = new();
    private long etag;

    public int Writes { get; private set; }

    public ConcurrentBag<string> Messages { get; } = [];

    public ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new(rows.GetValueOrDefault((table, partitionKey, rowKey)));
        }
    }

    public IAsyncEnumerable<TableRow> QueryAsync(string table, string partitionKey, string fromRowKey, string toRowKey, CancellationToken cancellationToken) =>
        Read(r => r.Key.Table == table && r.Key.Partition == partitionKey
            && string.CompareOrdinal(r.Key.Row, fromRowKey) >= 0 && string.CompareOrdinal(r.Key.Row, toRowKey) < 0, cancellationToken);

    public IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, CancellationToken cancellationToken) =>
        Read(r => r.Key.Table == table && (label is null || r.Value.Label == label), cancellationToken);

    public ValueTask<IReadOnlyList<string>> SubmitAsync(string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            foreach (var operation in operations)
            {
                var there = rows.GetValueOrDefault((table, partitionKey, operation.RowKey));
                if ((operation is TableOperation.Add && there is not null) || (operation is TableOperation.Replace replace && there?.ETag != replace.ETag))
                {
                    throw new StoreConflictException(operation.RowKey);
                }
            }

            Writes++;
            return new([.. operations.Select(o => Write(table, partitionKey, o))]);
        }
    }

    public ValueTask CheckAsync(CancellationToken cancellationToken) => default;

    public ValueTask SendAsync(string queue, ReadOnlyMemory<byte> body, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        Messages.Add(queue);
        return default;
    }

    public ValueTask<IReadOnlyList<LeasedMessage>> ReceiveAsync(string queue, int max, TimeSpan lease, CancellationToken cancellationToken) => new([]);

    public ValueTask CompleteAsync(LeasedMessage message, CancellationToken cancellationToken) => default;

    public ValueTask ReturnAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) => default;

    public ValueTask PutOffAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) => default;

    private string Write(string table, string partition, TableOperation operation)
    {
        var key = (table, partition, operation.RowKey);
        var tag = (++etag).ToString(CultureInfo.InvariantCulture);
        switch (operation)
        {
            case TableOperation.Add add:
                rows[key] = new TableRow(partition, add.RowKey, add.Body, add.Label, tag);
                return tag;
            case TableOperation.Replace replace:
                rows[key] = new TableRow(partition, replace.RowKey, replace.Body, replace.Label, tag);
                return tag;
            case TableOperation.Put put:
                rows[key] = new TableRow(partition, put.RowKey, put.Body, put.Label, tag);
                return tag;
            default:
                rows.Remove(key);
                return "";
        }
    }

    private async IAsyncEnumerable<TableRow> Read(
        Func<KeyValuePair<(string Table, string Partition, string Row), TableRow>, bool> wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<TableRow> found;
        lock (gate)
        {
            found = [.. rows.Where(wanted).Select(r => r.Value)];
        }

        await Task.CompletedTask;
        foreach (var row in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    private sealed class Keys : IComparer<(string Table, string Partition, string Row)>
    {
        public static readonly Keys Instance = new();

        public int Compare((string Table, string Partition, string Row) x, (string Table, string Partition, string Row) y) =>
            string.CompareOrdinal(x.Table, y.Table) is not 0 and var table ? table
            : string.CompareOrdinal(x.Partition, y.Partition) is not 0 and var partition ? partition
            : string.CompareOrdinal(x.Row, y.Row);
    }
}
