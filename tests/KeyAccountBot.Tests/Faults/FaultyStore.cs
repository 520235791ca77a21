using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Engines;

namespace KeyAccountBot.Tests.Faults;

/// <summary>What befalls a call of the store.</summary>
internal enum Fault
{
    /// <summary>Nothing: it is carried out.</summary>
    None,

    /// <summary>Refused, as by a 500 or 503: nothing was done.</summary>
    Before,

    /// <summary>Done, but the answer was lost.</summary>
    After,

    /// <summary>No answer in time; nothing was done.</summary>
    TimesOut,

    /// <summary>No answer in time; it was done all the same.</summary>
    TimesOutAfter,

    /// <summary>The ETag is said not to match; nothing was done. Of a write only.</summary>
    Conflict,

    /// <summary>Done, and then said to conflict: the client sent it again and met its own write. Of a write only.</summary>
    ConflictAfter,

    /// <summary>The disk is full. Of a write only.</summary>
    NoRoom,
}

/// <summary>A call of the store.</summary>
/// <param name="What">The method's name, without <c>Async</c>.</param>
/// <param name="Where">Table, partition and rows, or the queue.</param>
/// <param name="Number">Which call of this store it is, from 1.</param>
/// <param name="Time">Which call of the same method at the same place it is, from 1.</param>
internal sealed record StoreCall(string What, string Where, int Number, int Time)
{
    /// <summary>Whether it changes what is on record.</summary>
    public bool Writes => What is not ("Get" or "Query" or "Scan" or "Check");

    public override string ToString() => $"{Number} {What} {Where}";
}

/// <summary>A store of which some calls fail. What fails is asked for at every call, so a test decides by seed, by number or by place.</summary>
internal sealed class FaultyStore(StorageEngine engine, Func<StoreCall, Fault> befalls) : ITableStore, IDelayedQueue
{
    private readonly ConcurrentDictionary<(string, string), int> times = new();
    private int calls;

    /// <summary>How often it was called.</summary>
    public int Calls => calls;

    /// <summary>What happens elsewhere while a call is under way, before it is carried out.</summary>
    public Func<StoreCall, Task> Meanwhile { get; set; } = _ => Task.CompletedTask;

    /// <summary>What failed, and how.</summary>
    public ConcurrentQueue<(StoreCall Call, Fault Fault)> Failed { get; } = new();

    public ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        CallAsync("Get", $"{table} {partitionKey} {rowKey}", () => engine.Tables.GetAsync(table, partitionKey, rowKey, cancellationToken));

    public async IAsyncEnumerable<TableRow> QueryAsync(
        string table, string partitionKey, string fromRowKey, string toRowKey, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await DoAsync("Query", $"{table} {partitionKey} {fromRowKey}", () => ValueTask.CompletedTask);
        await foreach (var row in engine.Tables.QueryAsync(table, partitionKey, fromRowKey, toRowKey, cancellationToken))
        {
            yield return row;
        }
    }

    public async IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await DoAsync("Scan", table, () => ValueTask.CompletedTask);
        await foreach (var row in engine.Tables.ScanAsync(table, label, cancellationToken))
        {
            yield return row;
        }
    }

    public ValueTask<IReadOnlyList<string>> SubmitAsync(
        string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken) =>
        CallAsync(
            "Submit", $"{table} {partitionKey} {string.Join(' ', operations.Select(o => o.RowKey))}",
            () => engine.Tables.SubmitAsync(table, partitionKey, operations, cancellationToken));

    public ValueTask CheckAsync(CancellationToken cancellationToken) => DoAsync("Check", "", () => engine.Tables.CheckAsync(cancellationToken));

    public ValueTask SendAsync(string queue, ReadOnlyMemory<byte> body, DateTimeOffset visibleAt, CancellationToken cancellationToken) =>
        DoAsync("Send", queue, () => engine.Queues.SendAsync(queue, body, visibleAt, cancellationToken));

    public ValueTask<IReadOnlyList<LeasedMessage>> ReceiveAsync(string queue, int max, TimeSpan lease, CancellationToken cancellationToken) =>
        CallAsync("Receive", queue, () => engine.Queues.ReceiveAsync(queue, max, lease, cancellationToken));

    public ValueTask CompleteAsync(LeasedMessage message, CancellationToken cancellationToken) =>
        DoAsync("Complete", message.Queue, () => engine.Queues.CompleteAsync(message, cancellationToken));

    public ValueTask ReturnAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) =>
        DoAsync("Return", message.Queue, () => engine.Queues.ReturnAsync(message, visibleAt, cancellationToken));

    public ValueTask PutOffAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) =>
        DoAsync("PutOff", message.Queue, () => engine.Queues.PutOffAsync(message, visibleAt, cancellationToken));

    private async ValueTask DoAsync(string what, string where, Func<ValueTask> call) =>
        await CallAsync(what, where, async () =>
        {
            await call();
            return true;
        });

    private async ValueTask<T> CallAsync<T>(string what, string where, Func<ValueTask<T>> call)
    {
        var time = times.AddOrUpdate((what, where), 1, (_, before) => before + 1);
        var one = new StoreCall(what, where, Interlocked.Increment(ref calls), time);
        await Meanwhile(one);
        var fault = befalls(one);
        if (fault != Fault.None)
        {
            Failed.Enqueue((one, fault));
        }

        switch (fault)
        {
            case Fault.None:
                return await call();
            case Fault.After or Fault.TimesOutAfter or Fault.ConflictAfter:
                _ = await call();
                break;
            default:
                break;
        }

        throw fault switch
        {
            Fault.TimesOut or Fault.TimesOutAfter => new TaskCanceledException($"No answer in time: {one}."),
            Fault.Conflict or Fault.ConflictAfter => new StoreConflictException($"Said to conflict: {one}."),
            Fault.NoRoom => new StoreFullException($"No room: {one}."),
            _ => new IOException($"The store failed: {one}."),
        };
    }
}
