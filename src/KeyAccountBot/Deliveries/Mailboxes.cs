using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
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
    ITableStore tables, IDelayedQueue queues, Playbook playbook, WorkTimes times, TimeProvider clock, RowReader? rows = null)
{
    private readonly RowReader rows = rows ?? new RowReader();

    /// <summary>The queue of digests.</summary>
    public const string Digests = "digests";

    private const string Table = "mailboxes";
    internal const string Gathers = "gathers";
    internal const string InDigest = "digest";
    private const int Tries = 12;
    private const int Listed = 300;

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

    /// <summary>What a person was told today and on so many days before, the latest day first: one by one, beside that, and by name in digests that went out.</summary>
    public async ValueTask<IReadOnlyList<MailboxItem>> LatelyAsync(TenantId tenant, Person reader, int daysBefore, CancellationToken cancellationToken)
    {
        var today = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).DateAt(clock.GetUtcNow());
        List<MailboxDay> days = [];
        await foreach (var row in tables.QueryAsync(Table, Partition(tenant, reader.Id), RowKey(today.AddDays(-daysBefore)), RowKey(today.AddDays(1)), cancellationToken))
        {
            if (rows.Read(DeliveryRowKinds.Day, row).Record is { } day)
            {
                days.Add(day);
            }
        }

        return [.. Enumerable.Reverse(days)
            .SelectMany(d => Enumerable.Reverse([.. d.Separate, .. d.Beside ?? []]).Concat(d.Closed ? [.. d.Shown ?? [], .. d.Digest] : []))
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

        var reading = rows.Read(DeliveryRowKinds.Day, row);
        return reading.Record is { } found ? (found, row.ETag, null) : (null, row.ETag, reading.Reason);
    }

    /// <summary>Writes a person's day if nobody wrote it since; answers the new ETag.</summary>
    /// <exception cref="StoreConflictException">Somebody wrote first.</exception>
    public async ValueTask<string> WriteAsync(
        TenantId tenant, PersonId person, DateOnly day, MailboxDay content, string? etag, CancellationToken cancellationToken)
    {
        var etags = await tables.SubmitAsync(Table, Partition(tenant, person), [Writing(day, content, etag)], cancellationToken);
        return etags[0];
    }

    private static TableOperation Writing(DateOnly day, MailboxDay content, string? etag)
    {
        var body = DeliveryRowKinds.Day.BytesOf(content);
        return etag is null ? new TableOperation.Add(RowKey(day), body) : new TableOperation.Replace(RowKey(day), body, etag);
    }

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
        var prefix = $"{kind}|{RowKey(day)}";
        await foreach (var row in tables.QueryAsync(Table, Partition(tenant, person), prefix + "|", prefix + "}", cancellationToken))
        {
            if (rows.Read(DeliveryRowKinds.Waiting, row).Record is { } line)
            {
                yield return line;
            }
        }
    }

    // hashed, for both ids may be long
    private static string RowKey(string kind, DateOnly day, MailboxLine line) =>
        $"{kind}|{RowKey(day)}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line.Key)))}";

    private static string Partition(TenantId tenant, PersonId person) => $"{RowKeys.Escape(tenant.Value)}|{RowKeys.Escape(person.Value)}";

    private static string RowKey(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
