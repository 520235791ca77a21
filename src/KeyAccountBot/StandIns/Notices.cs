using System.Text.Json;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Storage;

namespace KeyAccountBot.StandIns;

/// <summary>The notices of people, a row each in their mailbox; their messages wait on a queue of their own.</summary>
internal sealed class Notices(ITableStore tables, IDelayedQueue queues, RowReader rows, TimeProvider clock)
{
    /// <summary>The queue of notices.</summary>
    public const string Queue = "notices";

    /// <summary>The label of rows that are not final.</summary>
    public const string Unsent = "unsent-notice";

    /// <summary>What the keys of their rows begin with.</summary>
    public const string Prefix = "notice|";

    private const int Tries = 5;

    /// <summary>Puts a notice on its queue and on record; one that is there already stays as it is.</summary>
    public async Task PutAsync(TenantId tenant, string key, Notice notice, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        // before the row: a message without a row does nothing, a row without a message would wait until it is looked for
        await SendAsync(new NoticeDue(tenant, notice.To, key), notBefore, cancellationToken);
        try
        {
            await WriteAsync(new NoticeDue(tenant, notice.To, key), new NoticeRecord(notice, notBefore), null, cancellationToken);
        }
        catch (StoreConflictException)
        {
            // it is on record
        }
    }

    /// <summary>Has a notice sent at once that waits for later.</summary>
    public async Task BringForwardAsync(NoticeDue due, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await ChangeAsync(due, async (record, etag) => await WriteAsync(due, record with { NotBefore = now }, etag, cancellationToken), cancellationToken))
        {
            await SendAsync(due, now, cancellationToken);
        }
    }

    /// <summary>Takes a notice away that is not final yet; it may be put there again.</summary>
    /// <returns>Whether it was there and not final.</returns>
    public Task<bool> TakeAwayAsync(NoticeDue due, CancellationToken cancellationToken) => ChangeAsync(
        due,
        async (_, etag) => await tables.SubmitAsync(
            RowKeys.Mailboxes, RowKeys.Mailbox(due.Tenant, due.Person), [new TableOperation.Delete(RowOf(due.Key), etag)], cancellationToken),
        cancellationToken);

    /// <summary>A notice as it stands, and its ETag; <c>null</c> where there is none that can be read.</summary>
    public async ValueTask<(NoticeRecord Record, string ETag)?> FindAsync(NoticeDue due, CancellationToken cancellationToken) =>
        await tables.GetAsync(RowKeys.Mailboxes, RowKeys.Mailbox(due.Tenant, due.Person), RowOf(due.Key), cancellationToken) is { } row
            && rows.Read(StandInRowKinds.Notice, row).Record is { } record
            ? (record, row.ETag)
            : null;

    /// <summary>Writes a notice if nobody wrote it since; answers the new ETag.</summary>
    /// <exception cref="StoreConflictException">Somebody wrote first.</exception>
    public async ValueTask<string> WriteAsync(NoticeDue due, NoticeRecord record, string? etag, CancellationToken cancellationToken)
    {
        var (row, label) = (RowOf(due.Key), record.IsFinal ? null : Unsent);
        var body = StandInRowKinds.Notice.BytesOf(record);
        TableOperation write = etag is null ? new TableOperation.Add(row, body, label) : new TableOperation.Replace(row, body, etag, label);
        return (await tables.SubmitAsync(RowKeys.Mailboxes, RowKeys.Mailbox(due.Tenant, due.Person), [write], cancellationToken))[0];
    }

    /// <summary>Puts the messages of notices on the queue again that should have gone out so long ago; twice does no harm.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ResendAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var resent = 0;
        await foreach (var row in tables.ScanAsync(RowKeys.Mailboxes, Unsent, cancellationToken))
        {
            if (rows.Read(StandInRowKinds.Notice, row).Record is { } record && record.NotBefore + patience < clock.GetUtcNow())
            {
                var tenant = new TenantId(RowKeys.Unescape(row.PartitionKey[..row.PartitionKey.IndexOf('|', StringComparison.Ordinal)]));
                await SendAsync(new NoticeDue(tenant, record.Notice.To, RowKeys.Unescape(row.RowKey[Prefix.Length..])), clock.GetUtcNow(), cancellationToken);
                resent++;
            }
        }

        return resent;
    }

    private async Task<bool> ChangeAsync(NoticeDue due, Func<NoticeRecord, string, Task> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; await FindAsync(due, cancellationToken) is var (record, etag) && !record.IsFinal; attempt++)
        {
            try
            {
                await change(record, etag);
                return true;
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // it is being sent at this moment: look again
            }
        }

        return false;
    }

    private ValueTask SendAsync(NoticeDue due, DateTimeOffset at, CancellationToken cancellationToken) =>
        queues.SendAsync(Queue, JsonSerializer.SerializeToUtf8Bytes(due, NoticeJson.Default.NoticeDue), at, cancellationToken);

    private static string RowOf(string key) => Prefix + RowKeys.Escape(key);
}
