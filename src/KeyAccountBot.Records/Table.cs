using System.Runtime.CompilerServices;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Records;

/// <summary>What reading a row came to.</summary>
/// <param name="Key">Which row.</param>
/// <param name="Record">What it holds; <c>null</c> where there is no row, or it cannot be read.</param>
/// <param name="ETag">Changes with every write; <c>null</c> where there is no row.</param>
/// <param name="Fault">Why it cannot be read; <c>null</c> where it can be, or there is none.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="Body">As stored, for what can still be read of a row that cannot.</param>
public readonly record struct RowAsRead<TKey, TRow>(TKey Key, TRow? Record, string? ETag, RowFault? Fault = null, string Reason = "", ReadOnlyMemory<byte> Body = default)
    where TKey : class
    where TRow : class
{
    /// <summary>There is a row, readable or not.</summary>
    public bool IsThere => ETag is not null;

    /// <summary>A newer version of the program wrote it: nothing may be written over it.</summary>
    public bool IsNewer => Fault == RowFault.Newer;

    /// <summary>The ETag that a write may replace; <c>null</c> where there is no row or a newer version wrote it, so that the write conflicts.</summary>
    public string? Replaceable => IsNewer ? null : ETag;
}

/// <summary>What came of a change.</summary>
/// <param name="Before">As it was read; <c>null</c> where there was no row that could be read.</param>
/// <param name="After">As it stands now; <c>null</c> where there is no row that could be read.</param>
/// <param name="IsSetAside">It cannot be read, and was left as it is.</param>
public readonly record struct RowChange<TRow>(TRow? Before, TRow? After, bool IsSetAside = false)
    where TRow : class;

