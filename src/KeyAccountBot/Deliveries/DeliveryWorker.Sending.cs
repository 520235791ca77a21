using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <content>One try of a claimed delivery, and what comes of it.</content>
internal sealed partial class DeliveryWorker
{
    private const int Tries = 8;
    private const int Patience = 50;
    private const int NoteTries = 4;
    private static readonly TimeSpan NoteAgain = TimeSpan.FromSeconds(1);

    private async Task SendAsync(
        LeasedMessage message, DeliveryDue due, DeliveryRecord claim, string etag, Channel channel, string conversation, Opportunity opportunity, Person reader,
        Company company, CancellationToken cancellationToken)
    {
        try
        {
            var outbound = await MessageAsync(due, claim.Delivery, opportunity, reader, company, cancellationToken);
            if (await IsOverAsync(due, claim.Delivery, opportunity, company, cancellationToken))
            {
                await EndAsync(message, due, claim with { Status = DeliveryStatus.Dropped, At = Clock.GetUtcNow() }, etag);
                return;
            }

            if (claim.At is { } at && Clock.GetUtcNow() - at >= Times.ClaimHolds)
            {
                // the store took so long that another may have taken it over: who claims it anew sends it
                await PutOffAsync(message, due, claim with { Attempts = claim.Attempts - 1 }, etag, Later(1));
                return;
            }

            var sent = await outbox.SendAsync(due.Tenant, channel, reader, claim.Delivery.Room, outbound, cancellationToken);
            await NoteSentAsync(message, due, claim with
            {
                Status = DeliveryStatus.Sent,
                At = Clock.GetUtcNow(),
                Channel = NameOf(channel),
                ConversationId = sent.ConversationId,
                MessageId = sent.MessageId,
                Error = null,
            }, etag);
        }
        catch (NotSentException e) when (e.Throttled is { } wait && claim.Throttled < Patience)
        {
            // asked to wait: no attempt is used up, and others of this conversation wait too
            pace.Rest(channel, conversation, wait);
            var again = Clock.GetUtcNow() + wait;
            Signal.Soon(again);
            await PutOffAsync(message, due, claim with { Attempts = claim.Attempts - 1, Throttled = claim.Throttled + 1, Error = e.Message }, etag, again);
        }
        catch (NotSentException e) when (e.IsPermanent || e.Throttled is not null || claim.Attempts >= Tries * (1 + (claim.Refused?.Count ?? 0)))
        {
            ChannelRefused(channel, due.Key, due.Opportunity, e.Message);
            var refusal = new ChannelRefusal(channel, e.IsPermanent ? e.Why : RefusalReason.NoAnswer, claim.Delivery.Room is { } room ? $"{room.Conversation}: {e.Message}" : e.Message);
            await RefusedAsync(message, due, claim with { Refused = [.. claim.Refused ?? [], refusal] }, etag, reader, company);
        }
        catch (NotSentException e)
        {
            var again = e.RetryAfter is { } wait ? Clock.GetUtcNow() + wait : Later(claim.Attempts);
            await PutOffAsync(message, due, claim with { Error = e.Message }, etag, again);
        }
    }

