using KeyAccountBot.Storage;

namespace KeyAccountBot.Operations;

/// <summary>
/// Whether the store can be written and read, found out by doing both. Whoever asks often, or many at once, costs the store one look in a
/// few seconds.
/// </summary>
internal sealed class StoreReadiness(ITableStore tables)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // real time: this is about the machine, and a moved clock must not age it
    private readonly TimeProvider time = TimeProvider.System;
    private readonly Lock gate = new();
    private Task? look;
    private long lookedAt;

    /// <summary>Answers where the store can be written and read; throws what stands in the way, within five seconds.</summary>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            // one that hangs is waited for by everybody, never started beside itself
            if (look is null || (look.IsCompleted && time.GetElapsedTime(lookedAt) >= Fresh))
            {
                lookedAt = time.GetTimestamp();
                look = Task.Run(() => tables.CheckAsync(CancellationToken.None).AsTask(), CancellationToken.None);
            }

            return look.WaitAsync(Patience, time, cancellationToken);
        }
    }
}
