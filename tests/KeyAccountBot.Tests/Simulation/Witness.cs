using System.Collections.Concurrent;
using KeyAccountBot.Records;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>A row that was written.</summary>
internal sealed record Written(string Table, string Partition, string RowKey, ReadOnlyMemory<byte> Body);

/// <summary>The engine's tables, and a copy of every entry, delivery and mailbox that was put on record.</summary>
internal sealed class Witness(ITableStore inner) : ITableStore
{
    public const string Mailboxes = "mailboxes";
    private readonly ConcurrentQueue<Written> written = new();

    /// <summary>What was put on record since the last call.</summary>
    public List<Written> Take()
    {
        List<Written> taken = [];
        while (written.TryDequeue(out var row))
        {
            taken.Add(row);
        }

        return taken;
    }

    public async ValueTask<IReadOnlyList<string>> SubmitAsync(
        string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
    {
        var etags = await inner.SubmitAsync(table, partitionKey, operations, cancellationToken);
        foreach (var operation in table is RowKeys.Opportunities or Mailboxes ? operations : [])
        {
            if (BodyOf(operation) is { } body
                && (table == Mailboxes || operation.RowKey.StartsWith("event|", StringComparison.Ordinal) || operation.RowKey.StartsWith("delivery|", StringComparison.Ordinal)))
            {
                written.Enqueue(new Written(table, partitionKey, operation.RowKey, body));
            }
        }

        return etags;
    }

    public ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        inner.GetAsync(table, partitionKey, rowKey, cancellationToken);

    public IAsyncEnumerable<TableRow> QueryAsync(string table, string partitionKey, string fromRowKey, string toRowKey, CancellationToken cancellationToken) =>
        inner.QueryAsync(table, partitionKey, fromRowKey, toRowKey, cancellationToken);

    public IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, CancellationToken cancellationToken) => inner.ScanAsync(table, label, cancellationToken);

    public ValueTask CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    private static ReadOnlyMemory<byte>? BodyOf(TableOperation operation) => operation switch
    {
        TableOperation.Add add => add.Body,
        TableOperation.Replace replace => replace.Body,
        TableOperation.Put put => put.Body,
        _ => null,
    };
}
