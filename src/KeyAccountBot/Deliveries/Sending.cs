using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using KeyAccountBot.Channels;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>
/// The one machine that sends what is on record, whatever it is: its turn, its reader's hours, the health and pace of its channel, the
/// claim, the message asked for again right before, and what comes of it: sent, again later, over the other channel, or dead.
/// </summary>
internal sealed partial class Sending(
    Outbox outbox, ChannelHealth health, Pace pace, IDelayedQueue queues, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger<Sending> logger)
{
    /// <summary>
    /// How often a message comes back whose row is not there yet: a message goes on its queue before its row is committed, and the
    /// slowest commit, tried again and again, takes minutes. After half an hour the row counts as never decided.
    /// </summary>
    public const int WaitsForRow = 8;

    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<(string Queue, Channel Channel), Lane> halves = new();

    /// <summary>Handles one message of a queue, and completes it, puts it off or moves it.</summary>
    public async Task HandleAsync(IErrands errands, LeasedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            switch (await errands.ReadAsync(message, clock.GetUtcNow(), cancellationToken))
            {
                case Called.Due { Errand: var errand }:
                    await TellAsync(errands, message, errand, cancellationToken);
                    break;
                case Called.Waits { Until: var until }:
                    await WaitAsync(message, until, isSoon: until - clock.GetUtcNow() < Shortly);
                    break;
                case Called.NotYet when message.DequeueCount < WaitsForRow:
                    await queues.ReturnAsync(message, Later(message.DequeueCount), cancellationToken);
                    break;
                case Called.NotYet { GiveUp: var giveUp }:
                    await (giveUp?.Invoke() ?? ValueTask.CompletedTask);
                    await CompleteAsync(message);
                    break;
                case Called.Over:
                    await CompleteAsync(message);
                    break;
            }
        }
        catch (StoreConflictException)
        {
            await queues.PutOffAsync(message, Later(1), CancellationToken.None);
        }
    }

    private async Task TellAsync(IErrands errands, LeasedMessage message, Errand errand, CancellationToken cancellationToken)
    {
        if (Left(errand, errand.State) is not [var channel, ..])
        {
            await DieAsync(message, errand, errand.State);
            return;
        }

        if (errand.LaneOn(channel) is { } lane && lane != message.Queue)
        {
            await MoveAsync(message, lane);
            return;
        }

        var now = clock.GetUtcNow();
        if (errand.TellAt(now) is var at && at > now)
        {
            await errand.WaitsAsync(at, cancellationToken);
            await WaitAsync(message, at);
            return;
        }

        if (await IsHeldByPauseAsync(message, errand, channel, now, cancellationToken))
        {
            return;
        }

        switch (await errand.PlaceAsync(cancellationToken))
        {
            case Placement.Waits { Until: var until }:
                await WaitAsync(message, until, isSoon: true);
                return;
            case Placement.InDigest:
                await errand.InDigestAsync(now);
                await CompleteAsync(message);
                return;
        }

        var half = errand.LaneOn(channel) is null ? halves.GetOrAdd((message.Queue, channel), key => new Lane(key.Queue, Math.Max(1, errands.Slots / 2))) : null;
        if (half?.TryBegin() == false)
        {
            await WaitAsync(message, now + Busy, isSoon: true);
            return;
        }

        try
        {
            await SendInTurnAsync(message, errand, channel, cancellationToken);
        }
        finally
        {
            half?.End();
        }
    }

    // what presses does not wait for long where its reader can be reached over another channel; the rest waits for this one, and what
    // comes as it is to be tried again is the probe
    private async Task<bool> IsHeldByPauseAsync(LeasedMessage message, Errand errand, Channel channel, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var state = health.Of(channel);
        if (state.Pause is not { } pause || state.WaitsUntil(ProbeOf(errand), now) is not { } until)
        {
            return false;
        }

        if (await DetourAsync(errand, channel, now, cancellationToken) is { } other)
        {
            await errand.GiveBackAsync(errand.State with { Instead = other }, null, now);
            await GoOverAsync(message, errand, other);
            return true;
        }

        var detourAt = pause.Since + SendingRules.ShortPatience;
        await WaitForChannelAsync(message, errand, errand.IsPressing && detourAt > now && detourAt < until ? detourAt : until, cancellationToken);
        return true;
    }

    private static string ProbeOf(Errand errand) => $"{errand.Conversation}|{errand.Key}";

    private async ValueTask<Channel?> DetourAsync(Errand errand, Channel channel, DateTimeOffset now, CancellationToken cancellationToken) =>
        errand.IsPressing && health.Of(channel).Pause is { } pause && pause.Since + SendingRules.ShortPatience <= now
            ? await OtherAsync(errand, channel, cancellationToken)
            : null;

    // another channel that works and reaches the reader
    private async ValueTask<Channel?> OtherAsync(Errand errand, Channel than, CancellationToken cancellationToken)
    {
        foreach (var other in Left(errand, errand.State).Where(c => c != than && health.Of(c).Pause is null))
        {
            if (await outbox.ReachesAsync(errand.Tenant, other, errand.Reader, cancellationToken))
            {
                return other;
            }
        }

        return null;
    }

    private async Task SendInTurnAsync(LeasedMessage message, Errand errand, Channel channel, CancellationToken cancellationToken)
    {
        if (pace.SlotFor(errand.Tenant, channel, errand.Conversation, errand.Key) is { } slot)
        {
            await WaitAsync(message, slot, isSoon: true);
            return;
        }

        var probe = ProbeOf(errand);
        if (health.Begin(channel, probe) is { } later)
        {
            await WaitForChannelAsync(message, errand, later, cancellationToken);
            return;
        }

        try
        {
            await SendAsync(message, errand, channel, cancellationToken);
        }
        finally
        {
            health.LetGo(channel, probe);
        }
    }

    private async Task SendAsync(LeasedMessage message, Errand errand, Channel channel, CancellationToken cancellationToken)
    {
        var began = clock.GetUtcNow();
        var claim = errand.State with { Attempts = errand.State.Attempts + 1 };
        await errand.ClaimAsync(claim, began, cancellationToken);
        try
        {
            if (await errand.MessageAsync(cancellationToken) is not { } outbound)
            {
                await errand.EndAsync(clock.GetUtcNow());
                await CompleteAsync(message);
                return;
            }

            if (clock.GetUtcNow() - began >= times.ClaimHolds)
            {
                // the store took so long that another may have taken it over: who claims it anew sends it
                await errand.GiveBackAsync(errand.State, null, clock.GetUtcNow());
                await queues.PutOffAsync(message, Later(1), CancellationToken.None);
                return;
            }

            var sent = await outbox.SendAsync(errand.Tenant, channel, errand.Reader, errand.Room, outbound, cancellationToken);
            await NoteSentAsync(message, errand, sent, channel);
        }
        catch (NotSentException e)
        {
            await NotSentAsync(message, errand, channel, claim, began, e, cancellationToken);
        }
    }

    private IReadOnlyList<Channel> Left(Errand errand, SendingState state) => SendingRules.Left(errand.Wanted, errand.Room, outbox.Channels, state);

    private async Task WaitAsync(LeasedMessage message, DateTimeOffset until, bool isSoon = false)
    {
        if (isSoon)
        {
            signal.Soon(until);
        }

        await queues.PutOffAsync(message, until, CancellationToken.None);
    }

    // some seconds apart, so that those that wait for a channel do not come all at once
    [SuppressMessage("Security", "CA5394", Justification = "Chance only spreads messages over seconds.")]
    private async Task WaitForChannelAsync(LeasedMessage message, Errand errand, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await errand.WaitsAsync(until, cancellationToken);
        await WaitAsync(message, until + TimeSpan.FromSeconds(Random.Shared.NextDouble() * 5));
    }

    private ValueTask CompleteAsync(LeasedMessage message) => queues.CompleteAsync(message, CancellationToken.None);

    private DateTimeOffset Later(int tries) => BackOff.Later(clock.GetUtcNow(), tries);
}
