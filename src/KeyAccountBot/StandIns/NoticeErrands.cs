using System.Text.Json;
using KeyAccountBot.Deliveries;
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
    internal Task<OutboundMessage?> MessageAsync(TenantId tenant, Notice notice, Person reader, Company company, CancellationToken cancellationToken) =>
        messages.OfAsync(tenant, notice, reader, company, cancellationToken);

    /// <summary>Writes the row if nobody wrote it since.</summary>
    internal ValueTask<string> WriteAsync(NoticeDue due, NoticeRecord record, string etag, CancellationToken cancellationToken) =>
        notices.WriteAsync(due, record, etag, cancellationToken);

    /// <summary>Keeps a dead letter.</summary>
    internal ValueTask BuryAsync(LeasedMessage message, SendingState state) => deadLetters.PutAsync(message, state, CancellationToken.None);
}

/// <summary>One notice in hand.</summary>
internal sealed class NoticeErrand(NoticeErrands errands, NoticeDue due, NoticeRecord record, string etag, Person reader, Company company) : Errand(due.Tenant, reader)
{
    private NoticeRecord record = record;
    private string etag = etag;

    /// <inheritdoc/>
    public override string Key => $"notice|{due.Key}";

    /// <inheritdoc/>
    public override string Name => $"a notice ({record.Notice.Kind})";

    /// <inheritdoc/>
    public override SendingState State { get; } = record.Sending ?? SendingState.New;

    /// <inheritdoc/>
    public override DateTimeOffset TellAt(DateTimeOffset now) => errands.TellAt(record, Reader, company, now);

    /// <inheritdoc/>
    public override ValueTask ClaimAsync(SendingState state, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(record with { ClaimedAt = now }, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<OutboundMessage?> MessageAsync(CancellationToken cancellationToken) =>
        await errands.MessageAsync(Tenant, record.Notice, Reader, company, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask EndAsync(DateTimeOffset now) => WriteAsync(record with { IsFinal = true, ClaimedAt = null, Sending = null });

    /// <inheritdoc/>
    public override ValueTask SentAsync(SentMessage sent, Channel channel, DateTimeOffset now) => EndAsync(now);

    /// <inheritdoc/>
    public override ValueTask GiveBackAsync(SendingState state, string? error, DateTimeOffset now) => WriteAsync(record with { ClaimedAt = null, Sending = state });

    /// <summary>A dead letter; the notice stays unsent and begins anew once an operator has its message sent again.</summary>
    public override async ValueTask DieAsync(LeasedMessage message, SendingState state, DateTimeOffset now)
    {
        await errands.BuryAsync(message, state);
        await WriteAsync(record with { ClaimedAt = null, Sending = null });
    }

    private async ValueTask WriteAsync(NoticeRecord next, CancellationToken cancellationToken = default)
    {
        etag = await errands.WriteAsync(due, next, etag, cancellationToken);
        record = next;
    }
}
