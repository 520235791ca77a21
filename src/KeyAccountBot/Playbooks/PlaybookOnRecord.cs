using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Playbooks;

/// <summary>Holds a playbook against every opportunity on record that is open or on hold, one after another: memory does not grow with the record.</summary>
internal sealed class PlaybookOnRecord(ITableStore tables)
{
    private const int AtOnce = 32;

    /// <summary>Reads the whole record once.</summary>
    /// <param name="playbook">The one that is held against it; its rules were checked before.</param>
    /// <param name="tenant">Whose record; <c>null</c> for everybody's in this store.</param>
    /// <param name="also">Told of each opportunity as it is on record, several at once.</param>
    /// <param name="cancellationToken">Stops between two opportunities.</param>
    public async Task<PlaybookLook> LookAsync(Playbook playbook, TenantId? tenant, Action<Opportunity>? also, CancellationToken cancellationToken)
    {
        var tally = new PlaybookTally(playbook);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(tables.ScanAsync(RowKeys.Index, null, cancellationToken), options, async (line, stop) =>
        {
            if (await ReadAsync(line, tenant, stop) is { } opportunity)
            {
                tally.Add(opportunity);
                also?.Invoke(opportunity);
            }
        });
        return tally.Look;
    }

    private async ValueTask<Opportunity?> ReadAsync(TableRow line, TenantId? only, CancellationToken cancellationToken)
    {
        // TENANT|owner|PERSON; the other lines of the index are of no concern
        if (line.PartitionKey.Split('|') is not [var tenantKey, "owner", var ownerKey]
            || new TenantId(RowKeys.Unescape(tenantKey)) is var tenant && only is not null && tenant != only)
        {
            return null;
        }

        // a row that cannot be read is named by those who look after rows: here it keeps nobody from starting
        var id = new OpportunityId(RowKeys.Unescape(line.RowKey));
        if ((RowKinds.Line.Read(line).Record is { } listed && !IsAlive(listed.Status))
            || await tables.GetAsync(RowKeys.Opportunities, RowKeys.Partition(tenant, id), RowKeys.Snapshot, cancellationToken) is not { } row
            || RowKinds.Opportunity.Read(row).Record is not { Opportunity: { } opportunity })
        {
            return null;
        }

        // as it was written, apart from the ledger that reads it in today's ids; listed twice for a moment, it counts with its owner
        return IsAlive(opportunity.Facts.Status) && RowKeys.Escape(opportunity.Facts.Owner.Value) == ownerKey ? opportunity : null;
    }

    private static bool IsAlive(OpportunityStatus status) => status is OpportunityStatus.Open or OpportunityStatus.OnHold;
}
