using System.Diagnostics.CodeAnalysis;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>
/// Works through a queue, eight messages at a time, for as long as the bot runs. A message whose handling fails comes back later
/// and later; one that keeps failing goes to the queue's dead letters, named <c>…-dead</c>.
/// </summary>
internal abstract partial class QueueWorker(
    string queue, IDelayedQueue queues, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger logger) : BackgroundService
{
    /// <summary>How many messages one worker handles at once.</summary>
    public const int Parallel = 8;

    /// <summary>
    /// How often a message comes back whose row is not there yet: a message goes on its queue before its row is committed, and the
    /// slowest commit, tried again and again, takes minutes. After half an hour the row counts as never decided.
    /// </summary>
    protected const int WaitsForRow = 8;

    private const int MaxDequeues = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The queue.</summary>
    protected IDelayedQueue Queues { get; } = queues;

    /// <summary>How long work belongs to who began it.</summary>
    protected WorkTimes Times { get; } = times;

    /// <summary>All time comes from here.</summary>
    protected TimeProvider Clock { get; } = clock;

    /// <summary>Handles what is visible now, at most eight messages; answers how many there were. What was received is finished even when asked to stop.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var messages = await Queues.ReceiveAsync(queue, Parallel, Times.Lease, cancellationToken);
        // stopped in the middle, a message that its reader has already seen would be sent again once the lease ends
        await Task.WhenAll(messages.Select(m => HandleOrReturnAsync(m, CancellationToken.None)));
        return messages.Count;
    }

    /// <summary>Handles one message and completes or returns it.</summary>
    protected abstract Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken);

    /// <summary>When a message that failed so often is tried again: after seconds at first, an hour at last.</summary>
    protected DateTimeOffset Later(int tries) => Clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(3600, 2 * Math.Pow(3, Math.Clamp(tries, 1, 8) - 1)));

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "A worker outlives whatever one round meets.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signal.Join(this);
        using var leaving = stoppingToken.Register(() => signal.Leave(this));
        while (!stoppingToken.IsCancellationRequested)
        {
            var woken = signal.Next;
            var handled = 0;
            try
            {
                handled = await RunOnceAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                QueueUnreachable(queue, e);
            }

            if (handled > 0)
            {
                signal.Handled();
            }
            else
            {
                signal.Rest(this, woken);
                using var paused = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny(woken, Task.Delay(Pause, Clock, paused.Token));
                await paused.CancelAsync();
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "One message's failure is its own: it comes back later or goes to the dead letters.")]
    private async Task HandleOrReturnAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await HandleAsync(message, cancellationToken);
        }
        catch (Exception e) when (message.DequeueCount >= MaxDequeues)
        {
            GivenUp(queue, message.Id, message.DequeueCount, e);
            await Queues.SendAsync(queue + "-dead", message.Body, Clock.GetUtcNow(), cancellationToken);
            await Queues.CompleteAsync(message, cancellationToken);
        }
        catch (Exception e)
        {
            Failed(queue, message.Id, message.DequeueCount, e);
            await Queues.ReturnAsync(message, Later(message.DequeueCount), cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The queue {Queue} cannot be worked on; trying again in a second.")]
    private partial void QueueUnreachable(string queue, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Message} of {Queue} failed {Times} times and lies with the dead letters now.")]
    private partial void GivenUp(string queue, string message, int times, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Message} of {Queue} failed, time {Times}; it comes back later.")]
    private partial void Failed(string queue, string message, int times, Exception exception);
}