    // nobody else knows that it was told: a store that fails for a moment, or is out of reach for as long as the claim holds, must not
    // have it told again
    private async Task NoteSentAsync(LeasedMessage message, DeliveryDue due, DeliveryRecord sent, string etag)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await EndAsync(message, due, sent, etag);
                return;
            }
            catch (Exception e) when (attempt < NoteTries && e is not StoreConflictException)
            {
                // where it was noted after all and only the answer lost, the next try conflicts with it, and the message finds it sent
                NotNoted(e, due.Key, due.Opportunity, attempt);
            }
            catch (Exception e) when (StoreOutage.Is(e) && TimeProvider.System.GetElapsedTime(began) < Times.ClaimHolds)
            {
                NotNoted(e, due.Key, due.Opportunity, attempt);
                await Task.Delay(NoteAgain, TimeProvider.System, CancellationToken.None);
            }
        }
    }

    // the page after the acknowledgement: whoever answered while the message was claimed and written is heard before it goes out
    private async ValueTask<bool> IsOverAsync(DeliveryDue due, Delivery delivery, Opportunity before, Company company, CancellationToken cancellationToken) =>
        (await ledger.FindAsync(due.Tenant, due.Opportunity, cancellationToken))?.Opportunity is not { } latest
        || (latest.Version != before.Version && !await standing.HoldsAsync(due.Tenant, delivery, latest, company, Clock.GetUtcNow(), cancellationToken));

    private async ValueTask<Message> MessageAsync(
        DeliveryDue due, Delivery delivery, Opportunity opportunity, Person reader, Company company, CancellationToken cancellationToken)
    {
        var account = await accounts.OfAsync(due.Tenant, opportunity, cancellationToken);
        var note = delivery.Kind == DeliveryKind.Undelivered
            ? UndeliveredWords.Line(await dead.CauseOfAsync(due, cancellationToken), FollowUpMessage.CultureOf(reader))
            : CoverageOf(delivery, opportunity, account, reader, company);
        return messages.Build(delivery, opportunity, reader, company, account, note);
    }

    // what is missing in coverage goes to those above the rep: they can mend it
    private string? CoverageOf(Delivery delivery, Opportunity opportunity, Account? account, Person reader, Company company)
    {
        if (delivery.Kind is not (DeliveryKind.Nudge or DeliveryKind.Alert or DeliveryKind.NobodyFound) || opportunity.Facts.AccountId is null)
        {
            return null;
        }

        var today = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).DateAt(Clock.GetUtcNow());
        return CoverageWords.Line(opportunity, account, company, playbook, today, FollowUpMessage.CultureOf(reader));
    }

    // one channel does not take it: the other one's lane, or the end
    private async Task RefusedAsync(LeasedMessage message, DeliveryDue due, DeliveryRecord record, string etag, Person reader, Company company)
    {
        record = record with { Error = string.Join("; ", record.Refused!.Select(r => $"{r.Channel}: {r.Detail}")) };
        if (DeliveryLanes.ChannelOf(record.Delivery, reader, record.Refused) is null)
        {
            await DieAsync(message, due, record, etag, company);
            return;
        }

        await rows.WriteAsync(due, record with { Status = DeliveryStatus.Pending, At = Clock.GetUtcNow(), Throttled = 0 }, etag, CancellationToken.None);
        await MoveAsync(message, DeliveryLanes.Of(record.Delivery, reader, record.Refused));
    }

    private async Task MoveAsync(LeasedMessage message, string lane)
    {
        await Queues.SendAsync(lane, message.Body, Clock.GetUtcNow(), CancellationToken.None);
        await Queues.CompleteAsync(message, CancellationToken.None);
        Signal.Set();
    }

    private async Task DieAsync(LeasedMessage message, DeliveryDue due, DeliveryRecord record, string etag, Company company)
    {
        record = record with { Status = DeliveryStatus.Dead, At = Clock.GetUtcNow() };
        DeliveryDead(due.Key, due.Opportunity, record.Error);
        await rows.WriteAsync(due, record, etag, CancellationToken.None);
        await dead.BuryAsync(due, record, company, CancellationToken.None);
        await Queues.CompleteAsync(message, CancellationToken.None);
        Signal.Set();
    }

    private async Task PutOffAsync(LeasedMessage message, DeliveryDue due, DeliveryRecord record, string etag, DateTimeOffset again)
    {
        await rows.WriteAsync(due, record with { Status = DeliveryStatus.Pending, At = Clock.GetUtcNow() }, etag, CancellationToken.None);
        await Queues.PutOffAsync(message, again, CancellationToken.None);
    }

    private async Task EndAsync(LeasedMessage message, DeliveryDue due, DeliveryRecord record, string etag)
    {
        await rows.WriteAsync(due, record, etag, CancellationToken.None);
        await Queues.CompleteAsync(message, CancellationToken.None);
    }

    internal static string NameOf(Channel channel) => channel == Channel.Teams ? ChannelIds.Teams : ChannelIds.Slack;

    [LoggerMessage(Level = LogLevel.Warning, Message = "That the delivery {Key} of {Opportunity} was sent could not be noted at try {Attempt}.")]
    private partial void NotNoted(Exception exception, string key, OpportunityId opportunity, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The delivery {Key} of {Opportunity} is dead: {Reason}.")]
    private partial void DeliveryDead(string key, OpportunityId opportunity, string? reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Channel} does not take the delivery {Key} of {Opportunity}: {Reason}.")]
    private partial void ChannelRefused(Channel channel, string key, OpportunityId opportunity, string reason);
}
