using KeyAccountBot.Sales.Calendar;

namespace KeyAccountBot.Sales.FollowUps;

/// <summary>How much it weighs that somebody hears of something: what it is worth times how late it is.</summary>
/// <param name="Amount">What the opportunity is worth. Amounts are compared within one currency only.</param>
/// <param name="DaysLate">How late it is, as <see cref="DaysLateAt"/> counts.</param>
/// <param name="Key">Settles which of two of the same weight comes first; the same each time it is asked.</param>
public readonly record struct TellingWeight(Money Amount, int DaysLate, string Key)
{
    // who mistypes an amount must not overflow everybody else's order
    private const decimal LargestAmount = 1e18m;

    /// <summary>Days since something fell due, where its reader is. The day itself is the first, so that what is due today weighs its amount.</summary>
    public static int DaysLateAt(DateTimeOffset? since, WorkCalendar calendar, DateTimeOffset now) =>
        since is { } at ? Math.Max(1, calendar.DateAt(now).DayNumber - calendar.DateAt(at).DayNumber + 1) : 1;

    /// <summary>Negative where this one is told before the other; never 0 for two different keys. For two of one currency.</summary>
    public int ComparedWith(TellingWeight other)
    {
        var heavier = other.Product.CompareTo(Product);
        var larger = heavier != 0 ? heavier : other.Amount.Amount.CompareTo(Amount.Amount);
        var later = larger != 0 ? larger : other.DaysLate.CompareTo(DaysLate);
        return later != 0 ? later : string.CompareOrdinal(Key, other.Key);
    }

    private decimal Product => Math.Clamp(Amount.Amount, 0, LargestAmount) * Math.Max(1, DaysLate);
}

/// <summary>
/// The heaviest of many, found in one pass while no more than a few are kept. Amounts of different currencies are not compared: the
/// heaviest of each currency come first, then the second of each, and so on; of the same rank by the currency's code. Pure.
/// </summary>
/// <param name="places">How many are wanted.</param>
/// <typeparam name="T">What is ordered.</typeparam>
public sealed class HeaviestFirst<T>(int places)
{
    private static readonly Comparer<(T Item, TellingWeight Weight)> Order = Comparer<(T Item, TellingWeight Weight)>.Create((a, b) => a.Weight.ComparedWith(b.Weight));
    private readonly SortedDictionary<string, List<(T Item, TellingWeight Weight)>> currencies = new(StringComparer.Ordinal);

    /// <summary>One more; the order in which they are added does not matter.</summary>
    public void Add(T item, TellingWeight weight)
    {
        var currency = weight.Amount.Currency ?? "";
        if (!currencies.TryGetValue(currency, out var ranked))
        {
            currencies[currency] = ranked = [];
        }

        var at = ranked.BinarySearch((item, weight), Order);
        ranked.Insert(at < 0 ? ~at : at, (item, weight));
        if (ranked.Count > places)
        {
            ranked.RemoveAt(ranked.Count - 1);
        }
    }

    /// <summary>The heaviest of all that were added, at most as many as there are places, the heaviest first.</summary>
    public IReadOnlyList<T> InOrder()
    {
        List<T> ordered = [];
        for (var rank = 0; ordered.Count < places && currencies.Values.Any(c => c.Count > rank); rank++)
        {
            ordered.AddRange(currencies.Values.Where(c => c.Count > rank).Select(c => c[rank].Item).Take(places - ordered.Count));
        }

        return ordered;
    }
}
