using KeyAccountBot.Records;

namespace KeyAccountBot.Operations;

/// <summary>
/// Whether the store can be written and read, found out by doing both. Who asks often, or many at once, costs the store one look in a
/// few seconds.
/// </summary>
internal sealed class StoreReadiness(Tables tables)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private Task? look;
    private long lookedAt;

    /// <summary>Real time: this is about the machine, and a moved clock must not age it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Answers where the store can be written and read; throws what stands in the way, within five seconds.</summary>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            // one that hangs is waited for by everybody, never started beside itself
            if (look is null || (look.IsCompleted && Time.GetElapsedTime(lookedAt) >= Fresh))
            {
                lookedAt = Time.GetTimestamp();
                look = Task.Run(() => tables.CheckAsync(CancellationToken.None).AsTask(), CancellationToken.None);
            }

            return look.WaitAsync(Patience, Time, cancellationToken);
        }
    }
}
