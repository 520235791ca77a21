using System.Text.Json;
using KeyAccountBot.Conversations.Contacts;
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
/// Sends what is on record to be told: claims the delivery's row, sends, and marks it. What no longer holds is dropped, what comes
/// outside its reader's hours or before its turn waits, what is for somebody who is away goes to whoever stands in, and of what is due
/// together the heaviest are sent one by one and the rest goes into the digest.
/// </summary>
internal sealed partial class DeliveryWorker(
    DeliveryRows rows, StandingDeliveries standing, IDelayedQueue queues, OpportunityLedger ledger, AccountLedger accounts, CompanyDirectory directory, Playbook playbook,
    Mailboxes mailboxes, Outbox outbox, FollowUpMessage messages, Pace pace, DeadDeliveries dead, DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal,
    ILogger<DeliveryWorker> logger)
    : QueueWorker(LanesOf(), queues, deadLetters, times, clock, signal, logger)
{
    /// <summary>How many messages of a lane are on their way at once.</summary>
    public const int Slots = 16;

    private const int Looks = 6;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestOrder = TimeSpan.FromDays(3);
    private static readonly TimeSpan UntilMended = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override TimeSpan Lease => Times.Lease;

    /// <inheritdoc/>
    protected override async Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        var due = JsonSerializer.Deserialize(message.Body.Span, StoredJson.Default.DeliveryDue)!;
        if (await RowAsync(due, cancellationToken) is not var (record, etag))
        {
            // the message goes on the queue before its row is written; a row that never comes was never decided
            await (message.DequeueCount < WaitsForRow
                ? Queues.ReturnAsync(message, Later(message.DequeueCount), cancellationToken)
                : Queues.CompleteAsync(message, cancellationToken));
            return;
        }

        var now = Clock.GetUtcNow();
        if (record.IsFinal)
        {
            if (record.Status == DeliveryStatus.Dead)
            {
                // whoever marked it so may have died before it was said
                await dead.BuryAsync(due, record, await directory.GetAsync(due.Tenant, cancellationToken), cancellationToken);
            }

            await Queues.CompleteAsync(message, cancellationToken);
            return;
        }

        if (Times.ClaimedUntil(record.Status == DeliveryStatus.Claimed ? record.At : null, now) is { } until)
        {
            await Queues.PutOffAsync(message, until, cancellationToken);
            return;
        }

        if (await WaitsForAsync(due, record, now, cancellationToken) is { } later)
        {
            if (later - now < Shortly)
            {
                Signal.Soon(later);
            }

            await Queues.PutOffAsync(message, later, cancellationToken);
            return;
        }

        try
        {
            await DeliverAsync(message, due, record, etag, now, cancellationToken);
        }
        catch (StoreConflictException)
        {
            await Queues.PutOffAsync(message, Later(1), cancellationToken);
        }
    }

    // alerts first where one thread runs them all, as in tests
    private static IReadOnlyList<Lane> LanesOf() =>
        [.. DeliveryLanes.All.Reverse().Select(queue => new Lane(queue, Slots)), new Lane(RowKeys.Deliveries, Slots)];

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

    private async Task DeliverAsync(
        LeasedMessage message, DeliveryDue due, DeliveryRecord record, string etag, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var delivery = record.Delivery;
        var company = await directory.GetAsync(due.Tenant, cancellationToken);
        var opportunity = (await ledger.FindAsync(due.Tenant, due.Opportunity, cancellationToken))?.Opportunity;
        if (opportunity is null && await ledger.IsSetAsideAsync(due.Tenant, due.Opportunity, cancellationToken))
        {
            // it is told once its record is mended
            await Queues.PutOffAsync(message, now + UntilMended, cancellationToken);
            return;
        }

        if (opportunity is null || !await standing.HoldsAsync(due.Tenant, delivery, opportunity, company, now, cancellationToken))
        {
            await EndAsync(message, due, record with { Status = DeliveryStatus.Dropped, At = now }, etag);
            return;
        }

        // they may have left since it was decided, or come back
        delivery = delivery.NowReadBy(company);
        if (company.Find(delivery.To) is not { } reader)
        {
            await DieAsync(message, due, record with { Error = "the reader is not on record" }, etag, company);
            return;
        }

        if (delivery.InPlaceOf is not null && IsTheirOwn(delivery, reader))
        {
            await EndAsync(message, due, record with { Status = DeliveryStatus.Dropped, At = now }, etag);
            return;
        }

        if (delivery.InNameOf is not null && company.IsAway(reader))
        {
            // nobody of the line is there; and who stands in for one of them may be the one it tells of
            var calendar = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps);
            await Queues.PutOffAsync(message, calendar.StartOfWork(calendar.AddBusinessDays(calendar.DateAt(now), 1)), cancellationToken);
            return;
        }

        record = record with { Delivery = delivery };
        if (DeliveryLanes.ChannelOf(delivery, reader, record.Refused) is not { } channel)
        {
            await DieAsync(message, due, record, etag, company);
            return;
        }

        var lane = DeliveryLanes.Of(delivery, reader, record.Refused);
        if (message.Queue != lane)
        {
            await MoveAsync(message, lane);
            return;
        }

        var at = delivery.Urgent ? now : FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).NextWorkingMoment(now);
        if (at > now)
        {
            await Queues.PutOffAsync(message, at, cancellationToken);
            return;
        }

        if (Counts(delivery))
        {
            var line = new MailboxLine(new MailboxItem(due.Opportunity, due.Key), opportunity.Facts.Amount, delivery.Since);
            switch (await mailboxes.PlaceAsync(due.Tenant, reader, line, cancellationToken))
            {
                case Placement.Waits { Until: var until }:
                    Signal.Soon(until);
                    await Queues.PutOffAsync(message, until, cancellationToken);
                    return;
                case Placement.InDigest:
                    await EndAsync(message, due, record with { Status = DeliveryStatus.InDigest, At = now }, etag);
                    return;
            }
        }

        var conversation = ConversationOf(due.Tenant, reader, delivery.Room);
        if (pace.SlotFor(due.Tenant, channel, conversation, $"{due.Opportunity}|{due.Key}") is { } slot)
        {
            Signal.Soon(slot);
            await Queues.PutOffAsync(message, slot, cancellationToken);
            return;
        }

        var claim = record with { Status = DeliveryStatus.Claimed, At = now, Attempts = record.Attempts + 1 };
        etag = await rows.WriteAsync(due, claim, etag, cancellationToken);
        await SendAsync(message, due, claim, etag, channel, conversation, opportunity, reader, company, cancellationToken);
    }

    /// <summary>What names a conversation where its pace is kept: the room, or the person.</summary>
    public static string ConversationOf(TenantId tenant, Person reader, Room? room) => room?.Conversation ?? $"{tenant}|{reader.Id}";

    // nobody is told in another's place of what they did themselves
    private static bool IsTheirOwn(Delivery delivery, Person standIn) => delivery.About == standIn.Id
        && delivery.Kind is DeliveryKind.Taken or DeliveryKind.Question or DeliveryKind.Answered or DeliveryKind.Reply or DeliveryKind.Reassigned or DeliveryKind.HandedOver
            or DeliveryKind.HandedOn or DeliveryKind.DecisionMakerAssigned or DeliveryKind.Held or DeliveryKind.TimeAsked or DeliveryKind.TimeAllowed or DeliveryKind.TimeRefused;

    /// <summary>
    /// Answers to what a person did or was asked never wait for a digest, and neither does a visit, what is urgent, or what many read.
    /// </summary>
    private static bool Counts(Delivery delivery) => delivery is { Urgent: false, Room: null }
        && delivery.Kind is DeliveryKind.Reminder or DeliveryKind.Nudge or DeliveryKind.Alert or DeliveryKind.NobodyFound or DeliveryKind.Undelivered or DeliveryKind.Held;
}
