using System.Text.Json;
using KeyAccountBot.FollowUps;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Deliveries;

/// <summary>Sends a person's digest: one message for all that would have been too many.</summary>
internal sealed partial class DigestWorker(
    ITableStore tables, IDelayedQueue queues, OpportunityLedger ledger, CompanyDirectory directory, Playbook playbook, Mailboxes mailboxes,
    Outbox outbox, FollowUpMessage messages, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger<DigestWorker> logger)
    : QueueWorker(Mailboxes.Digests, queues, times, clock, signal, logger)
{
    private const int Tries = 8;

    /// <inheritdoc/>
    protected override async Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        var due = JsonSerializer.Deserialize(message.Body.Span, DeliveryJson.Default.DigestDue)!;
        var now = Clock.GetUtcNow();
        var (day, etag) = await mailboxes.ReadAsync(due.Tenant, due.Person, due.Day, cancellationToken);
        if (day.Closed || ((etag is null || day.Digest.Count == 0) && message.DequeueCount >= WaitsForRow))
        {
            await Queues.CompleteAsync(message, cancellationToken);
            return;
        }

        if (etag is null || day.Digest.Count == 0)
        {
            // its hour came before its first line was committed
            await Queues.ReturnAsync(message, Later(message.DequeueCount), cancellationToken);
            return;
        }

        if (day.ClaimedAt is { } since && since + Times.ClaimHolds > now)
        {
            await Queues.ReturnAsync(message, since + Times.ClaimHolds, cancellationToken);
            return;
        }

        var company = await directory.GetAsync(due.Tenant, cancellationToken);
        if (company.Find(due.Person) is not { } reader)
        {
            await Queues.CompleteAsync(message, cancellationToken);
            return;
        }

        var at = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).NextWorkingMoment(now);
        if (at > now)
        {
            await Queues.ReturnAsync(message, at, cancellationToken);
            return;
        }

        try
        {
            var claim = day with { ClaimedAt = now, Attempts = day.Attempts + 1 };
            etag = await mailboxes.WriteAsync(due.Tenant, due.Person, due.Day, claim, etag, cancellationToken);
            await SendAsync(message, due, claim, etag, reader, company, now, cancellationToken);
        }
        catch (StoreConflictException)
        {
            await Queues.ReturnAsync(message, Later(1), cancellationToken);
        }
    }

    private async Task SendAsync(
        LeasedMessage message, DigestDue due, MailboxDay claim, string etag, Person reader, Company company, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<(Delivery Delivery, Opportunity Opportunity)> lines = [];
        foreach (var item in claim.Digest)
        {
            if (await LineOfAsync(due.Tenant, item, company, now, cancellationToken) is { } line)
            {
                lines.Add(line);
            }
        }

        try
        {
            if (lines.Count > 0)
            {
                await outbox.SendAsync(due.Tenant, reader, reader.HearsIn, messages.Digest(lines, claim.More, reader), cancellationToken);
            }
        }
        catch (NotSentException e) when (e.IsPermanent || claim.Attempts >= Tries)
        {
            DigestDead(due.Day, e.Message);
        }
        catch (NotSentException e)
        {
            var again = e.RetryAfter is { } wait ? now + wait : Later(claim.Attempts);
            await mailboxes.WriteAsync(due.Tenant, due.Person, due.Day, claim with { ClaimedAt = again - Times.ClaimHolds }, etag, CancellationToken.None);
            await Queues.ReturnAsync(message, again, CancellationToken.None);
            return;
        }

        await CloseAsync(due, claim, etag);
        await Queues.CompleteAsync(message, CancellationToken.None);
    }

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
                (day, etag) = await mailboxes.ReadAsync(due.Tenant, due.Person, due.Day, CancellationToken.None);
            }
        }
    }

    private async ValueTask<(Delivery Delivery, Opportunity Opportunity)?> LineOfAsync(
        TenantId tenant, MailboxItem item, Company company, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(RowKeys.Opportunities, RowKeys.Partition(tenant, item.Opportunity), RowKeys.Delivery(item.Key), cancellationToken);
        var opportunity = (await ledger.FindAsync(tenant, item.Opportunity, cancellationToken))?.Opportunity;
        if (row is null || opportunity is null)
        {
            return null;
        }

        var delivery = JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.DeliveryRecord)!.Delivery;
        return DeliveryWorker.Holds(delivery, opportunity, playbook, company, now) ? (delivery, opportunity) : null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A digest of {Day} is dead: {Reason}.")]
    private partial void DigestDead(DateOnly day, string reason);
}
