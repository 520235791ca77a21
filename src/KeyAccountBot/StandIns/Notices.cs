using System.Text.Json;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Storage;

namespace KeyAccountBot.StandIns;

/// <summary>The notices of people, a row each in their mailbox; their messages wait on a queue of their own.</summary>
internal sealed class Notices(Tables tables, IDelayedQueue queues, TimeProvider clock)
{
    /// <summary>The queue of notices.</summary>
    public const string Queue = "notices";

    /// <summary>The label of rows that are not final.</summary>
    public const string Unsent = "unsent-notice";

    /// <summary>What the keys of their rows begin with.</summary>
    public const string Prefix = "notice|";

    /// <summary>Where a notice lies: in its reader's mailbox.</summary>
    public static KeyShape<NoticeDue> Keys { get; } = new(
        k => new RowPlace(RowKeys.Mailbox(k.Tenant, k.Person), Prefix + RowKeys.Escape(k.Key)),
        p => p.Row.StartsWith(Prefix, StringComparison.Ordinal) && p.Partition.Split('|') is [var tenant, var person]
            ? new NoticeDue(new TenantId(RowKeys.Unescape(tenant)), new PersonId(RowKeys.Unescape(person)), RowKeys.Unescape(p.Row[Prefix.Length..]))
            : null);

    private readonly Table<NoticeDue, NoticeRecord> rows = tables.Of(StandInRowKinds.Notice, Keys, n => n.IsFinal ? null : Unsent);

    /// <summary>Puts a notice on its queue and on record; one that is there already stays as it is.</summary>
    public async Task PutAsync(TenantId tenant, string key, Notice notice, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        // before the row: a message without a row does nothing, a row without a message would wait until it is looked for
        await SendAsync(new NoticeDue(tenant, notice.To, key), notBefore, cancellationToken);
        await rows.AddAsync(new NoticeDue(tenant, notice.To, key), new NoticeRecord(notice, notBefore), cancellationToken);
    }

    /// <summary>Has a notice sent at once that waits for later.</summary>
    public async Task BringForwardAsync(NoticeDue due, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await ChangeAsync(due, record => record with { NotBefore = now }, cancellationToken))
        {
            await SendAsync(due, now, cancellationToken);
        }
    }

    /// <summary>Takes a notice away that is not final yet; it may be put there again.</summary>
    /// <returns>Whether it was there and not final.</returns>
    public Task<bool> TakeAwayAsync(NoticeDue due, CancellationToken cancellationToken) => ChangeAsync(due, _ => null, cancellationToken);

    /// <summary>A notice as it stands, and its ETag; <c>null</c> where there is none that can be read.</summary>
    public async ValueTask<(NoticeRecord Record, string ETag)?> FindAsync(NoticeDue due, CancellationToken cancellationToken) =>
        await rows.FindAsync(due, cancellationToken) is { Record: { } record, ETag: { } etag } ? (record, etag) : null;

    /// <summary>Writes a notice if nobody wrote it since; answers the new ETag.</summary>
    /// <exception cref="StoreConflictException">Somebody wrote first.</exception>
    public ValueTask<string> WriteAsync(NoticeDue due, NoticeRecord record, string? etag, CancellationToken cancellationToken) =>
        rows.WriteAsync(due, record, etag, cancellationToken);

    /// <summary>Puts the messages of notices on the queue again that should have gone out so long ago; twice does no harm.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ResendAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var resent = 0;
        await foreach (var row in rows.ScanAsync(Unsent, cancellationToken))
        {
            if (row.Record is { } record && record.NotBefore + patience < clock.GetUtcNow())
            {
                await SendAsync(row.Key, clock.GetUtcNow(), cancellationToken);
                resent++;
            }
        }

        return resent;
    }

    // one that is final stays as it is
    private async Task<bool> ChangeAsync(NoticeDue due, Func<NoticeRecord, NoticeRecord?> change, CancellationToken cancellationToken) =>
        await rows.ChangeAsync(due, record => record is { IsFinal: false } ? change(record) : record, cancellationToken) is { Before.IsFinal: false };

    private ValueTask SendAsync(NoticeDue due, DateTimeOffset at, CancellationToken cancellationToken) =>
        queues.SendAsync(Queue, JsonSerializer.SerializeToUtf8Bytes(due, NoticeJson.Default.NoticeDue), at, cancellationToken);
}
