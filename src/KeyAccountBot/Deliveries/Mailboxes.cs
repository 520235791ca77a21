using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Operations;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Deliveries;

/// <summary>A delivery that a person's day holds.</summary>
/// <param name="Opportunity">Which.</param>
/// <param name="Key">The delivery's key.</param>
internal sealed record MailboxItem(OpportunityId Opportunity, string Key);

/// <summary>What a person is told on one day.</summary>
/// <param name="Separate">What they got one by one.</param>
/// <param name="Digest">What waits for the digest.</param>
/// <param name="More">What waits beyond what a row can list.</param>
/// <param name="ClaimedAt">Since when the digest is being sent, UTC; <c>null</c> while it is not.</param>
/// <param name="Attempts">How often sending the digest was tried.</param>
/// <param name="Closed">The digest is sent, or given up.</param>
/// <param name="RefusedBy">The channel that does not take the digest.</param>
/// <param name="Throttled">How often a channel asked to wait with the digest.</param>
/// <param name="Beside">What does not count and waits for a word of theirs: a question, a colleague's request.</param>
internal sealed record MailboxDay(
    IReadOnlyList<MailboxItem> Separate, IReadOnlyList<MailboxItem> Digest, int More = 0, DateTimeOffset? ClaimedAt = null, int Attempts = 0, bool Closed = false,
    Channel? RefusedBy = null, int Throttled = 0, IReadOnlyList<MailboxItem>? Beside = null);

/// <summary>A digest on the queue.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Person">The reader.</param>
/// <param name="Day">The reader's local date.</param>
internal sealed record DigestDue(TenantId Tenant, PersonId Person, DateOnly Day);

/// <summary>
/// Keeps a person's day to a few separate messages: a partition a person, a row a day. A day whose row cannot be read is left as it is:
/// what would be counted there goes out by itself.
/// </summary>
internal sealed class Mailboxes(ITableStore tables, IDelayedQueue queues, Playbook playbook, TimeProvider clock, RowReader? rows = null)
{
    private readonly RowReader rows = rows ?? new RowReader();

    /// <summary>The queue of digests.</summary>
    public const string Digests = "digests";

    private const string Table = "mailboxes";
    private const int Tries = 12;
    private const int Listed = 300;

