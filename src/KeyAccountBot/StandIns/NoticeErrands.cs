using System.Text.Json;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.StandIns;

/// <summary>Notices: each once, in its reader's working hours.</summary>
internal sealed class NoticeErrands(
    Notices notices, NoticeMessage messages, CompanyDirectory directory, Playbook playbook, DeadLetters deadLetters, WorkTimes times) : IErrands
{
    /// <inheritdoc/>
    public int Slots => 8;

    /// <inheritdoc/>
    public async ValueTask<Called> ReadAsync(LeasedMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = JsonSerializer.Deserialize(message.Body.Span, NoticeJson.Default.NoticeDue)!;
        if (await notices.FindAsync(due, cancellationToken) is not var (record, etag))
        {
            return new Called.NotYet();
        }

        if (record.IsFinal)
        {
            return new Called.Over();
        }

        if (times.ClaimedUntil(record.ClaimedAt, now) is { } until)
        {
            return new Called.Waits(until);
        }

        var company = await directory.GetAsync(due.Tenant, cancellationToken);
        if (record.NotBefore <= now && !NoticeStanding.Holds(record.Notice, company))
        {
            // what it tells of is put on record after it; what never comes true was never decided
            return new Called.NotYet(async () => await notices.WriteAsync(due, record with { IsFinal = true }, etag, CancellationToken.None));
        }

        return NoticeStanding.ReaderOf(record.Notice, company) is { } reader
            ? new Called.Due(new NoticeErrand(this, due, record, etag, reader, company))
            : throw new InvalidOperationException("The reader of a notice is not on record.");
    }

    /// <summary>When a reader may be told, UTC. Who is away is left in peace, but for what became of whom they named: nobody else can name another.</summary>
    internal DateTimeOffset TellAt(NoticeRecord record, Person reader, Company company, DateTimeOffset now)
    {
        var calendar = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps);
        return record.NotBefore > now ? record.NotBefore
            : company.IsAway(reader) && record.Notice.Kind is NoticeKind.Named or NoticeKind.Asked
                ? calendar.StartOfWork(calendar.AddBusinessDays(calendar.DateAt(now).AddDays(1), 0))
            : calendar.NextWorkingMoment(now);
    }

    /// <summary>What is said; <c>null</c> for nothing.</summary>
    internal Task<Message?> MessageAsync(TenantId tenant, Notice notice, Person reader, Company company, CancellationToken cancellationToken) =>
        messages.OfAsync(tenant, notice, reader, company, cancellationToken);

    /// <summary>Writes the row if nobody wrote it since.</summary>
    internal ValueTask<string> WriteAsync(NoticeDue due, NoticeRecord record, string etag, CancellationToken cancellationToken) =>
        notices.WriteAsync(due, record, etag, cancellationToken);

    /// <summary>Keeps a dead letter.</summary>
    internal ValueTask BuryAsync(LeasedMessage message, SendingState state) => deadLetters.PutAsync(message, state, CancellationToken.None);
}
