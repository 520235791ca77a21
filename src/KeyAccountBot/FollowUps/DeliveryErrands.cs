using System.Text.Json;
using KeyAccountBot.Channels;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Wording;

namespace KeyAccountBot.FollowUps;

/// <summary>
/// Deliveries. What no longer holds is dropped, what comes before its turn waits, what is for somebody who is away goes to who stands in,
/// and of what is due together the heaviest are sent one by one and the rest goes into the digest.
/// </summary>
internal sealed partial class DeliveryErrands(
    DeliveryRows rows, StandingDeliveries standing, OpportunityLedger ledger, AccountLedger accounts, CompanyDirectory directory, Playbook playbook, Mailboxes mailboxes,
    FollowUpMessage messages, DeadDeliveries dead, KnownChannels channels, WorkTimes times, TimeProvider clock, ILogger<DeliveryErrands> logger) : IErrands
{
    private const int Looks = 6;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestOrder = TimeSpan.FromDays(3);
    private static readonly TimeSpan UntilMended = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public int Slots => DeliveryWorker.Slots;

    /// <inheritdoc/>
    public async ValueTask<Called> ReadAsync(LeasedMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = JsonSerializer.Deserialize(message.Body.Span, StoredJson.Default.DeliveryDue)!;
        if (await RowAsync(due, cancellationToken) is not var (record, etag))
        {
            return new Called.NotYet();
        }

        if (record.IsFinal)
        {
            if (record.Status == DeliveryStatus.Dead)
            {
                // who marked it so may have died before it was said
                await dead.BuryAsync(due, record, await directory.GetAsync(due.Tenant, cancellationToken), cancellationToken);
            }

            return new Called.Over();
        }

        if (times.ClaimedUntil(record.Status == DeliveryStatus.Claimed ? record.At : null, now) is { } until)
        {
            return new Called.Waits(until);
        }

        return await WaitsForAsync(due, record, now, cancellationToken) is { } later
            ? new Called.Waits(later)
            : await OfAsync(due, record, etag, now, cancellationToken);
    }

    // the message is on the queue a moment before its row is committed: a real moment, whatever the bot's clock says
    private async ValueTask<(DeliveryRecord Record, string ETag)?> RowAsync(DeliveryDue due, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            var row = await rows.FindAsync(due, cancellationToken);
            if (row is not null || look == Looks)
            {
                return row;
            }

            await Task.Delay(Moment, TimeProvider.System, cancellationToken);
        }
    }

    // the step before is told first; one that cannot be told for days does not hold up the next
    private async ValueTask<DateTimeOffset?> WaitsForAsync(DeliveryDue due, DeliveryRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waited = now - (record.At ?? now);
        if (record.Delivery.After is not { } before || waited > LongestOrder
            || await rows.FindAsync(due with { Key = before }, cancellationToken) is not ({ IsFinal: false }, _))
        {
            return null;
        }

        return now + TimeSpan.FromSeconds(Math.Clamp(waited.TotalSeconds / 4, 2, 300));
    }

    private async ValueTask<Called> OfAsync(DeliveryDue due, DeliveryRecord record, string etag, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var delivery = record.Delivery;
        var company = await directory.GetAsync(due.Tenant, cancellationToken);
        var opportunity = (await ledger.FindAsync(due.Tenant, due.Opportunity, cancellationToken))?.Opportunity;
        if (opportunity is null && await ledger.IsSetAsideAsync(due.Tenant, due.Opportunity, cancellationToken))
        {
            // it is told once its record is mended
            return new Called.Waits(now + UntilMended);
        }

        if (opportunity is null || !await standing.HoldsAsync(due.Tenant, delivery, opportunity, company, now, cancellationToken))
        {
            return await DropAsync(due, record, etag, now);
        }

        // they may have left since it was decided, or come back
        delivery = delivery.NowReadBy(company);
        if (company.Find(delivery.To) is not { } reader)
        {
            record = record with { Status = DeliveryStatus.Dead, Error = "the reader is not on record", At = now };
            DeliveryDead(due.Key, due.Opportunity, record.Error);
            await rows.WriteAsync(due, record, etag, CancellationToken.None);
            await dead.BuryAsync(due, record, company, CancellationToken.None);
            return new Called.Over();
        }

        if (delivery.InPlaceOf is not null && IsTheirOwn(delivery, reader))
        {
            return await DropAsync(due, record, etag, now);
        }

        if (delivery.InNameOf is not null && company.IsAway(reader))
        {
            // nobody of the line is there; and who stands in for one of them may be the one it tells of
            var calendar = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps);
            return new Called.Waits(calendar.StartOfWork(calendar.AddBusinessDays(calendar.DateAt(now), 1)));
        }

        return new Called.Due(new DeliveryErrand(this, due, record with { Delivery = delivery }, etag, opportunity, reader, company));
    }

    private async ValueTask<Called> DropAsync(DeliveryDue due, DeliveryRecord record, string etag, DateTimeOffset now)
    {
        await rows.WriteAsync(due, record with { Status = DeliveryStatus.Dropped, At = now }, etag, CancellationToken.None);
        return new Called.Over();
    }

    // nobody is told in another's place of what they did themselves
    private static bool IsTheirOwn(Delivery delivery, Person standIn) => delivery.About == standIn.Id
        && delivery.Kind is DeliveryKind.Taken or DeliveryKind.Question or DeliveryKind.Answered or DeliveryKind.Reply or DeliveryKind.Reassigned or DeliveryKind.HandedOver
            or DeliveryKind.HandedOn or DeliveryKind.DecisionMakerAssigned or DeliveryKind.Held or DeliveryKind.TimeAsked or DeliveryKind.TimeAllowed or DeliveryKind.TimeRefused;

    /// <summary>What a row calls the channel that a delivery was sent over.</summary>
    internal string? NameOf(Channel channel) => channels.Find(channel)?.Id;

    /// <summary>When a reader may be told, UTC.</summary>
    internal DateTimeOffset TellAt(Delivery delivery, Person reader, DateTimeOffset now) =>
        delivery.Urgent ? now : FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).NextWorkingMoment(now);

    /// <summary>Takes a place in the reader's day.</summary>
    internal ValueTask<Placement> PlaceAsync(DeliveryDue due, Delivery delivery, Opportunity opportunity, Person reader, CancellationToken cancellationToken) =>
        mailboxes.PlaceAsync(due.Tenant, reader, new MailboxLine(new MailboxItem(due.Opportunity, due.Key), opportunity.Facts.Amount, delivery.Since), cancellationToken);

    /// <summary>Writes the row if nobody wrote it since.</summary>
    internal ValueTask<string> WriteAsync(DeliveryDue due, DeliveryRecord record, string etag, CancellationToken cancellationToken) =>
        rows.WriteAsync(due, record, etag, cancellationToken);

    /// <summary>Keeps a dead letter and tells the administrator.</summary>
    internal Task BuryAsync(DeliveryDue due, DeliveryRecord record, Company company) => dead.BuryAsync(due, record, company, CancellationToken.None);

    /// <summary>What is said; <c>null</c> where an answer came meanwhile: who answered while it was claimed and written is heard before it goes out.</summary>
    internal async ValueTask<Message?> MessageAsync(
        DeliveryDue due, Delivery delivery, Opportunity opportunity, Person reader, Company company, CancellationToken cancellationToken)
    {
        var account = await accounts.OfAsync(due.Tenant, opportunity, cancellationToken);
        var note = delivery.Kind == DeliveryKind.Undelivered
            ? UndeliveredWords.Line(await dead.CauseOfAsync(due, cancellationToken), FollowUpMessage.CultureOf(reader))
            : CoverageOf(delivery, opportunity, account, reader, company);
        var outbound = messages.Build(delivery, opportunity, reader, company, account, note);
        return await IsOverAsync(due, delivery, opportunity, company, cancellationToken) ? null : outbound;
    }

    // the page after the acknowledgement
    private async ValueTask<bool> IsOverAsync(DeliveryDue due, Delivery delivery, Opportunity before, Company company, CancellationToken cancellationToken) =>
        (await ledger.FindAsync(due.Tenant, due.Opportunity, cancellationToken))?.Opportunity is not { } latest
        || (latest.Version != before.Version && !await standing.HoldsAsync(due.Tenant, delivery, latest, company, clock.GetUtcNow(), cancellationToken));

    // what is missing in coverage goes to those above the rep: they can mend it
    private string? CoverageOf(Delivery delivery, Opportunity opportunity, Account? account, Person reader, Company company)
    {
        if (delivery.Kind is not (DeliveryKind.Nudge or DeliveryKind.Alert or DeliveryKind.NobodyFound) || opportunity.Facts.AccountId is null)
        {
            return null;
        }

        var today = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).DateAt(clock.GetUtcNow());
        return CoverageWords.Line(opportunity, account, company, playbook, today, FollowUpMessage.CultureOf(reader));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The delivery {Key} of {Opportunity} is dead: {Reason}.")]
    private partial void DeliveryDead(string key, OpportunityId opportunity, string? reason);
}
