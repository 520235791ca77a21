using System.Diagnostics.CodeAnalysis;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>
/// Works through its lanes for as long as the bot runs, each by itself. Messages are received as slots become free, so one that hangs
/// holds its own slot and nothing else. A message whose handling fails comes back later and later; one that fails ten times goes to the
/// dead letters. A store or a channel out of reach is no failure of the message: it waits, however long that lasts.
/// </summary>
internal abstract partial class QueueWorker(
    IReadOnlyList<Lane> lanes, IDelayedQueue queues, DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger logger)
    : BackgroundService
{
    /// <summary>How many messages of a queue are worked on at once where nothing else is said.</summary>
    private const int UsualSlots = 8;

    private const int MaxFailures = 10;

    // some seconds: soon after the store is back
    private const int TriesOfAnOutage = 2;

    // a minute: a channel is left alone for longer
    private const int TriesOfAPause = 4;

    // what one call receives at most
    private const int AtOnce = 32;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A worker on one queue.</summary>
    protected QueueWorker(
        string queue, IDelayedQueue queues, DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger logger, int slots = UsualSlots)
        : this([new Lane(queue, slots)], queues, deadLetters, times, clock, signal, logger)
    {
    }

    /// <summary>Its lanes.</summary>
    public IReadOnlyList<Lane> Lanes => lanes;

    /// <summary>The queue.</summary>
    protected IDelayedQueue Queues { get; } = queues;

    /// <summary>All time comes from here.</summary>
    protected TimeProvider Clock { get; } = clock;

    /// <summary>Wakes the workers.</summary>
    protected WorkSignal Signal { get; } = signal;

    /// <summary>How long work belongs to who began it.</summary>
    protected WorkTimes Times { get; } = times;

    /// <summary>Where a worker says what went wrong.</summary>
    protected ILogger Logger { get; } = logger;

    /// <summary>Where lies what was given up.</summary>
    protected DeadLetters DeadLetters { get; } = deadLetters;

    /// <summary>For how long a message is ours; longer than the longest that handling it takes.</summary>
    protected virtual TimeSpan Lease => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // before anything runs: who waits for all to rest waits for this one too
        foreach (var lane in lanes)
        {
            Signal.Join(lane);
        }

        return base.StartAsync(cancellationToken);
    }

    /// <summary>Handles what is visible now, at most a lane's slots of each; answers how many there were. What was received is finished even when asked to stop.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var handled = 0;
        foreach (var lane in lanes)
        {
            var messages = await Queues.ReceiveAsync(lane.Queue, lane.Slots, Lease, cancellationToken);
            await Task.WhenAll(messages.Select(m => HandleOrReturnAsync(lane, m)));
            handled += messages.Count;
        }

        return handled;
    }

    /// <summary>Handles one message and completes, returns or puts it off.</summary>
    protected abstract Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken);

    /// <summary>When a message that failed so often is tried again.</summary>
    protected DateTimeOffset Later(int tries) => BackOff.Later(Clock.GetUtcNow(), tries);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(lanes.Select(lane => RunAsync(lane, stoppingToken)));

    [SuppressMessage("Design", "CA1031", Justification = "A worker outlives whatever one round meets.")]
    private async Task RunAsync(Lane lane, CancellationToken stopping)
    {
        using var leaving = stopping.Register(() => Signal.Leave(lane));
        while (!stopping.IsCancellationRequested)
        {
            var woken = Signal.Next;
            var freed = lane.Freed;
            try
            {
                if (lane.Free == 0)
                {
                    await freed.WaitAsync(stopping);
                }
                else if (await ReceiveAsync(lane, stopping) == 0)
                {
                    await RestAsync(lane, woken, stopping);
                }
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                QueueUnreachable(Logger, lane.Queue, e);
                await RestAsync(lane, woken, stopping);
            }
        }

        // stopped in the middle, a message that its reader has already seen would be sent again once the lease ends
        await lane.Idle;
    }

    private async Task<int> ReceiveAsync(Lane lane, CancellationToken stopping)
    {
        var messages = await Queues.ReceiveAsync(lane.Queue, Math.Min(lane.Free, AtOnce), Lease, stopping);
        foreach (var message in messages)
        {
            lane.Begin();
            _ = Task.Run(() => WorkAsync(lane, message), CancellationToken.None);
        }

        return messages.Count;
    }

    [SuppressMessage("Design", "CA1031", Justification = "What cannot even be given back comes again once its lease ends.")]
    private async Task WorkAsync(Lane lane, LeasedMessage message)
    {
        try
        {
            await HandleOrReturnAsync(lane, message);
        }
        catch (Exception e)
        {
            QueueUnreachable(Logger, lane.Queue, e);
        }
        finally
        {
            // told first: who sees the lane at rest must know that something was done
            Signal.Handled();
            lane.End();
        }
    }

    // nothing waits: until the signal or for a second; at rest only once nothing is in flight
    private async Task RestAsync(Lane lane, Task woken, CancellationToken stopping)
    {
        using var paused = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var pause = Task.Delay(Pause, Clock, paused.Token);
        var idle = lane.Idle;
        if (await Task.WhenAny(idle, woken, pause) == idle)
        {
            Signal.Rest(lane, woken);
            await Task.WhenAny(woken, pause);
        }

        await paused.CancelAsync();
    }

    [SuppressMessage("Design", "CA1031", Justification = "One message's failure is its own: it comes back later or goes to the dead letters.")]
    private async Task HandleOrReturnAsync(Lane lane, LeasedMessage message)
    {
        try
        {
            await HandleAsync(message, CancellationToken.None);
        }
        catch (Exception e) when (StoreOutage.Is(e))
        {
            // where the queue is out of reach too this fails as well, and the message comes back once its lease ends
            lane.Fail();
            Interrupted(Logger, lane.Queue, message.Id, e);
            await Queues.PutOffAsync(message, Later(TriesOfAnOutage), CancellationToken.None);
        }
        catch (Exception e) when (ChannelOutage.Is(e))
        {
            lane.Fail();
            ChannelOut(Logger, lane.Queue, message.Id, e);
            await Queues.PutOffAsync(message, ChannelOutage.PatienceOf(e) is { } wait ? Clock.GetUtcNow() + wait : Later(TriesOfAPause), CancellationToken.None);
        }
        catch (Exception e) when (message.DequeueCount >= MaxFailures)
        {
            GivenUp(Logger, lane.Queue, message.Id, message.DequeueCount, e);
            await DeadLetters.PutAsync(message, e, CancellationToken.None);
            await Queues.CompleteAsync(message, CancellationToken.None);
        }
        catch (Exception e)
        {
            lane.Fail();
            Failed(Logger, lane.Queue, message.Id, message.DequeueCount, e);
            await Queues.ReturnAsync(message, Later(message.DequeueCount), CancellationToken.None);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The queue {Queue} cannot be worked on; trying again in a second.")]
    private static partial void QueueUnreachable(ILogger logger, string queue, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Message} of {Queue} failed {Times} times and lies with the dead letters now.")]
    private static partial void GivenUp(ILogger logger, string queue, string message, int times, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store could not be reached for message {Message} of {Queue}; it comes back in seconds, and this is no try of it.")]
    private static partial void Interrupted(ILogger logger, string queue, string message, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A channel takes nothing for message {Message} of {Queue}; it comes back later, and this is no try of it.")]
    private static partial void ChannelOut(ILogger logger, string queue, string message, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Message} of {Queue} failed, time {Times}; it comes back later.")]
    private static partial void Failed(ILogger logger, string queue, string message, int times, Exception exception);
}
