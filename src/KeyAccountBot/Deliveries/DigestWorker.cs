using System.Text.Json;
using KeyAccountBot.FollowUps;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>
/// Sends a person's digest: one message for all that would have been too many. A channel has half of the slots at most, so a slow one
/// leaves the other its own.
/// </summary>
internal sealed partial class DigestWorker(
    DeliveryRows rows, StandingDeliveries standing, IDelayedQueue queues, OpportunityLedger ledger, CompanyDirectory directory, Playbook playbook, Mailboxes mailboxes,
    Outbox outbox, FollowUpMessage messages, Pace pace, DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger<DigestWorker> logger)
    : QueueWorker(Mailboxes.Digests, queues, deadLetters, times, clock, signal, logger, Slots)
{
    private const int Slots = 16;
    private const int LooksAtOnce = 8;
    private const int Tries = 8;
    private const int Patience = 50;
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(2);
    private readonly Dictionary<Channel, Lane> channels = Enum.GetValues<Channel>().ToDictionary(c => c, c => new Lane(c.ToString(), Slots / 2));

    /// <inheritdoc/>
    protected override async Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        var due = JsonSerializer.Deserialize(message.Body.Span, DeliveryJson.Default.DigestDue)!;
        var now = Clock.GetUtcNow();
        var (day, etag, unread) = await mailboxes.ReadAsync(due.Tenant, due.Person, due.Day, cancellationToken);
        if (day is null)
        {
            // once the row is mended, the dead letter brings the digest back
            await DeadLetters.PutAsync(due, 0, $"the day's row cannot be read: {unread}", cancellationToken);
            await Queues.CompleteAsync(message, cancellationToken);
            return;
        }

        if (day.Closed || ((etag is null || day.InDigest == 0) && message.DequeueCount >= WaitsForRow))
        {
            await Queues.CompleteAsync(message, cancellationToken);
            return;
        }

        if (etag is null || day.InDigest == 0)
        {
            // its hour came before its first line was committed
            await Queues.ReturnAsync(message, Later(message.DequeueCount), cancellationToken);
            return;
        }

        if (Times.ClaimedUntil(day.ClaimedAt, now) is { } until)
        {
            await Queues.PutOffAsync(message, until, cancellationToken);
            return;
        }

        var company = await directory.GetAsync(due.Tenant, cancellationToken);
        if (company.Find(due.Person) is not { } person)
        {
            await DeadLetters.PutAsync(due, day.Attempts, "the reader is not on record", cancellationToken);
            await Queues.CompleteAsync(message, cancellationToken);
            return;
        }

        // whoever went away since it was filled does not get it
        var reader = company.StandInFor(person.Id) ?? person;
        var at = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).NextWorkingMoment(now);
        if (at > now)
        {
            await Queues.PutOffAsync(message, at, cancellationToken);
            return;
        }

        var channel = day.RefusedBy is { } closed && closed == reader.HearsIn ? OtherThan(closed) : reader.HearsIn;
        if (!channels[channel].TryBegin())
        {
            Signal.Soon(now + Busy);
            await Queues.PutOffAsync(message, now + Busy, cancellationToken);
            return;
        }

        try
        {
            await DeliverAsync(message, due, day, etag, channel, reader, company, now, cancellationToken);
        }
        catch (StoreConflictException)
        {
            await Queues.PutOffAsync(message, Later(1), cancellationToken);
        }
        finally
        {
            channels[channel].End();
        }
    }

    private async Task DeliverAsync(
        LeasedMessage message, DigestDue due, MailboxDay day, string etag, Channel channel, Person reader, Company company, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var conversation = DeliveryWorker.ConversationOf(due.Tenant, reader, null);
        if (pace.SlotFor(due.Tenant, channel, conversation, $"digest|{due.Day:yyyy-MM-dd}") is { } slot)
        {
            Signal.Soon(slot);
            await Queues.PutOffAsync(message, slot, cancellationToken);
            return;
        }

        var claim = day with { ClaimedAt = now, Attempts = day.Attempts + 1 };
        etag = await mailboxes.WriteAsync(due.Tenant, due.Person, due.Day, claim, etag, cancellationToken);
        var content = await ContentAsync(due, claim, reader, company, now, cancellationToken);
        try
        {
            if (content.First.Count > 0)
            {
                await outbox.SendAsync(due.Tenant, channel, reader, null, messages.Digest(content, reader, reader.Id == due.Person ? null : company.Find(due.Person)), cancellationToken);
            }

            await CloseAsync(due, claim with { Shown = [.. content.First.Select(i => new MailboxItem(i.Opportunity.Id, i.Delivery.Key))] }, etag);
            await Queues.CompleteAsync(message, CancellationToken.None);
        }
        catch (NotSentException e) when (e.Throttled is { } wait && claim.Throttled < Patience)
        {
            pace.Rest(channel, conversation, wait);
            await AgainAsync(message, due, claim with { Attempts = day.Attempts, Throttled = claim.Throttled + 1 }, etag, Clock.GetUtcNow() + wait);
        }
        catch (NotSentException e) when (claim.RefusedBy is null && (e.IsPermanent || claim.Attempts >= Tries))
        {
            await AgainAsync(message, due, claim with { RefusedBy = channel }, etag, Clock.GetUtcNow());
        }
        catch (NotSentException e) when (e.IsPermanent || e.Throttled is not null || claim.Attempts >= 2 * Tries)
        {
            DigestDead(due.Day, e.Message);
            await DeadLetters.PutAsync(due, claim.Attempts, e.Message, CancellationToken.None);
            await CloseAsync(due, claim, etag);
            await Queues.CompleteAsync(message, CancellationToken.None);
        }
        catch (NotSentException e)
        {
            await AgainAsync(message, due, claim, etag, e.RetryAfter is { } wait ? Clock.GetUtcNow() + wait : Later(claim.Attempts));
        }
    }

    private async Task AgainAsync(LeasedMessage message, DigestDue due, MailboxDay day, string etag, DateTimeOffset at)
    {
        await mailboxes.WriteAsync(due.Tenant, due.Person, due.Day, day with { ClaimedAt = null }, etag, CancellationToken.None);
        await Queues.PutOffAsync(message, at, CancellationToken.None);
    }

    // nothing joins a digest that is claimed, so what is read page by page is all of it
    private async ValueTask<DigestContent> ContentAsync(
        DigestDue due, MailboxDay day, Person reader, Company company, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var tally = new DigestTally(FollowUpPolicy.CalendarOf(reader, playbook.FollowUps), now);
        var options = new ParallelOptions { MaxDegreeOfParallelism = LooksAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(mailboxes.DigestAsync(due.Tenant, due.Person, due.Day, cancellationToken), options, async (line, stop) =>
        {
            if (await LineOfAsync(due.Tenant, line.Item, reader, company, now, stop) is var (delivery, opportunity))
            {
                tally.Add(delivery, opportunity);
            }
        });
        return tally.Content(day.More);
    }

    // the row first: for a row that is final, its message does nothing; and a lost message is found by the reconciliation
    private async Task SendAloneAsync(DeliveryDue due, DeliveryRecord record, string etag, Company company)
    {
        try
        {
            await rows.WriteAsync(due, record, etag, CancellationToken.None);
        }
        catch (StoreConflictException)
        {
            // somebody sends it already
            return;
        }

        await Queues.SendAsync(
            DeliveryLanes.Of(record.Delivery, company.Find(record.Delivery.To)), DeliveryRows.MessageOf(due), Clock.GetUtcNow(), CancellationToken.None);
        Signal.Set();
    }

    private static Channel OtherThan(Channel channel) => channel == Channel.Teams ? Channel.Slack : Channel.Teams;

    private async Task CloseAsync(DigestDue due, MailboxDay day, string? etag)
    {
        while (true)
        {
            try
            {
                await mailboxes.WriteAsync(due.Tenant, due.Person, due.Day, day with { Closed = true }, etag, CancellationToken.None);
                return;
            }
            catch (StoreConflictException)
            {
                // the reader got a separate message meanwhile: the digest is sent all the same
                var shown = day.Shown;
                (var latest, etag, _) = await mailboxes.ReadAsync(due.Tenant, due.Person, due.Day, CancellationToken.None);
                if (latest is null)
                {
                    return;
                }

                day = latest with { Shown = shown };
            }
        }
    }

    private async ValueTask<(Delivery Delivery, Opportunity Opportunity)?> LineOfAsync(
        TenantId tenant, MailboxItem item, Person reader, Company company, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = new DeliveryDue(tenant, item.Opportunity, item.Key);

        // one that was told by itself after all is not told of again
        if (await rows.FindAsync(due, cancellationToken) is not var (record, etag)
            || record.Status is DeliveryStatus.Sent or DeliveryStatus.Dropped or DeliveryStatus.Dead
            || (await ledger.FindAsync(tenant, item.Opportunity, cancellationToken))?.Opportunity is not { } opportunity
            || !await standing.HoldsAsync(tenant, record.Delivery, opportunity, company, now, cancellationToken))
        {
            return null;
        }

        if (record.Delivery.NowReadBy(company) is var read && read.To != reader.Id)
        {
            // what they would have read in another's place is not passed on with their own: it goes its own way again
            if (record.Status == DeliveryStatus.InDigest)
            {
                await SendAloneAsync(due, record with { Delivery = read, Status = DeliveryStatus.Pending, At = now }, etag, company);
            }

            return null;
        }

        return (record.Delivery, opportunity);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A digest of {Day} is dead: {Reason}.")]
    private partial void DigestDead(DateOnly day, string reason);
}
