using System.Text.Json;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.FollowUps;

/// <summary>Digests: one message a day for all that would have been too many.</summary>
internal sealed class DigestErrands(
    DeliveryRows rows, StandingDeliveries standing, IDelayedQueue queues, OpportunityLedger ledger, CompanyDirectory directory, Playbook playbook, Mailboxes mailboxes,
    FollowUpMessage messages, DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal) : IErrands
{
    private const int LooksAtOnce = 8;

    /// <inheritdoc/>
    public int Slots => 16;

    /// <inheritdoc/>
    public async ValueTask<Called> ReadAsync(LeasedMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = JsonSerializer.Deserialize(message.Body.Span, DeliveryJson.Default.DigestDue)!;
        var (day, etag, unread) = await mailboxes.ReadAsync(due.Tenant, due.Person, due.Day, cancellationToken);
        if (day is null)
        {
            // once the row is mended, the dead letter brings the digest back
            await deadLetters.PutAsync(due, 0, $"the day's row cannot be read: {unread}", cancellationToken);
            return new Called.Over();
        }

        if (day.Closed)
        {
            return new Called.Over();
        }

        if (etag is null || day.InDigest == 0)
        {
            // its hour came before its first line was committed
            return new Called.NotYet();
        }

        if (times.ClaimedUntil(day.ClaimedAt, now) is { } until)
        {
            return new Called.Waits(until);
        }

        var company = await directory.GetAsync(due.Tenant, cancellationToken);
        if (company.Find(due.Person) is not { } person)
        {
            await deadLetters.PutAsync(due, day.Attempts, "the reader is not on record", cancellationToken);
            return new Called.Over();
        }

        // who went away since it was filled does not get it
        return new Called.Due(new DigestErrand(this, due, day, etag, company.StandInFor(person.Id) ?? person, company));
    }

    /// <summary>When a reader may be told, UTC.</summary>
    internal DateTimeOffset TellAt(Person reader, DateTimeOffset now) => FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).NextWorkingMoment(now);

    /// <summary>Writes the day if nobody wrote it since.</summary>
    internal ValueTask<string> WriteAsync(DigestDue due, MailboxDay day, string? etag, CancellationToken cancellationToken) =>
        mailboxes.WriteAsync(due.Tenant, due.Person, due.Day, day, etag, cancellationToken);

    /// <summary>Keeps a dead letter.</summary>
    internal ValueTask BuryAsync(DigestDue due, SendingState state) => deadLetters.PutAsync(due, state.Attempts, state.Reason, CancellationToken.None);

    /// <summary>Closes the day, also where others write it.</summary>
    internal ValueTask CloseAsync(DigestDue due, MailboxDay day, string? etag) => OptimisticLoop.RunAsync(async again =>
    {
        if (again)
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

        await WriteAsync(due, day with { Closed = true }, etag, CancellationToken.None);
    });

    /// <summary>What the digest says.</summary>
    internal Message MessageOf(DigestDue due, DigestContent content, Person reader, Company company) =>
        messages.Digest(content, reader, reader.Id == due.Person ? null : company.Find(due.Person));

    /// <summary>What the digest is about: nothing joins one that is claimed, so what is read page by page is all of it.</summary>
    internal async ValueTask<DigestContent> ContentAsync(DigestDue due, MailboxDay day, Person reader, Company company, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
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

        await queues.SendAsync(
            DeliveryLanes.Of(record.Delivery, company.Find(record.Delivery.To)), DeliveryRows.MessageOf(due), clock.GetUtcNow(), CancellationToken.None);
        signal.Set();
    }
}
