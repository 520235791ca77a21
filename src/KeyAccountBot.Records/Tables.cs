using System.Runtime.CompilerServices;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Records;

/// <summary>The typed tables of a store: what services use in place of the store itself.</summary>
/// <param name="store">The rows.</param>
/// <param name="reader">Sets aside the rows that cannot be read; without one they are passed over in silence.</param>
public sealed class Tables(ITableStore store, RowReader? reader = null)
{
    /// <summary>The same tables for a look in passing: rows that cannot be read are neither named nor counted.</summary>
    public Tables Silent => reader is null ? this : new Tables(store);

    /// <summary>The table of one kind of row.</summary>
    /// <param name="kind">How a row is written and read.</param>
    /// <param name="keys">Where a row lies.</param>
    /// <param name="label">The word by which a scan finds a record; none without it.</param>
    /// <param name="mends">A change writes a row anew that cannot be read; otherwise it leaves it as it is.</param>
    public Table<TKey, TRow> Of<TKey, TRow>(RowKind<TRow> kind, KeyShape<TKey> keys, Func<TRow, string?>? label = null, bool mends = false)
        where TKey : class
        where TRow : class => new(store, reader, kind, keys, label, mends);

    /// <summary>Writes some rows of one partition together: all or none.</summary>
    /// <returns>The new ETags, in the order of the writes; empty strings for deletes.</returns>
    /// <exception cref="ArgumentException">There is none, or they are not of one partition.</exception>
    /// <exception cref="StoreConflictException">Somebody wrote one of them first; nothing was written.</exception>
    public ValueTask<IReadOnlyList<string>> SubmitAsync(IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken)
    {
        return writes is [var (table, partition, _), ..] && writes.All(w => w.Table == table && w.Partition == partition)
            ? store.SubmitAsync(table, partition, [.. writes.Select(w => w.Operation)], cancellationToken)
            : throw new ArgumentException("Rows of one partition are written together, and one at least.", nameof(writes));
    }

    /// <summary>All rows of a table, of every kind, with this label; all rows where it is <c>null</c>. The table of a kind reads its own.</summary>
    public IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, CancellationToken cancellationToken) => store.ScanAsync(table, label, cancellationToken);

    /// <summary>Tries to read every row of some kinds, and answers each in turn: <c>null</c> for one that can be read.</summary>
    public async IAsyncEnumerable<SetAsideRow?> LookThroughAsync(IEnumerable<IRowKind> kinds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var ofTable in kinds.GroupBy(k => k.Table, StringComparer.Ordinal))
        {
            await foreach (var row in store.ScanAsync(ofTable.Key, null, cancellationToken))
            {
                SetAsideRow? aside = null;
                if (ofTable.FirstOrDefault(k => k.Holds(row)) is { } kind && kind.Try(row) is { Fault: { } fault, Reason: var reason })
                {
                    aside = new SetAsideRow(kind.Table, row.PartitionKey, row.RowKey, fault, reason, kind.NamesSomebody);
                    reader?.Keep(aside, row.ETag);
                }

                yield return aside;
            }
        }
    }

    /// <summary>Whether there is a row that no table reads.</summary>
    internal async ValueTask<bool> HasAsync(string table, RowPlace place, CancellationToken cancellationToken) =>
        await store.GetAsync(table, place.Partition, place.Row, cancellationToken) is not null;

    /// <summary>Writes something and reads it back; throws what stands in the way.</summary>
    public ValueTask CheckAsync(CancellationToken cancellationToken) => store.CheckAsync(cancellationToken);

    /// <summary>What time it is where the rows lie; <c>null</c> where that is this machine, or the store does not say.</summary>
    public ValueTask<DateTimeOffset?> ClockAsync(CancellationToken cancellationToken) => store.ClockAsync(cancellationToken);
}

/// <summary>One write of a batch, made by the table of its kind.</summary>
/// <param name="Table">Which table.</param>
/// <param name="Partition">Which partition.</param>
/// <param name="Operation">What is written.</param>
public sealed record RowWrite(string Table, string Partition, TableOperation Operation);
