using System.Text.Json;
using Cronos;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>When a person's next weekly digest is due; one row a person.</summary>
/// <param name="NextAt">When, UTC; a message for another moment is stale.</param>
/// <param name="ClaimedAt">Since when it is being sent, UTC; <c>null</c> while it is not.</param>
/// <param name="Sending">How far its sending is; <c>null</c> before a channel did not take it.</param>
/// <param name="WaitsUntil">It waits, and is not lost before then, UTC; <c>null</c> where it does not.</param>
internal sealed record WeeklyDigestState(DateTimeOffset NextAt, DateTimeOffset? ClaimedAt = null, SendingState? Sending = null, DateTimeOffset? WaitsUntil = null);

/// <summary>A weekly digest on the queue.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Person">The reader.</param>
/// <param name="At">The moment it was armed for, UTC.</param>
internal sealed record WeeklyDigestDue(TenantId Tenant, PersonId Person, DateTimeOffset At);

/// <summary>
/// Keeps the next weekly digest of every manager and director waiting, each at the hour they chose. A row that cannot be read is written
/// anew with the next moment, unless a newer version wrote it.
/// </summary>
internal sealed class WeeklyDigests(
    Tables tables, IDelayedQueue queues, CompanyDirectory directory, Playbook playbook, TimeProvider clock)
{
    /// <summary>The queue of weekly digests.</summary>
    public const string Queue = "weekly-digests";

    // a bot that was down for a night finds the message on its queue: it comes late, but it comes
    private static readonly TimeSpan Lost = TimeSpan.FromDays(1);
    private readonly Table<PersonKey, WeeklyDigestState> rows = tables.Of(DeliveryRowKinds.Weekly, MailboxKeys.Weekly);

    /// <summary>
    /// When a person's next one is due, UTC; <c>null</c> for who gets none. By the expression of their own, at its very hour; by the
    /// playbook's, moved off their holidays. Pure.
    /// </summary>
    public static DateTimeOffset? NextFor(Person person, FollowUpSettings settings, DateTimeOffset now)
    {
        var isUsual = person.WeeklyDigest is null;
        var wanted = isUsual && person.Role is not (Role.Manager or Role.Director) ? "" : person.WeeklyDigest ?? settings.WeeklyDigest;
        if (!CronExpression.TryParse(wanted ?? "", out var cron))
        {
            return null;
        }

        // the expression speaks of local time, whose offsets come from the same copy of the time zones as all else
        var calendar = FollowUpPolicy.CalendarOf(person, settings);
        var local = DateTime.SpecifyKind(calendar.LocalTime(now).DateTime, DateTimeKind.Utc);
        while (cron.GetNextOccurrence(local) is { } next)
        {
            var at = calendar.At(DateOnly.FromDateTime(next), TimeOnly.FromDateTime(next));
            if (at > now)
            {
                return isUsual ? calendar.NextWorkingMoment(at) : at;
            }

            local = next;
        }

        return null;
    }

    /// <summary>Arms everybody's who gets one and whose is not waiting, or should have come more than a day ago.</summary>
    /// <returns>How many were armed.</returns>
    public async Task<int> ArmAllAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var armed = 0;
        foreach (var person in (await directory.GetAsync(tenant, cancellationToken)).People)
        {
            if (NextFor(person, playbook.FollowUps, clock.GetUtcNow()) is not { } next)
            {
                continue;
            }

            var (state, etag, isNewer) = await ReadAsync(tenant, person.Id, cancellationToken);
            if (isNewer)
            {
                continue;
            }

            if (state is null || (state.WaitsUntil > state.NextAt ? state.WaitsUntil : state.NextAt) + Lost < clock.GetUtcNow())
            {
                armed += await ArmAsync(tenant, person.Id, next, etag, cancellationToken) ? 1 : 0;
            }
        }

        return armed;
    }

    /// <summary>Arms a person's anew, after they chose another hour, or none.</summary>
    public async Task ArmAsync(TenantId tenant, Person person, CancellationToken cancellationToken)
    {
        if (NextFor(person, playbook.FollowUps, clock.GetUtcNow()) is { } next)
        {
            var (_, etag, isNewer) = await ReadAsync(tenant, person.Id, cancellationToken);
            if (isNewer)
            {
                return;
            }

            await ArmAsync(tenant, person.Id, next, etag, cancellationToken);
        }
    }

    /// <summary>Puts a person's next one on the queue and on record, if nobody did since.</summary>
    /// <returns>Whether it was this call that did.</returns>
    public async Task<bool> ArmAsync(TenantId tenant, PersonId person, DateTimeOffset next, string? etag, CancellationToken cancellationToken)
    {
        // before the row: a message without a row is stale, a row without a message would wait forever
        await queues.SendAsync(
            Queue, JsonSerializer.SerializeToUtf8Bytes(new WeeklyDigestDue(tenant, person, next), DeliveryJson.Default.WeeklyDigestDue), next, cancellationToken);
        try
        {
            await WriteAsync(tenant, person, new WeeklyDigestState(next), etag, cancellationToken);
            return true;
        }
        catch (StoreConflictException)
        {
            return false;
        }
    }

    /// <summary>A person's row; <c>null</c> while none was armed, and without its ETag; <c>null</c> and with it where it cannot be read.</summary>
    public async ValueTask<(WeeklyDigestState? State, string? ETag, bool IsNewer)> ReadAsync(TenantId tenant, PersonId person, CancellationToken cancellationToken)
    {
        var row = await rows.FindAsync(new PersonKey(tenant, person), cancellationToken);
        return (row.Record, row.ETag, row.IsNewer);
    }

    /// <summary>Writes a person's row; answers the new ETag.</summary>
    /// <exception cref="StoreConflictException">Somebody wrote first.</exception>
    public ValueTask<string> WriteAsync(TenantId tenant, PersonId person, WeeklyDigestState state, string? etag, CancellationToken cancellationToken) =>
        rows.WriteAsync(new PersonKey(tenant, person), state, etag, cancellationToken);
}
