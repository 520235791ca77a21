using System.Runtime.CompilerServices;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Benchmarks.Storage;

/// <summary>Tables that count what is asked of them.</summary>
internal sealed class CountedTables(ITableStore inner) : ITableStore
{
    public async ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        using var call = Trips.Begin($"get {table}/{Kind(rowKey)}");
        return await inner.GetAsync(table, partitionKey, rowKey, cancellationToken);
    }

    public async IAsyncEnumerable<TableRow> QueryAsync(
        string table, string partitionKey, string fromRowKey, string toRowKey, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = Trips.Begin($"query {table}");
        await foreach (var row in inner.QueryAsync(table, partitionKey, fromRowKey, toRowKey, cancellationToken))
        {
            yield return row;
        }
    }

    public async IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = Trips.Begin($"scan {table}");
        await foreach (var row in inner.ScanAsync(table, label, cancellationToken))
        {
            yield return row;
        }
    }

    public async ValueTask<IReadOnlyList<string>> SubmitAsync(
        string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
    {
        using var call = Trips.Begin($"write {table}");
        return await inner.SubmitAsync(table, partitionKey, operations, cancellationToken);
    }

    public ValueTask CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    private static string Kind(string rowKey) => rowKey.Split('|')[0] is var kind && kind.Length < 16 ? kind : "row";
}

/// <summary>Queues that count what is asked of them.</summary>
internal sealed class CountedQueues(IDelayedQueue inner) : IDelayedQueue
{
    public async ValueTask SendAsync(string queue, ReadOnlyMemory<byte> body, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        using var call = Trips.Begin($"send {queue}");
        await inner.SendAsync(queue, body, visibleAt, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<LeasedMessage>> ReceiveAsync(string queue, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        using var call = Trips.Begin($"receive {queue}");
        return await inner.ReceiveAsync(queue, max, lease, cancellationToken);
    }

    public async ValueTask CompleteAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        using var call = Trips.Begin($"complete {message.Queue}");
        await inner.CompleteAsync(message, cancellationToken);
    }

    public async ValueTask ReturnAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        using var call = Trips.Begin($"return {message.Queue}");
        await inner.ReturnAsync(message, visibleAt, cancellationToken);
    }

    public async ValueTask PutOffAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        using var call = Trips.Begin($"put off {message.Queue}");
        await inner.PutOffAsync(message, visibleAt, cancellationToken);
    }
}
