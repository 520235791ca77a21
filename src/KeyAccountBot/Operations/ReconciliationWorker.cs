using System.Text.Json;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Records;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Operations;

/// <summary>When the next reconciliation is due and what the last one found; one row for all replicas.</summary>
/// <param name="NextAt">When it is due, UTC.</param>
/// <param name="ClaimedAt">Since when, or until when alive, somebody runs it, UTC; <c>null</c> while nobody does.</param>
/// <param name="Last">What the last one found; <c>null</c> before the first.</param>
internal sealed record ReconciliationState(DateTimeOffset NextAt, DateTimeOffset? ClaimedAt = null, ReconciliationResult? Last = null);

/// <summary>A reconciliation on the queue.</summary>
/// <param name="At">The moment it was armed for, UTC; a message for another moment than the row's is stale.</param>
internal sealed record ReconciliationDue(DateTimeOffset At);

/// <summary>
/// Runs the reconciliation once a day, on whichever replica receives its message. The message arms the next one. Whether it was lost is
/// looked at when a process starts and every hour.
/// </summary>
internal sealed partial class ReconciliationWorker(
    Tables tables, IDelayedQueue queues, Reconciliation reconciliation, DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal,
    ILogger<ReconciliationWorker> logger)
    : ArmedWorker(Queue, queues, deadLetters, times, clock, signal, logger, slots: 1)
{
    /// <summary>The queue.</summary>
    public const string Queue = "reconciliation";

    private const string Row = "reconciliation";
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);

    // who has not said so long that they are alive has died
    private static readonly TimeSpan ClaimHolds = TimeSpan.FromMinutes(15);

    private readonly Table<OnlyRow, ReconciliationState> rows = tables.Of(ServiceRowKinds.Reconciliation, OnlyRow.At(Row, Row));

    /// <summary>What the last one found and when the next is due; <c>null</c> before the first was armed.</summary>
    public async ValueTask<ReconciliationState?> StateAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).State;

    /// <inheritdoc/>
    public override async Task ArmAsync(CancellationToken cancellationToken)
    {
        var (state, etag) = await ReadAsync(cancellationToken);
        var now = Clock.GetUtcNow();
        if (state is null)
        {
            await ArmAsync(new ReconciliationState(now + Every), etag, cancellationToken);
        }
        else if (state.NextAt + Look < now && !IsClaimed(state, now))
        {
            await ArmAsync(state with { NextAt = now, ClaimedAt = null }, etag, cancellationToken);
        }
    }

    /// <summary>Runs one now, whatever is armed, and keeps what it found.</summary>
    public async Task<ReconciliationResult> RunNowAsync(CancellationToken cancellationToken)
    {
        var result = await reconciliation.RunAsync(null, cancellationToken);
        Reconciled(result);
        var (state, etag) = await ReadAsync(cancellationToken);
        try
        {
            await WriteAsync((state ?? new ReconciliationState(Clock.GetUtcNow() + Every)) with { Last = result }, etag, cancellationToken);
        }
        catch (StoreConflictException)
        {
            // another run keeps what it found
        }

        return result;
    }

    /// <inheritdoc/>
    protected override async Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        var due = JsonSerializer.Deserialize(message.Body.Span, ReconciliationJson.Default.ReconciliationDue)!;
        var (state, etag) = await ReadAsync(cancellationToken);
        var now = Clock.GetUtcNow();
        if (state is null || state.NextAt != due.At)
        {
            await Queues.CompleteAsync(message, cancellationToken);
            return;
        }

        if (IsClaimed(state, now))
        {
            await Queues.PutOffAsync(message, now + ClaimHolds, cancellationToken);
            return;
        }

        try
        {
            await RunAsync(message, state, etag!, cancellationToken);
        }
        catch (StoreConflictException)
        {
            // another replica claimed it, or ours was taken for dead
            await Queues.PutOffAsync(message, Clock.GetUtcNow() + ClaimHolds, cancellationToken);
        }
    }

    private async Task RunAsync(LeasedMessage message, ReconciliationState state, string etag, CancellationToken cancellationToken)
    {
        using var alone = new SemaphoreSlim(1, 1);
        await SayAliveAsync();
        var result = await reconciliation.RunAsync(SayAliveAsync, cancellationToken);
        Reconciled(result);
        await ArmAsync(new ReconciliationState(Clock.GetUtcNow() + Every, null, result), etag, CancellationToken.None);
        await Queues.CompleteAsync(message, CancellationToken.None);

        async ValueTask SayAliveAsync()
        {
            await alone.WaitAsync(cancellationToken);
            try
            {
                etag = await WriteAsync(state with { ClaimedAt = Clock.GetUtcNow() }, etag, cancellationToken);
            }
            finally
            {
                alone.Release();
            }
        }
    }

    private static bool IsClaimed(ReconciliationState state, DateTimeOffset now) => state.ClaimedAt is { } at && (now - at).Duration() < ClaimHolds;

    // the row first: should the message then not be sent, the hourly look finds that it did not come
    private async Task ArmAsync(ReconciliationState state, string? etag, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(state, etag, cancellationToken);
            await Queues.SendAsync(
                Queue, JsonSerializer.SerializeToUtf8Bytes(new ReconciliationDue(state.NextAt), ReconciliationJson.Default.ReconciliationDue), state.NextAt, cancellationToken);
        }
        catch (StoreConflictException)
        {
            // another replica was first
        }
    }

    // a row that cannot be read is written anew, except a newer version's: its ETag is not given, so that writing it conflicts
    private async ValueTask<(ReconciliationState? State, string? ETag)> ReadAsync(CancellationToken cancellationToken)
    {
        var row = await rows.FindAsync(OnlyRow.Key, cancellationToken);
        return (row.Record, row.Replaceable);
    }

    private ValueTask<string> WriteAsync(ReconciliationState state, string? etag, CancellationToken cancellationToken) =>
        rows.WriteAsync(OnlyRow.Key, state, etag, cancellationToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reconciliation: {Result}")]
    private partial void Reconciled(ReconciliationResult result);
}
