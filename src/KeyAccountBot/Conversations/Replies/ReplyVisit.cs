using System.Text.Json;
using KeyAccountBot.Channels;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Conversations.Replies;

/// <summary>One visit of the worker to a conversation: each reply is tried once, in order, for half a minute at most.</summary>
internal sealed partial class ReplyVisit(KnownChannels channels, DeadLetters deadLetters, Pace pace, WorkSignal signal, TimeProvider clock, ILogger<ReplyVisit> log)
{
    private static readonly Texts Texts = new("Conversations.Replies.ReplyTexts");
    private static readonly TenantId Nobodys = new("nobody");

    /// <summary>What came of one reply.</summary>
    private enum Tried
    {
        /// <summary>It is sent, or a dead letter: it is owed no more.</summary>
        Settled,

        /// <summary>The channel did not take it this time.</summary>
        NotTaken,

        /// <summary>The channel takes nothing now, or this visit is over.</summary>
        Stop,
    }

    /// <summary>Tries all of it; answers what is still owed afterwards.</summary>
    /// <param name="conversation">The partition.</param>
    /// <param name="lost">What is too old, or the sentence that stands for it; <c>null</c> where nothing was lost.</param>
    /// <param name="fresh">What is worth sending, the oldest first.</param>
    /// <param name="cancellationToken">Stops between two of them.</param>
    public async Task<IReadOnlyList<OwedReplies>> SendAsync(string conversation, OwedRow? lost, IReadOnlyList<OwedRow> fresh, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Outbox.Patience, clock);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        List<OwedReplies> left = [];
        DateTimeOffset? stopped = null;
        foreach (var owed in fresh.Select(row => row.Owed).Prepend(lost is null ? null : StandIn(lost.Owed)).OfType<OwedReplies>())
        {
            List<JsonElement> unsent = [];
            DateTimeOffset? notBefore = null;
            foreach (var reply in owed.Replies)
            {
                var (tried, until) = stopped is null ? await TryAsync(conversation, owed, reply, bound.Token) : (Tried.Stop, stopped);
                if (tried != Tried.Settled)
                {
                    unsent.Add(reply);
                    notBefore = until > notBefore || notBefore is null ? until : notBefore;
                    stopped = tried == Tried.Stop ? until : null;
                }
            }

            if (unsent.Count > 0)
            {
                left.Add(owed.HandOver(unsent, notBefore!.Value));
            }
        }

        return left;
    }

    private async Task<(Tried, DateTimeOffset? Until)> TryAsync(string conversation, OwedReplies owed, JsonElement reply, CancellationToken bound)
    {
        var paced = owed.PacedAs(conversation);
        var to = channels.Of(owed.Channel);
        if (to.Reaches is { } paces && pace.SlotFor(owed.Tenant ?? Nobodys, paces, paced, $"{conversation}|{owed.Id}|{reply.GetRawText().Length}") is { } slot)
        {
            signal.Soon(slot);
            return (Tried.Stop, slot);
        }

        try
        {
            // a call that does not even end when it is told to is left behind
            await to.SendAsync(reply, bound).WaitAsync(bound);
            return (Tried.Settled, null);
        }
        catch (NotSentException e) when (e.IsPermanent || clock.GetUtcNow() - owed.At > ReplyRules.GivenUpAfter)
        {
            LogGone(log, e.Message);
            await deadLetters.PutAsync(owed.RefusedIn(conversation, reply), e.Message, CancellationToken.None);
            return (Tried.Settled, null);
        }
        catch (NotSentException e) when (e.Throttled is { } wait)
        {
            if (to.Reaches is { } asked)
            {
                pace.Rest(asked, paced, wait);
            }

            return (Tried.Stop, clock.GetUtcNow() + wait);
        }
        catch (NotSentException e)
        {
            LogOwed(log, e.Message);
            var (again, asked) = (AgainAt(owed), clock.GetUtcNow() + (e.RetryAfter ?? TimeSpan.Zero));
            return (Tried.NotTaken, asked > again ? asked : again);
        }
        catch (OperationCanceledException)
        {
            return (Tried.Stop, AgainAt(owed));
        }
    }

    private DateTimeOffset AgainAt(OwedReplies owed)
    {
        var now = clock.GetUtcNow();
        return now + ReplyRules.Again(now - owed.At);
    }

    private OwedReplies StandIn(OwedReplies lost)
    {
        if (lost.StandsForLost)
        {
            return lost;
        }

        var culture = Scene.CultureOf(lost.Locale);
        var sentence = channels.Of(lost.Channel).Sentence(lost.Replies[0], Texts["lost", culture]);
        return lost with { Replies = [sentence], StandsForLost = true };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A reply could not be delivered for good and lies with the dead letters now: {Reason}")]
    private static partial void LogGone(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A reply stays owed and is sent again later: {Reason}")]
    private static partial void LogOwed(ILogger logger, string reason);
}
