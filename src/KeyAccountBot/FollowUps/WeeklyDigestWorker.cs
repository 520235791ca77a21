using KeyAccountBot.Deliveries;
using KeyAccountBot.Storage;

namespace KeyAccountBot.FollowUps;

/// <summary>Works through the weekly digests, and arms them.</summary>
internal sealed class WeeklyDigestWorker(
    WeeklyDigests digests, WeeklyDigestErrands errands, Sending sending, IDelayedQueue queues, BotOptions options, DeadLetters deadLetters, WorkTimes times, TimeProvider clock,
    WorkSignal signal, ILogger<WeeklyDigestWorker> logger)
    : ArmedWorker(WeeklyDigests.Queue, queues, deadLetters, times, clock, signal, logger, errands.Slots)
{
    /// <inheritdoc/>
    public override Task ArmAsync(CancellationToken cancellationToken) => digests.ArmAllAsync(options.HomeTenant, cancellationToken);

    /// <inheritdoc/>
    protected override Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken) => sending.HandleAsync(errands, message, cancellationToken);
}
