using System.Runtime.CompilerServices;
using System.Text.Json;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>The rows of deliveries, each in its opportunity's partition.</summary>
internal sealed class DeliveryRows(Tables tables)
{
    private readonly Table<DeliveryDue, DeliveryRecord> rows = tables.Of(RowKinds.Delivery, RecordKeys.Delivery, r => r.Label);

    /// <summary>A delivery as it stands, and its ETag; <c>null</c> where there is none, or its row cannot be read.</summary>
    public async ValueTask<(DeliveryRecord Record, string ETag)?> FindAsync(DeliveryDue due, CancellationToken cancellationToken) =>
        await rows.FindAsync(due, cancellationToken) is { Record: { } record, ETag: { } etag } ? (record, etag) : null;

    /// <summary>All deliveries of an opportunity that can be read, in the order of their keys.</summary>
    public async IAsyncEnumerable<DeliveryRecord> OfAsync(TenantId tenant, OpportunityId opportunity, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in rows.QueryAsync(RecordKeys.DeliveriesOf(tenant, opportunity), cancellationToken))
        {
            if (row.Record is { } record)
            {
                yield return record;
            }
        }
    }

    /// <summary>Writes a delivery if nobody wrote it since; answers the new ETag.</summary>
    /// <exception cref="StoreConflictException">Somebody wrote first.</exception>
    public ValueTask<string> WriteAsync(DeliveryDue due, DeliveryRecord record, string etag, CancellationToken cancellationToken) =>
        rows.WriteAsync(due, record, etag, cancellationToken);

    /// <summary>Changes a delivery as it stands, where its row can be read.</summary>
    /// <exception cref="StoreConflictException">Others wrote first at every try.</exception>
    public ValueTask<RowChange<DeliveryRecord>> ChangeAsync(DeliveryDue due, Func<DeliveryRecord, DeliveryRecord> change, CancellationToken cancellationToken) =>
        rows.ChangeAsync(due, record => record is null ? null : change(record), cancellationToken);

    /// <summary>Puts a new delivery on record; one that is there already stays as it is.</summary>
    public async ValueTask AddAsync(DeliveryDue due, DeliveryRecord record, CancellationToken cancellationToken) => await rows.AddAsync(due, record, cancellationToken);

    /// <summary>All deliveries still to be sent, of every opportunity, in no order.</summary>
    public IAsyncEnumerable<RowAsRead<DeliveryDue, DeliveryRecord>> UnsentAsync(CancellationToken cancellationToken) => rows.ScanAsync(DeliveryRecord.Unsent, cancellationToken);

    /// <summary>A delivery's message.</summary>
    public static byte[] MessageOf(DeliveryDue due) => JsonSerializer.SerializeToUtf8Bytes(due, StoredJson.Default.DeliveryDue);
}
