using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
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

    private const int NoteTries = 4;
    private static readonly TimeSpan NoteAgain = TimeSpan.FromSeconds(1);
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

    // what presses does not wait for long where its reader can be reached over another channel; the rest waits for this one, and whoever
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

    private async Task NotSentAsync(
        LeasedMessage message, Errand errand, Channel channel, SendingState claim, DateTimeOffset began, NotSentException failure, CancellationToken cancellationToken)
    {
        var (state, now) = (health.Of(channel), clock.GetUtcNow());
        var hasOther = failure.Throttled is not null && claim.Throttled >= SendingRules.Patience && await OtherAsync(errand, channel, cancellationToken) is not null;
        var counts = SendingRules.Counts(failure, state, errand.Conversation, errand.State.FailedAt ?? began, began, now);
        switch (SendingRules.After(failure, channel, claim, counts, hasOther, errand.Room, now))
        {
            case Verdict.Again { State: var left } when !counts && await DetourAsync(errand, channel, now, cancellationToken) is { } instead:
                // what presses is not kept by having been the probe
                await errand.GiveBackAsync(left with { Instead = instead }, failure.Message, now);
                await GoOverAsync(message, errand, instead);
                break;
            case Verdict.Again { After: var asked, State: var left }:
                await errand.GiveBackAsync(left, failure.Message, now);
                if (failure.Throttled is { } wait)
                {
                    // others of this conversation wait too
                    pace.Rest(channel, errand.Conversation, wait);
                    await WaitAsync(message, now + wait, isSoon: true);
                    break;
                }

                var again = asked is { } patience ? now + patience : Later(Math.Max(1, left.Attempts));
                if (!counts && state.Pause is { } pause)
                {
                    await WaitForChannelAsync(message, errand, failure.RetryAfter is not null && again > pause.ProbeAt ? again : pause.ProbeAt, cancellationToken);
                    break;
                }

                await queues.PutOffAsync(message, again, CancellationToken.None);
                break;
            case Verdict.Refused { State: var refused }:
                ChannelRefused(channel, errand.Name, failure.Message);
                if (Left(errand, refused) is not [var other, ..])
                {
                    await DieAsync(message, errand, refused);
                    break;
                }

                await errand.GiveBackAsync(refused, refused.Reason, now);
                await GoOverAsync(message, errand, other);
                break;
        }
    }

    // nobody else knows that it was told: a store that fails for a moment, or is out of reach for as long as the claim holds, must not
    // have it told again
    private async Task NoteSentAsync(LeasedMessage message, Errand errand, SentMessage sent, Channel channel)
    {
        var (at, began) = (clock.GetUtcNow(), TimeProvider.System.GetTimestamp());
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await errand.SentAsync(sent, channel, at);
                await CompleteAsync(message);
                return;
            }
            catch (Exception e) when (attempt < NoteTries && e is not StoreConflictException)
            {
                // where it was noted after all and only the answer lost, the next try conflicts with it, and the message finds it sent
                NotNoted(e, errand.Name, attempt);
            }
            catch (Exception e) when (StoreOutage.Is(e) && TimeProvider.System.GetElapsedTime(began) < times.ClaimHolds)
            {
                NotNoted(e, errand.Name, attempt);
                await Task.Delay(NoteAgain, TimeProvider.System, CancellationToken.None);
            }
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

    private async Task GoOverAsync(LeasedMessage message, Errand errand, Channel other)
    {
        if (errand.LaneOn(other) is { } lane)
        {
            await MoveAsync(message, lane);
            return;
        }

        await queues.PutOffAsync(message, clock.GetUtcNow(), CancellationToken.None);
        signal.Set();
    }

    private async Task MoveAsync(LeasedMessage message, string lane)
    {
        await queues.SendAsync(lane, message.Body, clock.GetUtcNow(), CancellationToken.None);
        await CompleteAsync(message);
        signal.Set();
    }

    private async Task DieAsync(LeasedMessage message, Errand errand, SendingState state)
    {
        Dead(errand.Name, state.Reason);
        await errand.DieAsync(message, state, clock.GetUtcNow());
        await CompleteAsync(message);
        signal.Set();
    }

    private ValueTask CompleteAsync(LeasedMessage message) => queues.CompleteAsync(message, CancellationToken.None);

    private DateTimeOffset Later(int tries) => BackOff.Later(clock.GetUtcNow(), tries);

    [LoggerMessage(Level = LogLevel.Warning, Message = "That {Name} was sent could not be noted at try {Attempt}.")]
    private partial void NotNoted(Exception exception, string name, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "No channel takes {Name}, it is dead: {Reason}.")]
    private partial void Dead(string name, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Channel} does not take {Name}: {Reason}.")]
    private partial void ChannelRefused(Channel channel, string name, string reason);
}
