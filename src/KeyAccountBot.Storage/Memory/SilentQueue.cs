namespace KeyAccountBot.Storage.Memory;

/// <summary>A queue for a trial in which nothing falls due: it takes every message and gives none.</summary>
public sealed class SilentQueue : IDelayedQueue
{
    /// <inheritdoc/>
    public ValueTask SendAsync(string queue, ReadOnlyMemory<byte> body, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        StoreLimits.CheckMessage(queue, body);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LeasedMessage>> ReceiveAsync(string queue, int max, TimeSpan lease, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<LeasedMessage>>([]);

    /// <inheritdoc/>
    public ValueTask CompleteAsync(LeasedMessage message, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask ReturnAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask PutOffAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
