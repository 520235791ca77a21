using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Records;

/// <summary>Something that was done in the name of somebody who was away.</summary>
/// <param name="Opportunity">To which.</param>
/// <param name="Command">By which command; it counts once that is on record.</param>
/// <param name="By">Who stood in.</param>
/// <param name="At">UTC.</param>
/// <param name="Deed">What it amounts to.</param>
public sealed record ActInName(OpportunityId Opportunity, CommandId Command, PersonId By, DateTimeOffset At, Deed Deed);

/// <summary>
/// What was done in a person's name while they were away, to be told when they are back: a row an act in their mailbox. Noted before the
/// act is on record: a note without an act is passed over, an act without a note would be missed.
/// </summary>
/// <param name="tables">The rows.</param>
public sealed class ActsInName(Tables tables)
{
    internal const string Prefix = "act|";
    private const int AtOnce = 100;
    private readonly Table<ActKey, ActInName> rows = tables.Of(RowKinds.ActInName, RecordKeys.Act);

    /// <summary>Notes what a command is about to record, where that is in somebody's name; the same again changes nothing.</summary>
    public async ValueTask NoteAsync(TenantId tenant, OpportunityId id, IReadOnlyList<OpportunityEntry> entries, CancellationToken cancellationToken)
    {
        if (entries is [{ For: { } absent, By: { } by } first, ..])
        {
            var act = new ActInName(id, first.Command, by, first.At, Deeds.Of(entries));
            await rows.PutAsync(ActKey.Of(tenant, absent, act), act, cancellationToken);
        }
    }

    /// <summary>What was done in a person's name during their last absence, in no order; notes without an act among it.</summary>
    public async ValueTask<IReadOnlyList<ActInName>> ListAsync(TenantId tenant, PersonId absent, CancellationToken cancellationToken)
    {
        List<ActInName> acts = [];
        await foreach (var row in rows.QueryAsync(RecordKeys.ActsOf(tenant, absent), cancellationToken))
        {
            if (row.Record is { } act)
            {
                acts.Add(act);
            }
        }

        return acts;
    }

    /// <summary>Whether an act is on record.</summary>
    public ValueTask<bool> WasDoneAsync(TenantId tenant, ActInName act, CancellationToken cancellationToken) =>
        RecordRows.IsRecordedAsync(tables, RowKeys.Opportunities, RowKeys.Partition(tenant, act.Opportunity), act.Command, cancellationToken);

    /// <summary>Forgets the acts of an earlier absence, as the next begins.</summary>
    public async ValueTask ClearAsync(TenantId tenant, PersonId absent, CancellationToken cancellationToken)
    {
        List<RowWrite> deletes = [];
        await foreach (var row in rows.QueryAsync(RecordKeys.ActsOf(tenant, absent), cancellationToken))
        {
            deletes.Add(rows.Deleting(row.Key, row.ETag));
        }

        foreach (var some in deletes.Chunk(AtOnce))
        {
            try
            {
                await tables.SubmitAsync(some, cancellationToken);
            }
            catch (StoreConflictException)
            {
                // somebody else clears them at this moment
            }
        }
    }
}
