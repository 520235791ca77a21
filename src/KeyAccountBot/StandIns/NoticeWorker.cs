using System.Text.Json;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.StandIns;

/// <summary>
/// Sends notices: each once, in its reader's working hours, over the other channel where the first does not take it. What no channel
/// takes comes back later and later, and lies with the dead letters in the end.
/// </summary>
internal sealed class NoticeWorker(
    Notices notices, NoticeMessage messages, IDelayedQueue queues, CompanyDirectory directory, Playbook playbook, Outbox outbox, Pace pace, DeadLetters deadLetters, WorkTimes times,
    TimeProvider clock, WorkSignal signal, ILogger<NoticeWorker> logger)
    : QueueWorker(Notices.Queue, queues, deadLetters, times, clock, signal, logger)
{
    /// <inheritdoc/>
    protected override async Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        var due = JsonSerializer.Deserialize(message.Body.Span, NoticeJson.Default.NoticeDue)!;
        var now = Clock.GetUtcNow();
        if (await notices.FindAsync(due, cancellationToken) is not var (record, etag))
        {
            await WaitOrEndAsync(message, null, cancellationToken);
            return;
        }

        if (record.IsFinal)
        {
            await Queues.CompleteAsync(message, cancellationToken);
            return;
        }

        if (Times.ClaimedUntil(record.ClaimedAt, now) is { } until)
        {
            await Queues.PutOffAsync(message, until, cancellationToken);
            return;
        }

        var company = await directory.GetAsync(due.Tenant, cancellationToken);
        if (record.NotBefore <= now && !NoticeStanding.Holds(record.Notice, company))
        {
            // what it tells of is put on record after it
            await WaitOrEndAsync(message, () => notices.WriteAsync(due, record with { IsFinal = true }, etag, cancellationToken), cancellationToken);
            return;
        }

        try
        {
            await DeliverAsync(message, due, record, etag, company, now, cancellationToken);
        }
        catch (StoreConflictException)
        {
            await Queues.PutOffAsync(message, Later(1), CancellationToken.None);
        }
    }

    private async Task DeliverAsync(
        LeasedMessage message, NoticeDue due, NoticeRecord record, string etag, Company company, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (NoticeStanding.ReaderOf(record.Notice, company) is not { } reader)
        {
            throw new InvalidOperationException("The reader of a notice is not on record.");
        }

        if (WhenToTell(record, reader, company, now) is var at && at > now)
        {
            await Queues.PutOffAsync(message, at, cancellationToken);
            return;
        }

        var conversation = DeliveryWorker.ConversationOf(due.Tenant, reader, null);
        if (pace.SlotFor(due.Tenant, reader.HearsIn, conversation, $"notice|{due.Key}") is { } slot)
        {
            Signal.Soon(slot);
            await Queues.PutOffAsync(message, slot, cancellationToken);
            return;
        }

        etag = await notices.WriteAsync(due, record with { ClaimedAt = now }, etag, cancellationToken);
        try
        {
            if (await messages.OfAsync(due.Tenant, record.Notice, reader, company, cancellationToken) is { } said)
            {
                await SendAsync(due, reader, said, cancellationToken);
            }

            await notices.WriteAsync(due, record with { IsFinal = true, ClaimedAt = null }, etag, CancellationToken.None);
            await Queues.CompleteAsync(message, CancellationToken.None);
        }
        catch (NotSentException e)
        {
            await notices.WriteAsync(due, record, etag, CancellationToken.None);
            if (e.Throttled is not { } wait)
            {
                throw;
            }

            pace.Rest(reader.HearsIn, conversation, wait);
            await Queues.PutOffAsync(message, Clock.GetUtcNow() + wait, CancellationToken.None);
        }
    }

    private async Task SendAsync(NoticeDue due, Person reader, Message said, CancellationToken cancellationToken)
    {
        try
        {
            await outbox.SendAsync(due.Tenant, reader.HearsIn, reader, null, said, cancellationToken);
        }
        catch (NotSentException e) when (e.IsPermanent)
        {
            await outbox.SendAsync(due.Tenant, reader.HearsIn == Channel.Teams ? Channel.Slack : Channel.Teams, reader, null, said, cancellationToken);
        }
    }

    // who is away is left in peace, but for what became of whom they named: nobody else can name another
    private DateTimeOffset WhenToTell(NoticeRecord record, Person reader, Company company, DateTimeOffset now)
    {
        var calendar = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps);
        return record.NotBefore > now ? record.NotBefore
            : company.IsAway(reader) && record.Notice.Kind is NoticeKind.Named or NoticeKind.Asked
                ? calendar.StartOfWork(calendar.AddBusinessDays(calendar.DateAt(now).AddDays(1), 0))
            : calendar.NextWorkingMoment(now);
    }

    // a row that never comes, or what never comes true, was never decided
    private async Task WaitOrEndAsync(LeasedMessage message, Func<ValueTask<string>>? end, CancellationToken cancellationToken)
    {
        if (message.DequeueCount < WaitsForRow)
        {
            await Queues.ReturnAsync(message, Later(message.DequeueCount), cancellationToken);
            return;
        }

        if (end is not null)
        {
            await end();
        }

        await Queues.CompleteAsync(message, cancellationToken);
    }
}
