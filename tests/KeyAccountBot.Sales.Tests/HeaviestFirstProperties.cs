using CsCheck;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using Xunit;

namespace KeyAccountBot.Sales.Tests;

/// <summary>Who is told first: by amount × how late, whatever comes in which order.</summary>
public sealed class HeaviestFirstProperties
{
    private static readonly Gen<TellingWeight[]> Many =
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 4], Gen.Int[0, 2], (amount, days, currency) => (amount, days, currency)).Array[0, 60]
            .Select(all => all.Select((w, i) => new TellingWeight(new Money(w.amount * 1000, "EUR,CNY,USD".Split(',')[w.currency]), w.days, $"{i:D2}")).ToArray());

    [Fact]
    public void The_order_does_not_depend_on_which_came_first() => Gen.Select(Many, Gen.Int[0, 70], Gen.Int).Sample((all, places, seed) =>
    {
        var shuffled = all.ToArray();
        new Random(seed).Shuffle(shuffled);
        Assert.Equal(Order(all, places), Order(shuffled, places));
    });

    [Fact]
    public void The_few_that_are_kept_are_the_first_of_all_in_order() => Gen.Select(Many, Gen.Int[0, 70]).Sample((all, places) =>
    {
        var whole = Order(all, all.Length);
        Assert.Equal(all.Order(ByKey), whole.Order(ByKey));
        Assert.Equal(whole.Take(places), Order(all, places));
    });

    [Fact]
    public void Within_a_currency_the_heavier_one_always_comes_first() => Many.Sample(all =>
    {
        foreach (var currency in Order(all, all.Length).GroupBy(w => w.Amount.Currency, StringComparer.Ordinal))
        {
            Assert.All(currency.Zip(currency.Skip(1)), pair => Assert.True(pair.First.ComparedWith(pair.Second) < 0));
        }
    });

    [Fact]
    public void The_heaviest_of_each_currency_come_before_the_second_of_any() => Many.Sample(all =>
    {
        Dictionary<string, int> ranks = new(StringComparer.Ordinal);
        var order = Order(all, all.Length).Select(w => ranks[w.Amount.Currency] = ranks.GetValueOrDefault(w.Amount.Currency) + 1).ToList();
        Assert.Equal(order.Order(), order);
    });

    [Fact]
    public void The_order_is_total_and_ties_are_settled_by_the_key() => Gen.Select(Many, Many).Sample((one, other) =>
        Assert.All(one.Zip(other), pair =>
        {
            Assert.Equal(pair.First.Key == pair.Second.Key && Same(pair.First, pair.Second), pair.First.ComparedWith(pair.Second) == 0);
            Assert.Equal(-Math.Sign(pair.First.ComparedWith(pair.Second)), Math.Sign(pair.Second.ComparedWith(pair.First)));
        }));

    [Fact]
    public void What_is_due_today_weighs_its_amount_and_each_day_adds_it_once_more()
    {
        var calendar = new WorkCalendar("Europe/Berlin", new TimeOnly(9, 0), new TimeOnly(18, 0));
        var now = new DateTimeOffset(2026, 3, 4, 8, 0, 0, TimeSpan.Zero);
        Assert.Equal(1, TellingWeight.DaysLateAt(now, calendar, now));
        Assert.Equal(1, TellingWeight.DaysLateAt(null, calendar, now));
        Assert.Equal(3, TellingWeight.DaysLateAt(now.AddDays(-2), calendar, now));
        Assert.Equal(1, TellingWeight.DaysLateAt(now.AddDays(2), calendar, now));
        Assert.True(Of(9_000_000, 1).ComparedWith(Of(10_000, 300)) < 0);
        Assert.True(Of(10_000, 300).ComparedWith(Of(1_000_000, 2)) < 0);
    }

    [Fact]
    public void An_amount_beyond_all_measure_breaks_nobodys_order() =>
        Assert.True(Of(decimal.MaxValue, 4000).ComparedWith(Of(decimal.MinValue, int.MaxValue)) < 0);

    private static TellingWeight Of(decimal amount, int days) => new(new Money(amount, "EUR"), days, "k");

    private static bool Same(TellingWeight one, TellingWeight other) =>
        one.Amount.Amount == other.Amount.Amount && Math.Max(1, one.DaysLate) == Math.Max(1, other.DaysLate) && one.DaysLate == other.DaysLate;

    private static IReadOnlyList<TellingWeight> Order(TellingWeight[] all, int places)
    {
        var heaviest = new HeaviestFirst<TellingWeight>(places);
        foreach (var weight in all)
        {
            heaviest.Add(weight, weight);
        }

        return heaviest.InOrder();
    }

    private static Comparer<TellingWeight> ByKey { get; } = Comparer<TellingWeight>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key));
}
