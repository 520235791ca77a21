namespace KeyAccountBot.Records;

/// <summary>Where a row lies in its table.</summary>
/// <param name="Partition">Rows of one partition can be written together.</param>
/// <param name="Row">Unique within the partition.</param>
public readonly record struct RowPlace(string Partition, string Row);

/// <summary>Some rows of one partition, in the order of their keys.</summary>
/// <param name="Partition">Which partition.</param>
/// <param name="From">The first row key that belongs to them.</param>
/// <param name="To">The first row key that does not.</param>
public readonly record struct RowRange(string Partition, string From, string To)
{
    /// <summary>Every row of a partition.</summary>
    public static RowRange Whole(string partition) => new(partition, "", "\uffff");

    /// <summary>The rows whose keys start with a prefix.</summary>
    public static RowRange Starting(string partition, string prefix) => new(partition, prefix, prefix[..^1] + (char)(prefix[^1] + 1));
}

/// <summary>How the key of one kind of row is written as a place in a table, and read from it again: the one place for both.</summary>
/// <param name="place">Where the row of a key lies.</param>
/// <param name="key">The key of a place; <c>null</c> where no such row lies there.</param>
public sealed class KeyShape<TKey>(Func<TKey, RowPlace> place, Func<RowPlace, TKey?> key)
    where TKey : class
{
    /// <summary>Where the row of a key lies.</summary>
    public RowPlace PlaceOf(TKey of) => place(of);

    /// <summary>The key of a place; <c>null</c> where no such row lies there.</summary>
    public TKey? KeyOf(RowPlace at) => key(at);
}

/// <summary>The key of a row that has no brothers.</summary>
public sealed record OnlyRow
{
    private OnlyRow()
    {
    }

    /// <summary>The key.</summary>
    public static OnlyRow Key { get; } = new();

    /// <summary>Where the row lies.</summary>
    public static KeyShape<OnlyRow> At(string partition, string row) => new(_ => new RowPlace(partition, row), p => p == new RowPlace(partition, row) ? Key : null);
}
