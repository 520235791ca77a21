using System.Runtime.CompilerServices;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Tests.Turns;

/// <summary>Tables of which some calls hang until they are let go, whatever they are told: before or after they are carried out.</summary>
internal sealed class HangingStore(ITableStore inner) : ITableStore
{
    private readonly TaskCompletionSource letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Which calls hang: table and row, and whether it is a write.</summary>
    public Func<string, string, bool, bool> Hangs { get; set; } = (_, _, _) => false;

    /// <summary>What hangs has been carried out by then.</summary>
    public bool HangsAfter { get; set; }

    /// <summary>Completes once a call hangs.</summary>
    public Task Hanging => hanging.Task;

    /// <summary>Goes on with all that hangs, and hangs no more.</summary>
    public void LetGo()
    {
        Hangs = (_, _, _) => false;
        letGo.SetResult();
    }

    public async ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        await HangAsync(Hangs(table, rowKey, false));
        return await inner.GetAsync(table, partitionKey, rowKey, default);
    }

    public async IAsyncEnumerable<TableRow> QueryAsync(
        string table, string partitionKey, string fromRowKey, string toRowKey, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await HangAsync(Hangs(table, fromRowKey, false));
        await foreach (var row in inner.QueryAsync(table, partitionKey, fromRowKey, toRowKey, default))
        {
            yield return row;
        }
    }

    public IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, CancellationToken cancellationToken) => inner.ScanAsync(table, label, cancellationToken);

    public async ValueTask<IReadOnlyList<string>> SubmitAsync(
        string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
    {
        var hangs = Hangs(table, operations[0].RowKey, true);
        await HangAsync(hangs && !HangsAfter);
        var etags = await inner.SubmitAsync(table, partitionKey, operations, default);
        await HangAsync(hangs && HangsAfter);
        return etags;
    }

    public ValueTask CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    private async Task HangAsync(bool hangs)
    {
        await Task.Yield();
        if (hangs)
        {
            hanging.TrySetResult();
            await letGo.Task;
        }
    }
}
