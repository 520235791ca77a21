using System.Runtime.CompilerServices;
using System.Text.Json;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>The rows of deliveries, each in its opportunity's partition.</summary>
internal sealed class DeliveryRows(ITableStore tables, RowReader? reader = null)
{
    private readonly RowReader reader = reader ?? new RowReader();

    /// <summary>A delivery as it stands, and its ETag; <c>null</c> where there is none, or its row cannot be read.</summary>
    public async ValueTask<(DeliveryRecord Record, string ETag)?> FindAsync(DeliveryDue due, CancellationToken cancellationToken) =>
        await tables.GetAsync(RowKeys.Opportunities, RowKeys.Partition(due.Tenant, due.Opportunity), RowKeys.Delivery(due.Key), cancellationToken) is { } row
        && RecordOf(row) is { } record
            ? (record, row.ETag)
            : null;

    /// <summary>All deliveries of an opportunity that can be read, in the order of their keys.</summary>
    public async IAsyncEnumerable<DeliveryRecord> OfAsync(TenantId tenant, OpportunityId opportunity, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in tables.QueryAsync(RowKeys.Opportunities, RowKeys.Partition(tenant, opportunity), "delivery|", "delivery}", cancellationToken))
        {
            if (RecordOf(row) is { } record)
            {
                yield return record;
            }
        }
    }

    /// <summary>Writes a delivery if nobody wrote it since; answers the new ETag.</summary>
    /// <exception cref="StoreConflictException">Somebody wrote first.</exception>
    public async ValueTask<string> WriteAsync(DeliveryDue due, DeliveryRecord record, string etag, CancellationToken cancellationToken)
    {
        var etags = await tables.SubmitAsync(
            RowKeys.Opportunities, RowKeys.Partition(due.Tenant, due.Opportunity),
            [new TableOperation.Replace(RowKeys.Delivery(due.Key), BytesOf(record), etag, record.Label)], cancellationToken);
        return etags[0];
    }

    /// <summary>Puts a new delivery on record; one that is there already stays as it is.</summary>
    public async ValueTask AddAsync(DeliveryDue due, DeliveryRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await tables.SubmitAsync(
                RowKeys.Opportunities, RowKeys.Partition(due.Tenant, due.Opportunity),
                [new TableOperation.Add(RowKeys.Delivery(due.Key), BytesOf(record), record.Label)], cancellationToken);
        }
        catch (StoreConflictException)
        {
            // it is on record
        }
    }

    /// <summary>All deliveries still to be sent, of every opportunity, in no order.</summary>
    public IAsyncEnumerable<TableRow> UnsentAsync(CancellationToken cancellationToken) =>
        tables.ScanAsync(RowKeys.Opportunities, DeliveryRecord.Unsent, cancellationToken);

    /// <summary>What a row holds; <c>null</c> where it cannot be read.</summary>
    public DeliveryRecord? RecordOf(TableRow row) => reader.Read(RowKinds.Delivery, row).Record;

    /// <summary>A delivery's message.</summary>
    public static byte[] MessageOf(DeliveryDue due) => JsonSerializer.SerializeToUtf8Bytes(due, StoredJson.Default.DeliveryDue);

    private static byte[] BytesOf(DeliveryRecord record) => RowKinds.Delivery.BytesOf(record);
}
