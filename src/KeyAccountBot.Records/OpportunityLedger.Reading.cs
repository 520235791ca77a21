using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Records;

/// <content>Reading an opportunity, also where its snapshot cannot be read.</content>
public sealed partial class OpportunityLedger
{
    /// <summary>An opportunity as it stands; <c>null</c> where there is none, or its record cannot be read.</summary>
    public async ValueTask<StoredOpportunity?> FindAsync(TenantId tenant, OpportunityId id, CancellationToken cancellationToken) =>
        (await LookAsync(tenant, id, cancellationToken)).Stored;

    /// <summary>An opportunity as it stands, or <c>null</c>: for who asks about just this one, and has to hear why they get no answer.</summary>
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
        var row = await snapshots.FindAsync(new OpportunityKey(tenant, id), cancellationToken);
        if (row.ETag is not { } etag)
        {
            return (null, false);
        }

        if (row.Record is { } snapshot)
        {
            return (Remember(tenant, new StoredOpportunity(playbook.Former.Now(snapshot.Opportunity), snapshot.WakeUpAt, etag)), true);
        }

        // the next commit replaces the snapshot, guarded by its ETag as always; no wake-up is known, so that commit arms one
        return await FoldAsync(row.Key, cancellationToken) is { } folded
            ? (Remember(tenant, new StoredOpportunity(folded, null, etag, IsFolded: true, row.IsNewer)), true)
            : (null, true);
    }

    // all of them or nothing: an opportunity without one of its entries is another one
    private async ValueTask<Opportunity?> FoldAsync(OpportunityKey key, CancellationToken cancellationToken)
    {
        List<OpportunityEntry> entries = [];
        await foreach (var row in entryRows.QueryAsync(RecordKeys.EntriesOf(key), cancellationToken))
        {
            if (row.Record is not { } entry)
            {
                return null;
            }

            entries.Add(playbook.Former.Now(entry));
        }

        return RecordRows.AreWhole(entries.Select(e => e.Number)) && RecordRows.Folded(() => OpportunityDecider.Fold(key.Id, null, entries)) is { } folded
            ? folded
            : null;
    }

    // a line that cannot be read is made anew from the record; the reconciliation writes it
    private async ValueTask<OpportunityListing?> LineOfAsync(TenantId tenant, RowAsRead<LineKey, OpportunityListing> row, CancellationToken cancellationToken)
    {
        if (row.Record is { } line)
        {
            return line.Now(playbook);
        }

        var stored = await FindAsync(tenant, row.Key.Id, cancellationToken);
        return stored is not null && stored.Opportunity.Facts.Owner == row.Key.Owner
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
