using System.Security.Cryptography;
using System.Text;
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
/// <param name="rows">Reads the rows; one of its own where none is given.</param>
public sealed class ActsInName(ITableStore tables, RowReader? rows = null)
{
    internal const string Prefix = "act|";
    private const int AtOnce = 100;
    private readonly RowReader rows = rows ?? new RowReader();

    /// <summary>Notes what a command is about to record, where that is in somebody's name; the same again changes nothing.</summary>
    public async ValueTask NoteAsync(TenantId tenant, OpportunityId id, IReadOnlyList<OpportunityEntry> entries, CancellationToken cancellationToken)
    {
        if (entries is [{ For: { } absent, By: { } by } first, ..])
        {
            var act = new ActInName(id, first.Command, by, first.At, Deeds.Of(entries));
            TableOperation put = new TableOperation.Put(KeyOf(act), RowKinds.ActInName.BytesOf(act));
            await tables.SubmitAsync(RowKeys.Mailboxes, RowKeys.Mailbox(tenant, absent), [put], cancellationToken);
        }
    }

    /// <summary>What was done in a person's name during their last absence, in no order; notes without an act among it.</summary>
    public async ValueTask<IReadOnlyList<ActInName>> ListAsync(TenantId tenant, PersonId absent, CancellationToken cancellationToken)
    {
        List<ActInName> acts = [];
        await foreach (var row in RowsAsync(tenant, absent, cancellationToken))
        {
            if (rows.Read(RowKinds.ActInName, row).Record is { } act)
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
        List<TableOperation> deletes = [];
        await foreach (var row in RowsAsync(tenant, absent, cancellationToken))
        {
            deletes.Add(new TableOperation.Delete(row.RowKey, row.ETag));
        }

        foreach (var some in deletes.Chunk(AtOnce))
        {
            try
            {
                await tables.SubmitAsync(RowKeys.Mailboxes, RowKeys.Mailbox(tenant, absent), some, cancellationToken);
            }
            catch (StoreConflictException)
            {
                // somebody else clears them at this moment
            }
        }
    }

    private IAsyncEnumerable<TableRow> RowsAsync(TenantId tenant, PersonId absent, CancellationToken cancellationToken) =>
        tables.QueryAsync(RowKeys.Mailboxes, RowKeys.Mailbox(tenant, absent), Prefix, "act}", cancellationToken);

    // a command's id may be long, and a repeated one is the same act
    private static string KeyOf(ActInName act) =>
        Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{act.Opportunity}|{act.Command}")))[..32];
}
