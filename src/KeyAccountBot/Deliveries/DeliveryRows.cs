using System.Runtime.CompilerServices;
using System.Text.Json;
using KeyAccountBot.Sales;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Deliveries;

/// <summary>The rows of deliveries, each in its opportunity's partition.</summary>
internal sealed class DeliveryRows(ITableStore tables)
{
    /// <summary>A delivery as it stands, and its ETag; <c>null</c> where there is none.</summary>
    public async ValueTask<(DeliveryRecord Record, string ETag)?> FindAsync(DeliveryDue due, CancellationToken cancellationToken) =>
        await tables.GetAsync(RowKeys.Opportunities, RowKeys.Partition(due.Tenant, due.Opportunity), RowKeys.Delivery(due.Key), cancellationToken) is { } row
            ? (RecordOf(row), row.ETag)
            : null;

    /// <summary>All deliveries of an opportunity, in the order of their keys.</summary>
    public async IAsyncEnumerable<DeliveryRecord> OfAsync(TenantId tenant, OpportunityId opportunity, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in tables.QueryAsync(RowKeys.Opportunities, RowKeys.Partition(tenant, opportunity), "delivery|", "delivery}", cancellationToken))
        {
            yield return RecordOf(row);
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

    /// <summary>What a row holds.</summary>
    public static DeliveryRecord RecordOf(TableRow row) => JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.DeliveryRecord)!;

    /// <summary>A delivery's message.</summary>
    public static byte[] MessageOf(DeliveryDue due) => JsonSerializer.SerializeToUtf8Bytes(due, StoredJson.Default.DeliveryDue);

    private static byte[] BytesOf(DeliveryRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, StoredJson.Default.DeliveryRecord);
}
