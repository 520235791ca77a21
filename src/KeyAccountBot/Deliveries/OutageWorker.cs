using System.Diagnostics.CodeAnalysis;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>Works through the words to the administrator about outages; as the process begins, reads which channels are paused.</summary>
internal sealed partial class OutageWorker(
    Outages outages, OutageErrands errands, Sending sending, IDelayedQueue queues, DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal,
    ILogger<OutageWorker> logger)
    : QueueWorker(Outages.Queue, queues, deadLetters, times, clock, signal, logger, errands.Slots)
{
    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "What is not known is found out by the first message.")]
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await outages.RememberAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            NotRead(Logger, e);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken) => sending.HandleAsync(errands, message, cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Which channels were paused could not be read; each is tried.")]
    private static partial void NotRead(ILogger logger, Exception exception);
}
