using System.Text.Json;
using KeyAccountBot.FollowUps;
using KeyAccountBot.People;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>Weekly digests: each once at its hour, which arms the next. Who is away gets none until they are back.</summary>
internal sealed class WeeklyDigestErrands(
    WeeklyDigests digests, WeeklyReview review, CompanyDirectory directory, Playbook playbook, DeadLetters deadLetters, WorkTimes times, TimeProvider clock) : IErrands
{
    // what comes later than that waits for its reader's hours
    private static readonly TimeSpan OnTime = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public int Slots => 4;

    /// <inheritdoc/>
    public async ValueTask<Called> ReadAsync(LeasedMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = JsonSerializer.Deserialize(message.Body.Span, DeliveryJson.Default.WeeklyDigestDue)!;
        var (state, etag, isNewer) = await digests.ReadAsync(due.Tenant, due.Person, cancellationToken);
        if (state is null && etag is not null && !isNewer)
        {
            // its row cannot be read: the message itself says when it was to come, and sending it writes the row anew
            state = new WeeklyDigestState(due.At);
        }

        var company = await directory.GetAsync(due.Tenant, cancellationToken);
        if (state is null || state.NextAt != due.At || company.Find(due.Person) is not { } reader
            || WeeklyDigests.NextFor(reader, playbook.FollowUps, now) is not { } next)
        {
            return new Called.Over();
        }

        if (times.ClaimedUntil(state.ClaimedAt, now) is { } until)
        {
            return new Called.Waits(until);
        }

        if (company.IsAway(reader))
        {
            await digests.ArmAsync(due.Tenant, due.Person, next, etag, CancellationToken.None);
            return new Called.Over();
        }

        return new Called.Due(new WeeklyDigestErrand(this, due, state, etag, reader, company));
    }

    /// <summary>When a reader may be told, UTC: at the hour they chose, or in their hours where that is long past.</summary>
    internal DateTimeOffset TellAt(WeeklyDigestDue due, Person reader, DateTimeOffset now) =>
        now - due.At < OnTime ? now : FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).NextWorkingMoment(now);

    /// <summary>Writes the row if nobody wrote it since.</summary>
    internal ValueTask<string> WriteAsync(WeeklyDigestDue due, WeeklyDigestState state, string? etag, CancellationToken cancellationToken) =>
        digests.WriteAsync(due.Tenant, due.Person, state, etag, cancellationToken);

    /// <summary>What the digest says.</summary>
    internal async ValueTask<OutboundMessage> MessageAsync(WeeklyDigestDue due, Person reader, Company company, CancellationToken cancellationToken) =>
        WeeklyDigestMessage.Of(await review.OfAsync(due.Tenant, reader, company, cancellationToken), reader, playbook, company);

    /// <summary>Arms the next one, if nobody did since.</summary>
    internal async ValueTask ArmAsync(WeeklyDigestDue due, Person reader, string? etag)
    {
        if (WeeklyDigests.NextFor(reader, playbook.FollowUps, clock.GetUtcNow()) is { } next)
        {
            await digests.ArmAsync(due.Tenant, due.Person, next, etag, CancellationToken.None);
        }
    }

    /// <summary>Keeps a dead letter.</summary>
    internal ValueTask BuryAsync(LeasedMessage message, SendingState state) => deadLetters.PutAsync(message, state, CancellationToken.None);
}

/// <summary>One weekly digest in hand.</summary>
internal sealed class WeeklyDigestErrand(
    WeeklyDigestErrands errands, WeeklyDigestDue due, WeeklyDigestState record, string? etag, Person reader, Company company) : Errand(due.Tenant, reader)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private WeeklyDigestState record = record;
    private string? etag = etag;

    /// <inheritdoc/>
    public override string Key => $"weekly|{due.At:yyyy-MM-ddTHH:mm}";

    /// <inheritdoc/>
    public override string Name => $"a weekly digest of {due.At:yyyy-MM-dd}";

    /// <inheritdoc/>
    public override SendingState State { get; } = record.Sending ?? SendingState.New;

    /// <inheritdoc/>
    public override DateTimeOffset TellAt(DateTimeOffset now) => errands.TellAt(due, Reader, now);

    /// <summary>One that waits is not lost: the next one is not armed in its place.</summary>
    public override async ValueTask WaitsAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (record.WaitsUntil is not { } at || at < until)
        {
            await WriteAsync(record with { WaitsUntil = until + Kept }, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override ValueTask ClaimAsync(SendingState state, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(record with { ClaimedAt = now }, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<OutboundMessage?> MessageAsync(CancellationToken cancellationToken) =>
        await errands.MessageAsync(due, Reader, company, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask EndAsync(DateTimeOffset now) => errands.ArmAsync(due, Reader, etag);

    /// <inheritdoc/>
    public override ValueTask SentAsync(SentMessage sent, Channel channel, DateTimeOffset now) => errands.ArmAsync(due, Reader, etag);

    /// <inheritdoc/>
    public override ValueTask GiveBackAsync(SendingState state, string? error, DateTimeOffset now) => WriteAsync(record with { ClaimedAt = null, Sending = state });

    /// <inheritdoc/>
    public override async ValueTask DieAsync(LeasedMessage message, SendingState state, DateTimeOffset now)
    {
        await errands.BuryAsync(message, state);
        await errands.ArmAsync(due, Reader, etag);
    }

    private async ValueTask WriteAsync(WeeklyDigestState next, CancellationToken cancellationToken = default)
    {
        etag = await errands.WriteAsync(due, next, etag, cancellationToken);
        record = next;
    }
}
