using KeyAccountBot.Deliveries;
using KeyAccountBot.Storage;

namespace KeyAccountBot.StandIns;

/// <summary>Works through the notices.</summary>
internal sealed class NoticeWorker(
    NoticeErrands errands, Sending sending, IDelayedQueue queues, DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger<NoticeWorker> logger)
    : QueueWorker(Notices.Queue, queues, deadLetters, times, clock, signal, logger, errands.Slots)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken) => sending.HandleAsync(errands, message, cancellationToken);
}
