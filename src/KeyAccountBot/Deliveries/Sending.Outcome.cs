using KeyAccountBot.Channels;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <content>What comes of a call: sent, again later, over the other channel, or dead.</content>
internal sealed partial class Sending
{
    private const int NoteTries = 4;
    private static readonly TimeSpan NoteAgain = TimeSpan.FromSeconds(1);

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

    [LoggerMessage(Level = LogLevel.Warning, Message = "That {Name} was sent could not be noted at try {Attempt}.")]
    private partial void NotNoted(Exception exception, string name, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "No channel takes {Name}, it is dead: {Reason}.")]
    private partial void Dead(string name, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Channel} does not take {Name}: {Reason}.")]
    private partial void ChannelRefused(Channel channel, string name, string reason);
}
