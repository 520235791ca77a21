using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Records;

/// <content>Reading an opportunity, also where its snapshot cannot be read.</content>
public sealed partial class OpportunityLedger
{
    /// <summary>An opportunity as it stands; <c>null</c> where there is none, or its record cannot be read.</summary>
    public async ValueTask<StoredOpportunity?> FindAsync(TenantId tenant, OpportunityId id, CancellationToken cancellationToken) =>
        (await LookAsync(tenant, id, cancellationToken)).Stored;

    /// <summary>An opportunity as it stands, or <c>null</c>: for whoever asks about just this one, and has to hear why they get no answer.</summary>
    /// <exception cref="RecordSetAsideException">It is on record, and cannot be read.</exception>
    public async ValueTask<StoredOpportunity?> ReadAsync(TenantId tenant, OpportunityId id, CancellationToken cancellationToken)
    {
        var (stored, isThere) = await LookAsync(tenant, id, cancellationToken);
        return stored is null && isThere ? throw new RecordSetAsideException($"The record of the opportunity '{id}' cannot be read.") : stored;
    }

    /// <summary>Whether an opportunity is on record and cannot be read.</summary>
    public async ValueTask<bool> IsSetAsideAsync(TenantId tenant, OpportunityId id, CancellationToken cancellationToken) =>
        await LookAsync(tenant, id, cancellationToken) is (null, true);

    private async ValueTask<(StoredOpportunity? Stored, bool IsThere)> LookAsync(TenantId tenant, OpportunityId id, CancellationToken cancellationToken)
    {
        if (await tables.GetAsync(RowKeys.Opportunities, RowKeys.Partition(tenant, id), RowKeys.Snapshot, cancellationToken) is not { } row)
        {
            return (null, false);
        }

        var reading = rows.Read(RowKinds.Opportunity, row);
        if (reading.Record is { } snapshot)
        {
            return (Remember(tenant, new StoredOpportunity(playbook.Former.Now(snapshot.Opportunity), snapshot.WakeUpAt, row.ETag)), true);
        }

        // the next commit replaces the snapshot, guarded by its ETag as always; no wake-up is known, so that commit arms one
        return await FoldAsync(tenant, id, row, cancellationToken) is { } folded
            ? (Remember(tenant, new StoredOpportunity(folded, null, row.ETag, IsFolded: true, reading.IsNewer)), true)
            : (null, true);
    }

    // all of them or nothing: an opportunity without one of its entries is another one
    private async ValueTask<Opportunity?> FoldAsync(TenantId tenant, OpportunityId id, TableRow snapshot, CancellationToken cancellationToken)
    {
        List<OpportunityEntry> entries = [];
        await foreach (var row in RecordRows.EntriesAsync(tables, RowKeys.Opportunities, snapshot.PartitionKey, cancellationToken))
        {
            if (rows.Read(RowKinds.OpportunityEntry, row).Record is not { } entry)
            {
                return null;
            }

            entries.Add(playbook.Former.Now(entry));
        }

        return RecordRows.AreWhole(entries.Select(e => e.Number)) && RecordRows.Folded(() => OpportunityDecider.Fold(id, null, entries)) is { } folded
            ? folded
            : null;
    }

    // a line that cannot be read is made anew from the record; the reconciliation writes it
    private async ValueTask<OpportunityListing?> LineOfAsync(TenantId tenant, TableRow row, CancellationToken cancellationToken)
    {
        if (rows.Read(RowKinds.Line, row).Record is { } line)
        {
            return line.Now(playbook);
        }

        var stored = await FindAsync(tenant, new OpportunityId(RowKeys.Unescape(row.RowKey)), cancellationToken);
        return stored is not null && RowKeys.Owner(tenant, stored.Opportunity.Facts.Owner) == row.PartitionKey
            ? OpportunityListing.Of(stored.Opportunity, playbook)
            : null;
    }
}

/// <summary>A record is there and cannot be read: it is left as it is until somebody mends it.</summary>
public sealed class RecordSetAsideException : Exception
{
    /// <summary>With no further word.</summary>
    public RecordSetAsideException() { }

    /// <summary>Which record.</summary>
    public RecordSetAsideException(string message) : base(message) { }

    /// <summary>With what stands behind it.</summary>
    public RecordSetAsideException(string message, Exception inner) : base(message, inner) { }
}
