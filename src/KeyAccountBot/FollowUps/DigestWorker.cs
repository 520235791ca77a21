using KeyAccountBot.Deliveries;
using KeyAccountBot.Storage;

namespace KeyAccountBot.FollowUps;

/// <summary>Works through the digests.</summary>
internal sealed class DigestWorker(
    DigestErrands errands, Sending sending, IDelayedQueue queues, DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger<DigestWorker> logger)
    : QueueWorker(Mailboxes.Digests, queues, deadLetters, times, clock, signal, logger, errands.Slots)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken) => sending.HandleAsync(errands, message, cancellationToken);
}
