using KeyAccountBot.Deliveries;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Reminders;

/// <summary>Works through the personal reminders.</summary>
internal sealed class ReminderWorker(
    ReminderErrands errands, Sending sending, IDelayedQueue queues, DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger<ReminderWorker> logger)
    : QueueWorker(PersonalReminders.Queue, queues, deadLetters, times, clock, signal, logger, errands.Slots)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken) => sending.HandleAsync(errands, message, cancellationToken);
}
