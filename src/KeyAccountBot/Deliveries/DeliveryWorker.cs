using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.FollowUps;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Deliveries;

/// <summary>
/// Sends what is on record to be told: claims the delivery's row, sends, and marks it. What no longer holds is dropped, what comes
/// outside its reader's hours waits, and what would be one too many on a day goes into the digest.
/// </summary>
internal sealed partial class DeliveryWorker(
    ITableStore tables, IDelayedQueue queues, OpportunityLedger ledger, AccountLedger accounts, CompanyDirectory directory, Playbook playbook, Mailboxes mailboxes,
    Outbox outbox, FollowUpMessage messages, TimeProvider clock, WorkSignal signal, ILogger<DeliveryWorker> logger)
    : QueueWorker(RowKeys.Deliveries, queues, clock, signal, logger)
{
    private const int Tries = 8;
    private const int WaitsForRow = 5;
    private const int Looks = 6;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a claim keeps others away; whoever claimed longer ago has died.</summary>
    public static readonly TimeSpan ClaimHolds = TimeSpan.FromMinutes(6);

    /// <inheritdoc/>
    protected override async Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        var due = JsonSerializer.Deserialize(message.Body.Span, StoredJson.Default.DeliveryDue)!;
        var row = await RowAsync(due, cancellationToken);
        if (row is null)
        {
            // the message goes on the queue before its row is written; a row that never comes was never decided
            await (message.DequeueCount < WaitsForRow
                ? Queues.ReturnAsync(message, Later(message.DequeueCount), cancellationToken)
                : Queues.CompleteAsync(message, cancellationToken));
            return;
        }

        var record = JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.DeliveryRecord)!;
        var now = Clock.GetUtcNow();
        if (record.Status is not (DeliveryStatus.Pending or DeliveryStatus.Claimed))
        {
            await Queues.CompleteAsync(message, cancellationToken);
            return;
        }

        if (record is { Status: DeliveryStatus.Claimed, At: { } since } && since + ClaimHolds > now)
        {
            await Queues.ReturnAsync(message, since + ClaimHolds, cancellationToken);
            return;
        }

        try
        {
            await DeliverAsync(message, due, record, row.ETag, now, cancellationToken);
        }
        catch (StoreConflictException)
        {
            await Queues.ReturnAsync(message, Later(1), cancellationToken);
        }
    }

    // the message is on the queue a moment before its row is committed: a real moment, whatever the bot's clock says
    private async ValueTask<TableRow?> RowAsync(DeliveryDue due, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            var row = await tables.GetAsync(RowKeys.Opportunities, RowKeys.Partition(due.Tenant, due.Opportunity), RowKeys.Delivery(due.Key), cancellationToken);
            if (row is not null || look == Looks)
            {
                return row;
            }

            await Task.Delay(Moment, TimeProvider.System, cancellationToken);
        }
    }

    private async Task DeliverAsync(
        LeasedMessage message, DeliveryDue due, DeliveryRecord record, string etag, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var company = await directory.GetAsync(due.Tenant, cancellationToken);
        var opportunity = (await ledger.FindAsync(due.Tenant, due.Opportunity, cancellationToken))?.Opportunity;
        if (opportunity is null || !DeliveryStanding.Holds(record.Delivery, opportunity, KnownCustomer.NotRead, playbook, company, now))
        {
            await EndAsync(message, due, record with { Status = DeliveryStatus.Dropped, At = now }, etag);
            return;
        }

        if (company.Find(record.Delivery.To) is not { } reader)
        {
            await EndAsync(message, due, record with { Status = DeliveryStatus.Dead, At = now, Error = "the reader is not on record" }, etag);
            return;
        }

        var at = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).NextWorkingMoment(now);
        if (at > now)
        {
            await Queues.ReturnAsync(message, at, cancellationToken);
            return;
        }

        var item = new MailboxItem(due.Opportunity, due.Key);
        if (Counts(record.Delivery.Kind) && !await mailboxes.IsSeparateAsync(due.Tenant, reader, item, cancellationToken))
        {
            await EndAsync(message, due, record with { Status = DeliveryStatus.InDigest, At = now }, etag);
            return;
        }

        var claim = record with { Status = DeliveryStatus.Claimed, At = now, Attempts = record.Attempts + 1 };
        etag = await WriteAsync(due, claim, etag, cancellationToken);
        await SendAsync(message, due, claim, etag, opportunity, reader, company, cancellationToken);
    }

    private async Task SendAsync(
        LeasedMessage message, DeliveryDue due, DeliveryRecord claim, string etag, Opportunity opportunity, Person reader, Company company,
        CancellationToken cancellationToken)
    {
        try
        {
            var account = opportunity.Facts.AccountId is { } id ? (await accounts.FindAsync(due.Tenant, id, cancellationToken))?.Account : null;
            var outbound = messages.Build(due.Tenant, claim.Delivery, opportunity, reader, company, account, CoverageOf(claim.Delivery, opportunity, account, reader, company));
            var first = Outbox.FirstFor(claim.Delivery.Kind, reader);
            var (channel, sent) = await outbox.SendAsync(due.Tenant, reader, first, outbound, cancellationToken);
            await EndAsync(message, due, claim with
            {
                Status = DeliveryStatus.Sent,
                At = Clock.GetUtcNow(),
                Channel = NameOf(channel),
                ConversationId = sent.ConversationId,
                MessageId = sent.MessageId,
                Error = null,
            }, etag);
        }
        catch (NotSentException e) when (e.IsPermanent || claim.Attempts >= Tries)
        {
            DeliveryDead(due.Key, due.Opportunity, e.Message);
            await EndAsync(message, due, claim with { Status = DeliveryStatus.Dead, At = Clock.GetUtcNow(), Error = e.Message }, etag);
        }
        catch (NotSentException e)
        {
            var again = e.RetryAfter is { } wait ? Clock.GetUtcNow() + wait : Later(claim.Attempts);
            await WriteAsync(due, claim with { Status = DeliveryStatus.Pending, At = Clock.GetUtcNow(), Error = e.Message }, etag, CancellationToken.None);
            await Queues.ReturnAsync(message, again, CancellationToken.None);
        }
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

    /// <summary>Answers to what a person did or was asked never wait for a digest, and a visit does not wait for it either.</summary>
    private static bool Counts(DeliveryKind kind) =>
        kind is not (DeliveryKind.Taken or DeliveryKind.ColleagueAsked or DeliveryKind.Question or DeliveryKind.Answered or DeliveryKind.Reply or DeliveryKind.Reassigned or DeliveryKind.HandedOver or DeliveryKind.Brief);

    internal static string NameOf(Channel channel) => channel == Channel.Teams ? ChannelIds.Teams : ChannelIds.Slack;

    private async Task EndAsync(LeasedMessage message, DeliveryDue due, DeliveryRecord record, string etag)
    {
        await WriteAsync(due, record, etag, CancellationToken.None);
        await Queues.CompleteAsync(message, CancellationToken.None);
    }

    private async ValueTask<string> WriteAsync(DeliveryDue due, DeliveryRecord record, string etag, CancellationToken cancellationToken)
    {
        var etags = await tables.SubmitAsync(
            RowKeys.Opportunities, RowKeys.Partition(due.Tenant, due.Opportunity),
            [new TableOperation.Replace(RowKeys.Delivery(due.Key), JsonSerializer.SerializeToUtf8Bytes(record, StoredJson.Default.DeliveryRecord), etag)],
            cancellationToken);
        return etags[0];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The delivery {Key} of {Opportunity} is dead: {Reason}.")]
    private partial void DeliveryDead(string key, OpportunityId opportunity, string reason);
}
