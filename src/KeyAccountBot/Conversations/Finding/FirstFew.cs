namespace KeyAccountBot.Conversations.Finding;

/// <summary>The first few of very many by an order, found in one pass while no more than those few are kept.</summary>
/// <param name="places">How many are wanted.</param>
/// <param name="order">Of two it holds for the same, the one that came first stays first.</param>
/// <typeparam name="T">What is ordered.</typeparam>
internal sealed class FirstFew<T>(int places, IComparer<T> order)
{
    private readonly List<T> first = [];

    /// <summary>How many were added.</summary>
    public int Count { get; private set; }

    /// <summary>The first of all that were added, in order.</summary>
    public IReadOnlyList<T> InOrder => first;

    /// <summary>One more.</summary>
    public void Add(T item)
    {
        Count++;
        if (first.Count == places && (places == 0 || order.Compare(item, first[^1]) >= 0))
        {
            return;
        }

        var at = first.BinarySearch(item, order);
        for (at = at < 0 ? ~at : at; at < first.Count && order.Compare(first[at], item) == 0; at++)
        {
            // after those that are the same
        }

        first.Insert(at, item);
        if (first.Count > places)
        {
            first.RemoveAt(places);
        }
    }
}
