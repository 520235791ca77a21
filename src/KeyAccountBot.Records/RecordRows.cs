using KeyAccountBot.Sales;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Records;

/// <summary>What the partitions of opportunities and of accounts have in common: a snapshot, numbered entries, a row a command.</summary>
internal static class RecordRows
{
    /// <summary>The batch that records a command: it conflicts where the snapshot has changed, or where the command is on record.</summary>
    /// <param name="command">Which.</param>
    /// <param name="snapshot">All entries folded, JSON.</param>
    /// <param name="etag">Of the snapshot read before; <c>null</c> where there was none.</param>
    /// <param name="entries">Their numbers and JSON.</param>
    public static List<TableOperation> Batch(CommandId command, byte[] snapshot, string? etag, IEnumerable<(long Number, byte[] Body)> entries) =>
    [
        etag is null ? new TableOperation.Add(RowKeys.Snapshot, snapshot) : new TableOperation.Replace(RowKeys.Snapshot, snapshot, etag),
        new TableOperation.Add(RowKeys.Command(command), "{}"u8.ToArray()),
        .. entries.Select(e => new TableOperation.Add(RowKeys.Entry(e.Number), e.Body)),
    ];

    /// <summary>Whether a command is on record.</summary>
    public static async ValueTask<bool> IsRecordedAsync(
        ITableStore tables, string table, string partition, CommandId command, CancellationToken cancellationToken) =>
        await tables.GetAsync(table, partition, RowKeys.Command(command), cancellationToken) is not null;

    /// <summary>The JSON of all entries, oldest first.</summary>
    public static IAsyncEnumerable<TableRow> EntriesAsync(ITableStore tables, string table, string partition, CancellationToken cancellationToken) =>
        tables.QueryAsync(table, partition, "event|", "event}", cancellationToken);

    /// <summary>Whether entries are counted from 1 without a gap.</summary>
    public static bool AreWhole(IEnumerable<long> numbers)
    {
        var expected = 0L;
        return numbers.All(n => n == ++expected) && expected > 0;
    }

    /// <summary>Entries folded; <c>null</c> where they do not fold, since one of them lacks what it must say.</summary>
    public static T? Folded<T>(Func<T?> fold)
        where T : class
    {
        try
        {
            return fold();
        }
        catch (Exception e) when (e is NullReferenceException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
