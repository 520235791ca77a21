namespace KeyAccountBot.Storage;

/// <summary>Messages that become visible at a time, are leased by one receiver, and completed or returned. At least once, unordered.</summary>
/// <remarks>All times are UTC. Waits of any length are kept, also beyond the seven days Azure Queues can hide a message.</remarks>
public interface IDelayedQueue
{
    /// <summary>Puts a message on the queue; when this returns it is on disk.</summary>
    /// <exception cref="StoreLimitException">The body exceeds 48 KiB.</exception>
    /// <exception cref="StoreFullException">The disk is full; nothing was sent.</exception>
    ValueTask SendAsync(string queue, ReadOnlyMemory<byte> body, DateTimeOffset visibleAt, CancellationToken cancellationToken);

    /// <summary>Leases up to <paramref name="max"/> visible messages; empty where none is.</summary>
    ValueTask<IReadOnlyList<LeasedMessage>> ReceiveAsync(string queue, int max, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Removes a leased message for good; without effect where the lease was lost.</summary>
    ValueTask CompleteAsync(LeasedMessage message, CancellationToken cancellationToken);

    /// <summary>Gives a leased message back after a failure, visible again at that time; without effect where the lease was lost.</summary>
    ValueTask ReturnAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken);

    /// <summary>Gives a leased message back that has to wait, visible again at that time: this time does not count as a lease. Without effect where the lease was lost.</summary>
    ValueTask PutOffAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken);
}

/// <summary>A message that is ours until its lease ends.</summary>
/// <param name="Queue">Where it came from.</param>
/// <param name="Id">Of the message; opaque.</param>
/// <param name="Receipt">Of this lease; opaque.</param>
/// <param name="Body">As sent.</param>
/// <param name="DequeueCount">How often it has been leased, this time included, without the times it was put off.</param>
public sealed record LeasedMessage(string Queue, string Id, string Receipt, ReadOnlyMemory<byte> Body, int DequeueCount);
