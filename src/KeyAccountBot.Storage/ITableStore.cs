namespace KeyAccountBot.Storage;

/// <summary>Rows by table, partition key and row key, as Azure Tables keeps them; the same promises from every engine.</summary>
/// <remarks>
/// Row keys are ordered ordinally. Keys that Azure Tables would refuse are refused by every engine
/// (<see cref="ArgumentException"/>). A write that returned is on disk.
/// </remarks>
public interface ITableStore
{
    /// <summary>Reads one row; <c>null</c> where there is none.</summary>
    ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken);

    /// <summary>Reads a partition's rows with <paramref name="fromRowKey"/> ≤ row key &lt; <paramref name="toRowKey"/>, in key order.</summary>
    IAsyncEnumerable<TableRow> QueryAsync(string table, string partitionKey, string fromRowKey, string toRowKey, CancellationToken cancellationToken);

    /// <summary>Reads all rows of a table, of every partition, with this label; all rows where it is <c>null</c>.</summary>
    IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, CancellationToken cancellationToken);

    /// <summary>Writes all operations or none.</summary>
    /// <returns>The new ETags, in the operations' order; empty strings for deletes.</returns>
    /// <exception cref="StoreConflictException">A row to add exists, or an ETag no longer matches; nothing was written.</exception>
    /// <exception cref="StoreLimitException">A row or the batch exceeds the limits; nothing was written.</exception>
    /// <exception cref="StoreFullException">The disk is full; nothing was written.</exception>
    ValueTask<IReadOnlyList<string>> SubmitAsync(string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken);

    /// <summary>Writes something and reads it back; throws what stands in the way.</summary>
    ValueTask CheckAsync(CancellationToken cancellationToken);

    /// <summary>What time it is where the rows lie; <c>null</c> where that is this machine, or the engine does not say.</summary>
    ValueTask<DateTimeOffset?> ClockAsync(CancellationToken cancellationToken) => ValueTask.FromResult<DateTimeOffset?>(null);
}

/// <summary>A row read from a table.</summary>
/// <param name="PartitionKey">Rows of one partition can be written together.</param>
/// <param name="RowKey">Unique within the partition.</param>
/// <param name="Body">The row's document, UTF-8 JSON.</param>
/// <param name="Label">A word that <see cref="ITableStore.ScanAsync"/> finds the row by.</param>
/// <param name="ETag">Changes with every write; opaque.</param>
public sealed record TableRow(string PartitionKey, string RowKey, ReadOnlyMemory<byte> Body, string? Label, string ETag);

/// <summary>One write in a batch.</summary>
/// <param name="RowKey">Which row.</param>
public abstract record TableOperation(string RowKey)
{
    /// <summary>Adds a row; a conflict where it exists.</summary>
    public sealed record Add(string RowKey, ReadOnlyMemory<byte> Body, string? Label = null) : TableOperation(RowKey);

    /// <summary>Replaces a row whose ETag is still this one; a conflict otherwise.</summary>
    public sealed record Replace(string RowKey, ReadOnlyMemory<byte> Body, string ETag, string? Label = null) : TableOperation(RowKey);

    /// <summary>Adds or replaces, whatever is there.</summary>
    public sealed record Put(string RowKey, ReadOnlyMemory<byte> Body, string? Label = null) : TableOperation(RowKey);

    /// <summary>Deletes a row; no conflict where it is gone already. With an ETag, a conflict where it changed.</summary>
    public sealed record Delete(string RowKey, string? ETag = null) : TableOperation(RowKey);
}

/// <summary>Somebody else wrote first: read again and decide again.</summary>
public sealed class StoreConflictException : Exception
{
    /// <summary>A conflict with no further word.</summary>
    public StoreConflictException() { }

    /// <summary>A conflict at the row that the message names.</summary>
    public StoreConflictException(string message) : base(message) { }

    /// <summary>A conflict with the engine's own error behind it.</summary>
    public StoreConflictException(string message, Exception inner) : base(message, inner) { }

    /// <summary>The same change was tried as often as any is: trying once more is not the answer.</summary>
    public bool GaveUp { get; init; }
}

/// <summary>A row or batch is larger than the limits that hold for every engine.</summary>
public sealed class StoreLimitException : Exception
{
    /// <summary>A limit with no further word.</summary>
    public StoreLimitException() { }

    /// <summary>The limit and what exceeded it.</summary>
    public StoreLimitException(string message) : base(message) { }

    /// <summary>A limit with the engine's own error behind it.</summary>
    public StoreLimitException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>There is no room: nothing was written, and what is on record stays readable. The same write succeeds once there is room.</summary>
public sealed class StoreFullException : Exception
{
    /// <summary>No room, with no further word.</summary>
    public StoreFullException() { }

    /// <summary>Where there is no room, and what to do.</summary>
    public StoreFullException(string message) : base(message) { }

    /// <summary>No room, with the engine's own error behind it.</summary>
    public StoreFullException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>The store cannot be used as it is: it is missing, no store, may only be read, or is not the one that was opened. Nothing was written.</summary>
public sealed class StoreUnusableException : Exception
{
    /// <summary>With no further word.</summary>
    public StoreUnusableException() { }

    /// <summary>What is wrong, and what to do.</summary>
    public StoreUnusableException(string message) : base(message) { }

    /// <summary>With the engine's own error behind it.</summary>
    public StoreUnusableException(string message, Exception inner) : base(message, inner) { }
}
