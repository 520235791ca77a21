using System.Runtime.CompilerServices;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>
/// Keeps a person's day to a few separate messages, those that weigh most. A partition a person: a row a day, and beside it a row for each
/// delivery that gathers or waits for the digest. A day whose row cannot be read is left as it is: what would be counted there goes out by itself.
/// </summary>
internal sealed partial class Mailboxes(
    Tables tables, IDelayedQueue queues, Playbook playbook, WorkTimes times, TimeProvider clock)
{
    /// <summary>The queue of digests.</summary>
    public const string Digests = "digests";

    internal const string Gathers = "gathers";
    internal const string InDigest = "digest";
    private const int Listed = 300;
    private readonly Table<MailboxDayKey, MailboxDay> days = tables.Of(DeliveryRowKinds.Day, MailboxKeys.Day);
    private readonly Table<MailboxLineKey, MailboxLine> lines = tables.Of(DeliveryRowKinds.Waiting, MailboxKeys.Line);

    /// <summary>Notes in a person's day what does not count towards its separate messages; once, however often it is noted.</summary>
    public async ValueTask NoteAsync(TenantId tenant, Person reader, MailboxItem item, CancellationToken cancellationToken)
    {
        var today = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).DateAt(clock.GetUtcNow());
        await days.ChangeAsync(new MailboxDayKey(tenant, reader.Id, today), day => day?.Beside?.Contains(item) == true ? day : Noted(day ?? new MailboxDay([], []), item), cancellationToken);
    }

    private static MailboxDay Noted(MailboxDay day, MailboxItem item) => day with { Beside = [.. (day.Beside ?? []).TakeLast(Listed - 1), item] };

    /// <summary>What a person was told today and on so many days before, the latest day first: one by one, beside that, and by name in digests that went out.</summary>
    public async ValueTask<IReadOnlyList<MailboxItem>> LatelyAsync(TenantId tenant, Person reader, int daysBefore, CancellationToken cancellationToken)
    {
        var today = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).DateAt(clock.GetUtcNow());
        List<MailboxDay> told = [];
        await foreach (var row in days.QueryAsync(MailboxKeys.Days(tenant, reader.Id, today.AddDays(-daysBefore), today.AddDays(1)), cancellationToken))
        {
            if (row.Record is { } day)
            {
                told.Add(day);
            }
        }

        return [.. Enumerable.Reverse(told)
            .SelectMany(d => Enumerable.Reverse([.. d.Separate, .. d.Beside ?? []]).Concat(d.Closed ? [.. d.Shown ?? [], .. d.Digest] : []))
            .Distinct()];
    }

    /// <summary>A person's day and its ETag, <c>null</c> while it has no row; no day but why, where its row cannot be read.</summary>
    public async ValueTask<(MailboxDay? Day, string? ETag, string? Unread)> ReadAsync(
        TenantId tenant, PersonId person, DateOnly day, CancellationToken cancellationToken)
    {
        var row = await days.FindAsync(new MailboxDayKey(tenant, person, day), cancellationToken);
        return !row.IsThere ? (new MailboxDay([], []), null, null)
            : row.Record is { } found ? (found, row.ETag, null)
            : (null, row.ETag, row.Reason);
    }

    /// <summary>Writes a person's day if nobody wrote it since; answers the new ETag.</summary>
    /// <exception cref="StoreConflictException">Somebody wrote first.</exception>
    public ValueTask<string> WriteAsync(TenantId tenant, PersonId person, DateOnly day, MailboxDay content, string? etag, CancellationToken cancellationToken) =>
        days.WriteAsync(new MailboxDayKey(tenant, person, day), content, etag, cancellationToken);

    private RowWrite Writing(TenantId tenant, PersonId person, DateOnly day, MailboxDay content, string? etag) =>
        days.Writing(new MailboxDayKey(tenant, person, day), content, etag);

    /// <summary>What waits for the digest of a day, read page by page, in no order.</summary>
    public async IAsyncEnumerable<MailboxLine> DigestAsync(TenantId tenant, PersonId person, DateOnly day, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var item in (await ReadAsync(tenant, person, day, cancellationToken)).Day?.Digest ?? [])
        {
            yield return new MailboxLine(item, default, null);
        }

        await foreach (var line in LinesAsync(tenant, person, InDigest, day, cancellationToken))
        {
            yield return line;
        }
    }

    private async IAsyncEnumerable<MailboxLine> LinesAsync(
        TenantId tenant, PersonId person, string kind, DateOnly day, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in lines.QueryAsync(MailboxKeys.Lines(tenant, person, kind, day), cancellationToken))
        {
            if (row.Record is { } line)
            {
                yield return line;
            }
        }
    }
}
