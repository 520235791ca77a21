using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Deliveries;

/// <summary>What a digest says: its first lines, and of the rest how many and what they are worth.</summary>
/// <param name="First">The heaviest opportunities, each with the delivery that weighs most.</param>
/// <param name="More">How many opportunities it counts beside them.</param>
/// <param name="Worth">What those are worth together, a sum a currency, that of the most opportunities first; empty where not known.</param>
internal sealed record DigestContent(IReadOnlyList<(Delivery Delivery, Opportunity Opportunity)> First, int More = 0, IReadOnlyList<Money>? Worth = null)
{
    /// <summary>How many opportunities it is about.</summary>
    public int Count => First.Count + More;
}

/// <summary>
/// Counts together what a digest is about, in any order and from many threads at once; of each opportunity only its id is kept, whatever
/// their number, and the whole of those that are named.
/// </summary>
internal sealed class DigestTally(WorkCalendar calendar, DateTimeOffset now)
{
    private const int Named = 10;

    // an opportunity may be followed up for several causes, and is named once
    private const int Causes = 4;
    private readonly Lock gate = new();
    private readonly HashSet<OpportunityId> counted = [];
    private readonly Dictionary<string, (int Count, decimal Sum)> worth = new(StringComparer.Ordinal);
    private readonly HeaviestFirst<(Delivery Delivery, Opportunity Opportunity)> heaviest = new(Named * Causes);

    /// <summary>One more delivery, which still holds.</summary>
    public void Add(Delivery delivery, Opportunity opportunity)
    {
        var amount = opportunity.Facts.Amount;
        var weight = new TellingWeight(amount, TellingWeight.DaysLateAt(delivery.Since, calendar, now), $"{opportunity.Id}|{delivery.Key}");
        lock (gate)
        {
            heaviest.Add((delivery, opportunity), weight);
            if (counted.Add(opportunity.Id))
            {
                var (count, sum) = worth.GetValueOrDefault(amount.Currency);
                worth[amount.Currency] = (count + 1, sum + amount.Amount);
            }
        }
    }

    /// <summary>What the digest says.</summary>
    /// <param name="uncounted">How many more there are of which nothing is known.</param>
    public DigestContent Content(int uncounted)
    {
        lock (gate)
        {
            List<(Delivery Delivery, Opportunity Opportunity)> first = [.. heaviest.InOrder().DistinctBy(i => i.Opportunity.Id).Take(Named)];
            var named = first.GroupBy(i => i.Opportunity.Facts.Amount.Currency, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => (Count: g.Count(), Sum: g.Sum(i => i.Opportunity.Facts.Amount.Amount)), StringComparer.Ordinal);
            var rest = worth.Select(w => (Currency: w.Key, Count: w.Value.Count - named.GetValueOrDefault(w.Key).Count, Sum: w.Value.Sum - named.GetValueOrDefault(w.Key).Sum))
                .Where(w => w.Count > 0)
                .OrderByDescending(w => w.Count).ThenBy(w => w.Currency, StringComparer.Ordinal);
            return new DigestContent(
                first, counted.Count - first.Count + uncounted, uncounted > 0 ? [] : [.. rest.Select(w => new Money(w.Sum, w.Currency))]);
        }
    }
}
