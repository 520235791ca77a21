using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Overviews;

/// <summary>What some opportunities of one currency come to.</summary>
/// <param name="Currency">Amounts of another currency are another figure.</param>
/// <param name="Count">How many opportunities stand behind it.</param>
/// <param name="Amount">Their amounts in full.</param>
/// <param name="Weighted">The same, each times the chance of its stage; whole units.</param>
public sealed record OutlookSum(string Currency, int Count, decimal Amount, decimal Weighted);

/// <summary>Sums amounts, weighted by how far each opportunity is; one figure a currency. Pure.</summary>
/// <param name="playbook">The chance of each stage.</param>
public sealed class Outlook(Playbook playbook)
{
    private const decimal Whole = 100;

    // who mistypes an amount must not break everybody else's figures
    private const decimal LargestAmount = 1e18m;
    private readonly SortedDictionary<string, OutlookSum> sums = new(StringComparer.Ordinal);

    /// <summary>How many opportunities were added.</summary>
    public int Count { get; private set; }

    /// <summary>One figure a currency, the one with most opportunities first.</summary>
    public IReadOnlyList<OutlookSum> Sums => [.. sums.Values.OrderByDescending(s => s.Count).Select(s => s with { Weighted = Math.Round(s.Weighted) })];

    /// <summary>One more opportunity.</summary>
    /// <param name="amount">What it is worth.</param>
    /// <param name="stage">Where it stands.</param>
    /// <param name="won">The contract is signed, so that it counts in full.</param>
    public void Add(Money amount, StageId stage, bool won = false)
    {
        var currency = amount.Currency ?? "";
        var before = sums.GetValueOrDefault(currency) ?? new OutlookSum(currency, 0, 0, 0);
        var worth = Math.Clamp(amount.Amount, 0, LargestAmount);
        Count++;
        sums[currency] = before with
        {
            Count = before.Count + 1, Amount = before.Amount + worth, Weighted = before.Weighted + (worth * (won ? Whole : playbook.ChanceIn(stage)) / Whole),
        };
    }
}
