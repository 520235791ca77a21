using KeyAccountBot.Sales;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Records;

/// <summary>What the partitions of opportunities and of accounts have in common: a snapshot, numbered entries, a row a command.</summary>
internal static class RecordRows
{
    /// <summary>The write that makes a command count once: it conflicts where the command is on record.</summary>
    public static RowWrite Command(string table, string partition, CommandId command) =>
        new(table, partition, new TableOperation.Add(RowKeys.Command(command), "{}"u8.ToArray()));

    /// <summary>Whether a command is on record.</summary>
    public static ValueTask<bool> IsRecordedAsync(Tables tables, string table, string partition, CommandId command, CancellationToken cancellationToken) =>
        tables.HasAsync(table, new RowPlace(partition, RowKeys.Command(command)), cancellationToken);

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