    /// <summary>Whether a delivery is sent by itself; otherwise it is in a digest now. The same delivery is answered the same all day.</summary>
    public async ValueTask<bool> IsSeparateAsync(TenantId tenant, Person reader, MailboxItem item, CancellationToken cancellationToken)
    {
        var settings = playbook.FollowUps;
        var calendar = FollowUpPolicy.CalendarOf(reader, settings);
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.GetUtcNow();
            var today = calendar.DateAt(now);
            try
            {
                var (day, etag, _) = await ReadAsync(tenant, reader.Id, today, cancellationToken);
                if (day is null || day.Separate.Contains(item))
                {
                    return true;
                }

                if (day.Digest.Contains(item))
                {
                    return false;
                }

                if (day.Separate.Count < settings.SeparateMessagesADay)
                {
                    await WriteAsync(tenant, reader.Id, today, day with { Separate = [.. day.Separate, item] }, etag, cancellationToken);
                    return true;
                }

                while (day.Closed || day.ClaimedAt is not null || now >= calendar.At(today, settings.DigestAt))
                {
                    today = calendar.AddBusinessDays(today, 1);
                    (day, etag, _) = await ReadAsync(tenant, reader.Id, today, cancellationToken);
                    if (day is null)
                    {
                        return true;
                    }
                }

                await AddToDigestAsync(tenant, reader.Id, today, calendar.At(today, settings.DigestAt), day, etag, item, cancellationToken);
                return false;
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // another delivery of the same reader came in between: read again
            }
        }
    }

    /// <summary>Notes in a person's day what does not count towards its separate messages; once, however often it is noted.</summary>
    public async ValueTask NoteAsync(TenantId tenant, Person reader, MailboxItem item, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var today = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).DateAt(clock.GetUtcNow());
            var (day, etag, _) = await ReadAsync(tenant, reader.Id, today, cancellationToken);
            if (day is null || day.Beside?.Contains(item) == true)
            {
                return;
            }

            try
            {
                await WriteAsync(tenant, reader.Id, today, day with { Beside = [.. (day.Beside ?? []).TakeLast(Listed - 1), item] }, etag, cancellationToken);
                return;
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // a delivery of the same reader came in between: read again
            }
        }
    }

    /// <summary>What a person was told today and on so many days before, the latest day first: one by one, beside that, and in digests that went out.</summary>
    public async ValueTask<IReadOnlyList<MailboxItem>> LatelyAsync(TenantId tenant, Person reader, int daysBefore, CancellationToken cancellationToken)
    {
        var today = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).DateAt(clock.GetUtcNow());
        List<MailboxDay> days = [];
        await foreach (var row in tables.QueryAsync(Table, Partition(tenant, reader.Id), RowKey(today.AddDays(-daysBefore)), RowKey(today.AddDays(1)), cancellationToken))
        {
            if (rows.Read(ServiceRowKinds.Day, row).Record is { } day)
            {
                days.Add(day);
            }
        }

        return [.. Enumerable.Reverse(days)
            .SelectMany(d => Enumerable.Reverse([.. d.Separate, .. d.Beside ?? []]).Concat(d.Closed ? d.Digest : []))
            .Distinct()];
    }

    /// <summary>A person's day and its ETag, <c>null</c> while it has no row; no day but why, where its row cannot be read.</summary>
    public async ValueTask<(MailboxDay? Day, string? ETag, string? Unread)> ReadAsync(
        TenantId tenant, PersonId person, DateOnly day, CancellationToken cancellationToken)
    {
        if (await tables.GetAsync(Table, Partition(tenant, person), RowKey(day), cancellationToken) is not { } row)
        {
            return (new MailboxDay([], []), null, null);
        }

        var reading = rows.Read(ServiceRowKinds.Day, row);
        return reading.Record is { } found ? (found, row.ETag, null) : (null, row.ETag, reading.Reason);
    }

    /// <summary>Writes a person's day if nobody wrote it since; answers the new ETag.</summary>
    /// <exception cref="StoreConflictException">Somebody wrote first.</exception>
    public async ValueTask<string> WriteAsync(
        TenantId tenant, PersonId person, DateOnly day, MailboxDay content, string? etag, CancellationToken cancellationToken)
    {
        var body = ServiceRowKinds.Day.BytesOf(content);
        var etags = await tables.SubmitAsync(
            Table, Partition(tenant, person),
            [etag is null ? new TableOperation.Add(RowKey(day), body) : new TableOperation.Replace(RowKey(day), body, etag)], cancellationToken);
        return etags[0];
    }

    private async ValueTask AddToDigestAsync(
        TenantId tenant, PersonId person, DateOnly day, DateTimeOffset at, MailboxDay content, string? etag, MailboxItem item, CancellationToken cancellationToken)
    {
        if (content.Digest.Contains(item))
        {
            return;
        }

        if (content.Digest.Count == 0)
        {
            // before the row: a message without a digest does nothing, a digest without a message would never be sent
            var due = JsonSerializer.SerializeToUtf8Bytes(new DigestDue(tenant, person, day), DeliveryJson.Default.DigestDue);
            await queues.SendAsync(Digests, due, at, cancellationToken);
        }

        var after = content.Digest.Count < Listed
            ? content with { Digest = [.. content.Digest, item] }
            : content with { More = content.More + 1 };
        await WriteAsync(tenant, person, day, after, etag, cancellationToken);
    }

    private static string Partition(TenantId tenant, PersonId person) => $"{RowKeys.Escape(tenant.Value)}|{RowKeys.Escape(person.Value)}";

    private static string RowKey(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
