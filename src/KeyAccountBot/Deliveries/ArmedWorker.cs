using System.Diagnostics.CodeAnalysis;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>
/// Works through a queue whose messages arm the next of their kind. Whether one that should be waiting was lost is looked at when the
/// process starts, before anybody moves the clock, and every hour.
/// </summary>
internal abstract partial class ArmedWorker(
    string queue, IDelayedQueue queues, DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger logger, int slots)
    : QueueWorker(queue, queues, deadLetters, times, clock, signal, logger, slots)
{
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Signal.Join(this);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Arms what is not waiting, or should have come long ago. Of many who do so, one wins.</summary>
    public abstract Task ArmAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(base.ExecuteAsync(stoppingToken), KeepArmedAsync(stoppingToken));

    [SuppressMessage("Design", "CA1031", Justification = "A store that is out of reach now is looked at again in an hour.")]
    private async Task KeepArmedAsync(CancellationToken stopping)
    {
        using var hourly = new PeriodicTimer(Look, Clock);
        try
        {
            do
            {
                try
                {
                    await ArmAsync(stopping);
                }
                catch (Exception e) when (!stopping.IsCancellationRequested)
                {
                    NotArmed(Logger, Lanes[0].Queue, e);
                }

                Signal.Leave(this);
            }
            while (await hourly.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // the bot ends
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What should be waiting on {Queue} could not be looked at; trying again in an hour.")]
    private static partial void NotArmed(ILogger logger, string queue, Exception exception);
}
