using KeyAccountBot.Storage;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>The engine's queues, and a note of when the next message of each comes: there the clock jumps to.</summary>
internal sealed class Diary(IDelayedQueue inner, TimeProvider clock) : IDelayedQueue
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, PriorityQueue<DateTimeOffset, DateTimeOffset>> moments = new(StringComparer.Ordinal);
    private int sent;

    /// <summary>Every queue that anything was sent to.</summary>
    public IReadOnlyCollection<string> Queues => moments.Keys;

    /// <summary>How many messages were sent.</summary>
    public int Sent => sent;

    /// <summary>When the next message comes, UTC; <c>null</c> for never.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (gate)
            {
                DateTimeOffset? next = null;
                foreach (var queue in moments.Values)
                {
                    if (queue.TryPeek(out var at, out _) && !(next <= at))
                    {
                        next = at;
                    }
                }

                return next;
            }
        }
    }

    /// <summary>Whether a queue has a message that is due.</summary>
    public bool IsDue(string queue)
    {
        lock (gate)
        {
            return moments.TryGetValue(queue, out var known) && known.TryPeek(out var at, out _) && at <= clock.GetUtcNow();
        }
    }

    public async ValueTask SendAsync(string queue, ReadOnlyMemory<byte> body, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        await inner.SendAsync(queue, body, visibleAt, cancellationToken);
        Interlocked.Increment(ref sent);
        Note(queue, visibleAt);
    }

    public async ValueTask<IReadOnlyList<LeasedMessage>> ReceiveAsync(string queue, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            while (moments.TryGetValue(queue, out var known) && known.TryPeek(out var at, out _) && at <= now)
            {
                known.Dequeue();
            }
        }

        var received = await inner.ReceiveAsync(queue, max, lease, cancellationToken);
        if (received.Count == max)
        {
            Note(queue, now);
        }

        return received;
    }

    public ValueTask CompleteAsync(LeasedMessage message, CancellationToken cancellationToken) => inner.CompleteAsync(message, cancellationToken);

    public async ValueTask ReturnAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        await inner.ReturnAsync(message, visibleAt, cancellationToken);
        Note(message.Queue, visibleAt);
    }

    public async ValueTask PutOffAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        await inner.PutOffAsync(message, visibleAt, cancellationToken);
        Note(message.Queue, visibleAt);
    }

    private void Note(string queue, DateTimeOffset at)
    {
        lock (gate)
        {
            if (!moments.TryGetValue(queue, out var known))
            {
                moments[queue] = known = new PriorityQueue<DateTimeOffset, DateTimeOffset>();
            }

            known.Enqueue(at, at);
        }
    }
}
