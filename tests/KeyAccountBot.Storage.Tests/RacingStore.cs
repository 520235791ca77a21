namespace KeyAccountBot.Storage.Tests;

/// <summary>Rows in memory, with a moment between a read and the write that follows, in which others may write.</summary>
/// <param name="afterRead">What happens in that moment.</param>
internal sealed class RacingStore(Func<RacingStore, ValueTask>? afterRead = null) : ITableStore
{
    private readonly Lock door = new();
    private readonly Dictionary<(string Table, string Partition, string Row), TableRow> rows = [];
    private int etags;

    /// <summary>How often rows were written.</summary>
    public int Writes { get; private set; }

    /// <inheritdoc/>
    public async ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        TableRow? row;
        lock (door)
        {
            row = rows.GetValueOrDefault((table, partitionKey, rowKey));
        }

        await (afterRead?.Invoke(this) ?? ValueTask.CompletedTask);
        return row;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<TableRow> QueryAsync(string table, string partitionKey, string fromRowKey, string toRowKey, CancellationToken cancellationToken) =>
        All(k => k.Table == table && k.Partition == partitionKey
            && string.CompareOrdinal(k.Row, fromRowKey) >= 0 && string.CompareOrdinal(k.Row, toRowKey) < 0).ToAsyncEnumerable();

    /// <inheritdoc/>
    public IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, CancellationToken cancellationToken) =>
        All(k => k.Table == table).Where(r => label is null || r.Label == label).ToAsyncEnumerable();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> SubmitAsync(
        string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
    {
        lock (door)
        {
            foreach (var operation in operations)
            {
                var there = rows.GetValueOrDefault((table, partitionKey, operation.RowKey));
                if (operation is TableOperation.Add && there is not null
                    || operation is TableOperation.Replace { ETag: var replaced } && there?.ETag != replaced
                    || operation is TableOperation.Delete { ETag: { } deleted } && there is not null && there.ETag != deleted)
                {
                    throw new StoreConflictException(operation.RowKey);
                }
            }

            Writes++;
            return ValueTask.FromResult<IReadOnlyList<string>>([.. operations.Select(o => Write(table, partitionKey, o))]);
        }
    }

    /// <inheritdoc/>
    public ValueTask CheckAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private string Write(string table, string partition, TableOperation operation)
    {
        var key = (table, partition, operation.RowKey);
        var (body, label) = operation switch
        {
            TableOperation.Add add => (add.Body, add.Label),
            TableOperation.Replace replace => (replace.Body, replace.Label),
            TableOperation.Put put => (put.Body, put.Label),
            _ => (ReadOnlyMemory<byte>.Empty, null),
        };
        if (operation is TableOperation.Delete)
        {
            rows.Remove(key);
            return "";
        }

        var row = new TableRow(partition, operation.RowKey, body, label, $"{++etags}");
        rows[key] = row;
        return row.ETag;
    }

    private List<TableRow> All(Func<(string Table, string Partition, string Row), bool> which)
    {
        lock (door)
        {
            return [.. rows.Where(r => which(r.Key)).OrderBy(r => r.Key.Row, StringComparer.Ordinal).Select(r => r.Value)];
        }
    }
}
