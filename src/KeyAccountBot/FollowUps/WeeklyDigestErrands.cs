using System.Text.Json;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.FollowUps;

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
    internal async ValueTask<Message> MessageAsync(WeeklyDigestDue due, Person reader, Company company, CancellationToken cancellationToken) =>
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
