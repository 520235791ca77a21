using KeyAccountBot.Storage;

namespace KeyAccountBot.Tests.Turns;

/// <summary>Tables in which somebody else always writes addresses first.</summary>
internal sealed class BusyAddresses(ITableStore inner) : ITableStore
{
    public ValueTask<IReadOnlyList<string>> SubmitAsync(
        string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken) =>
        table == "addresses" ? throw new StoreConflictException("others wrote first") : inner.SubmitAsync(table, partitionKey, operations, cancellationToken);

    public ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        inner.GetAsync(table, partitionKey, rowKey, cancellationToken);

    public IAsyncEnumerable<TableRow> QueryAsync(string table, string partitionKey, string fromRowKey, string toRowKey, CancellationToken cancellationToken) =>
        inner.QueryAsync(table, partitionKey, fromRowKey, toRowKey, cancellationToken);

    public IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, CancellationToken cancellationToken) => inner.ScanAsync(table, label, cancellationToken);

    public ValueTask CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);
}