/// <summary>The rows of one kind, by their keys.</summary>
public sealed class Table<TKey, TRow>
    where TKey : class
    where TRow : class
{
    private readonly ITableStore store;
    private readonly RowReader? reader;
    private readonly RowKind<TRow> kind;
    private readonly KeyShape<TKey> keys;
    private readonly Func<TRow, string?>? label;
    private readonly bool mends;

    internal Table(ITableStore store, RowReader? reader, RowKind<TRow> kind, KeyShape<TKey> keys, Func<TRow, string?>? label, bool mends)
    {
        this.store = store;
        this.reader = reader;
        this.kind = kind;
        this.keys = keys;
        this.label = label;
        this.mends = mends;
    }

    /// <summary>Reads one row.</summary>
    public async ValueTask<RowAsRead<TKey, TRow>> FindAsync(TKey key, CancellationToken cancellationToken)
    {
        var place = keys.PlaceOf(key);
        return await store.GetAsync(kind.Table, place.Partition, place.Row, cancellationToken) is { } row
            ? Read(key, row)
            : new RowAsRead<TKey, TRow>(key, null, null);
    }

    /// <summary>Whether there is a row, readable or not.</summary>
    public async ValueTask<bool> HasAsync(TKey key, CancellationToken cancellationToken)
    {
        var place = keys.PlaceOf(key);
        return await store.GetAsync(kind.Table, place.Partition, place.Row, cancellationToken) is not null;
    }

    /// <summary>Reads some rows of a partition in the order of their keys; those of other kinds are passed over.</summary>
    public IAsyncEnumerable<RowAsRead<TKey, TRow>> QueryAsync(RowRange range, CancellationToken cancellationToken) =>
        OursAsync(store.QueryAsync(kind.Table, range.Partition, range.From, range.To, cancellationToken), cancellationToken);

    /// <summary>Reads the rows of every partition with this label, in no order; all rows where it is <c>null</c>. Those of other kinds are passed over.</summary>
    /// <param name="withLabel">Which label.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <param name="only">Which keys; all without it. The others cost no reading.</param>
    public IAsyncEnumerable<RowAsRead<TKey, TRow>> ScanAsync(string? withLabel, CancellationToken cancellationToken, Func<TKey, bool>? only = null) =>
        OursAsync(store.ScanAsync(kind.Table, withLabel, cancellationToken), cancellationToken, only);

    /// <summary>A row of a scan through all kinds; <c>null</c> where it is of another kind.</summary>
    public RowAsRead<TKey, TRow>? Read(TableRow row) => KeyOf(row) is { } key ? Read(key, row) : null;

    /// <summary>Adds a row, or replaces the one with this ETag; answers the new ETag.</summary>
    /// <exception cref="StoreConflictException">Somebody wrote first.</exception>
    public ValueTask<string> WriteAsync(TKey key, TRow record, string? etag, CancellationToken cancellationToken) => SubmitAsync(Writing(key, record, etag), cancellationToken);

    /// <summary>Adds a row; <c>false</c> where there is one already, which stays as it is.</summary>
    public async ValueTask<bool> AddAsync(TKey key, TRow record, CancellationToken cancellationToken)
    {
        try
        {
            await SubmitAsync(Writing(key, record, null), cancellationToken);
            return true;
        }
        catch (StoreConflictException)
        {
            return false;
        }
    }

    /// <summary>Adds or replaces a row, whatever is there; answers the new ETag.</summary>
    public ValueTask<string> PutAsync(TKey key, TRow record, CancellationToken cancellationToken) => SubmitAsync(Putting(key, record), cancellationToken);

    /// <summary>Deletes a row, whatever it holds.</summary>
    public async ValueTask DeleteAsync(TKey key, CancellationToken cancellationToken) => await SubmitAsync(Deleting(key), cancellationToken);

    /// <summary>Deletes the row with this ETag; <c>false</c> where it was written since, and stays.</summary>
    public async ValueTask<bool> DeleteAsync(TKey key, string etag, CancellationToken cancellationToken)
    {
        try
        {
            await SubmitAsync(Deleting(key, etag), cancellationToken);
            return true;
        }
        catch (StoreConflictException)
        {
            return false;
        }
    }

    /// <summary>Changes a row as it stands, also where others write it at the same time.</summary>
    /// <param name="key">Which row.</param>
    /// <param name="change">
    /// What becomes of a record; pure, since it may be asked several times. It gets <c>null</c> where there is no record, and answers
    /// <c>null</c> where there shall be none. The same record again writes nothing.
    /// </param>
    /// <param name="cancellationToken">Stops before the write.</param>
    /// <exception cref="StoreConflictException">Others wrote first at every try.</exception>
    public ValueTask<RowChange<TRow>> ChangeAsync(TKey key, Func<TRow?, TRow?> change, CancellationToken cancellationToken) => OptimisticLoop.RunAsync(async _ =>
    {
        var row = await FindAsync(key, cancellationToken);
        if (row.IsNewer || (row.Fault is not null && !mends))
        {
            return new RowChange<TRow>(null, null, IsSetAside: true);
        }

        var after = change(row.Record);
        if (!Equals(after, row.Record))
        {
            await SubmitAsync(after is null ? Deleting(key, row.ETag) : Writing(key, after, row.ETag), cancellationToken);
        }

        return new RowChange<TRow>(row.Record, after);
    });

    /// <summary>For a batch: adds a row, or replaces the one with this ETag.</summary>
    public RowWrite Writing(TKey key, TRow record, string? etag)
    {
        var (row, body) = (keys.PlaceOf(key).Row, kind.BytesOf(record));
        return Of(key, etag is null ? new TableOperation.Add(row, body, LabelOf(record)) : new TableOperation.Replace(row, body, etag, LabelOf(record)));
    }

    /// <summary>For a batch: adds or replaces a row, whatever is there.</summary>
    public RowWrite Putting(TKey key, TRow record) => Of(key, new TableOperation.Put(keys.PlaceOf(key).Row, kind.BytesOf(record), LabelOf(record)));

    /// <summary>For a batch: deletes a row; with an ETag only the one that has it.</summary>
    public RowWrite Deleting(TKey key, string? etag = null) => Of(key, new TableOperation.Delete(keys.PlaceOf(key).Row, etag));

    private RowWrite Of(TKey key, TableOperation operation) => new(kind.Table, keys.PlaceOf(key).Partition, operation);

    private string? LabelOf(TRow record) => label?.Invoke(record);

    private async ValueTask<string> SubmitAsync(RowWrite write, CancellationToken cancellationToken) =>
        (await store.SubmitAsync(write.Table, write.Partition, [write.Operation], cancellationToken))[0];

    private async IAsyncEnumerable<RowAsRead<TKey, TRow>> OursAsync(
        IAsyncEnumerable<TableRow> rows, [EnumeratorCancellation] CancellationToken cancellationToken, Func<TKey, bool>? only = null)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (KeyOf(row) is { } key && only?.Invoke(key) != false)
            {
                yield return Read(key, row);
            }
        }
    }

    private TKey? KeyOf(TableRow row) => kind.Holds(row) ? keys.KeyOf(new RowPlace(row.PartitionKey, row.RowKey)) : null;

    private RowAsRead<TKey, TRow> Read(TKey key, TableRow row)
    {
        var reading = reader is null ? kind.Read(row) : reader.Read(kind, row);
        return new RowAsRead<TKey, TRow>(key, reading.Record, row.ETag, reading.Fault, reading.Reason, row.Body);
    }
}
