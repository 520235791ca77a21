using System.Collections.Concurrent;

namespace KeyAccountBot.Deliveries;

/// <summary>Wakes every worker that waits for work, so it looks at once instead of within the second; and knows when all of them rest.</summary>
internal sealed class WorkSignal
{
    // turns that nobody may ever ask for
    private const int Remembered = 1_000;

    // worker → the signal it waits for: where that is the next one, it has looked since the last and found nothing
    private readonly ConcurrentDictionary<object, Task> waiting = new();
    private TaskCompletionSource next = New();
    private readonly Lock gate = new();
    private readonly SortedSet<DateTimeOffset> turns = [];
    private long handled;

    /// <summary>Completes at the next <see cref="Set"/>; taken before looking for work, so none is missed in between.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    /// <summary>There may be work: something was recorded, or the clock was moved.</summary>
    public void Set() => Interlocked.Exchange(ref next, New()).TrySetResult();

    /// <summary>A worker begins; until it rests, work may be under way.</summary>
    public void Join(object worker) => waiting[worker] = Task.CompletedTask;

    /// <summary>A worker looked and found nothing, and waits for this signal.</summary>
    public void Rest(object worker, Task until) => waiting[worker] = until;

    /// <summary>A worker handled something, which may be work for others.</summary>
    public void Handled() => Interlocked.Increment(ref handled);

    /// <summary>A message waits for its turn until then, which is seconds away: who moves the clock stops there.</summary>
    public void Soon(DateTimeOffset at)
    {
        lock (gate)
        {
            if (turns.Count < Remembered)
            {
                turns.Add(at);
            }
        }
    }

    /// <summary>The next moment after this one that a message waits its turn for, told once; <c>null</c> for none.</summary>
    public DateTimeOffset? TakeSoon(DateTimeOffset now)
    {
        lock (gate)
        {
            turns.RemoveWhere(at => at <= now);
            if (turns.Count == 0)
            {
                return null;
            }

            var turn = turns.Min;
            turns.Remove(turn);
            return turn;
        }
    }

    /// <summary>A worker ends.</summary>
    public void Leave(object worker) => waiting.TryRemove(worker, out _);

    /// <summary>Wakes the workers until a whole round finds nothing that is due: then everything due has been done.</summary>
    /// <exception cref="OperationCanceledException">They did not come to rest in time.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        long before;
        do
        {
            before = Interlocked.Read(ref handled);
            Set();
            while (!AllRest())
            {
                await tick.WaitForNextTickAsync(cancellationToken);
            }
        }
        while (Interlocked.Read(ref handled) != before);
    }

    private bool AllRest()
    {
        var current = Next;
        return waiting.Values.All(until => until == current);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
