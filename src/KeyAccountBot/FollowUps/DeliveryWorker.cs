using KeyAccountBot.Deliveries;
using KeyAccountBot.Records;
using KeyAccountBot.Storage;

namespace KeyAccountBot.FollowUps;

/// <summary>Works through the lanes of deliveries.</summary>
internal sealed class DeliveryWorker(
    DeliveryErrands errands, Sending sending, IDelayedQueue queues, DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger<DeliveryWorker> logger)
    : QueueWorker(LanesOf(), queues, deadLetters, times, clock, signal, logger)
{
    /// <summary>How many messages of a lane are on their way at once.</summary>
    public const int Slots = 16;

    /// <inheritdoc/>
    protected override TimeSpan Lease => Times.Lease;

    /// <inheritdoc/>
    protected override Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken) => sending.HandleAsync(errands, message, cancellationToken);

    // alerts first where one thread runs them all, as in tests
    private static IReadOnlyList<Lane> LanesOf() =>
        [.. DeliveryLanes.All.Reverse().Select(queue => new Lane(queue, Slots)), new Lane(RowKeys.Deliveries, Slots)];
}
