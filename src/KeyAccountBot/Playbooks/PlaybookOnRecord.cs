using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Playbooks;

/// <summary>Holds a playbook against every opportunity on record that is open or on hold, one after another: memory does not grow with the record.</summary>
internal sealed class PlaybookOnRecord(Tables tables)
{
    private const int AtOnce = 32;

    // a row that cannot be read is named by those who look after rows: here it keeps nobody from starting
    private readonly Table<LineKey, OpportunityListing> lines = tables.Silent.Of(RowKinds.Line, RecordKeys.Line);
    private readonly Table<OpportunityKey, OpportunitySnapshot> opportunities = tables.Silent.Of(RowKinds.Opportunity, RecordKeys.Opportunity);

    /// <summary>Reads the whole record once.</summary>
    /// <param name="playbook">The one that is held against it; its rules were checked before.</param>
    /// <param name="tenant">Whose record; <c>null</c> for everybody's in this store.</param>
    /// <param name="also">Told of each opportunity as it is on record, several at once.</param>
    /// <param name="cancellationToken">Stops between two opportunities.</param>
    public async Task<PlaybookLook> LookAsync(Playbook playbook, TenantId? tenant, Action<Opportunity>? also, CancellationToken cancellationToken)
    {
        var tally = new PlaybookTally(playbook);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(lines.ScanAsync(null, cancellationToken, k => tenant is null || k.Tenant == tenant), options, async (line, stop) =>
        {
            if (await ReadAsync(line, stop) is { } opportunity)
            {
                tally.Add(opportunity);
                also?.Invoke(opportunity);
            }
        });
        return tally.Look;
    }

    private async ValueTask<Opportunity?> ReadAsync(RowAsRead<LineKey, OpportunityListing> line, CancellationToken cancellationToken)
    {
        var (tenant, owner, id) = line.Key;
        if ((line.Record is { } listed && !IsAlive(listed.Status))
            || (await opportunities.FindAsync(new OpportunityKey(tenant, id), cancellationToken)).Record is not { Opportunity: { } opportunity })
        {
            return null;
        }

        // as it was written, apart from the ledger that reads it in today's ids; listed twice for a moment, it counts with its owner
        return IsAlive(opportunity.Facts.Status) && opportunity.Facts.Owner == owner ? opportunity : null;
    }

    private static bool IsAlive(OpportunityStatus status) => status is OpportunityStatus.Open or OpportunityStatus.OnHold;
}
