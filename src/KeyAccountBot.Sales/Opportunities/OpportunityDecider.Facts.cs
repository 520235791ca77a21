using static KeyAccountBot.Sales.Opportunities.OpportunityCommand;
using static KeyAccountBot.Sales.Opportunities.OpportunityEvent;

namespace KeyAccountBot.Sales.Opportunities;

/// <content>What it is worth, when it closes, what it is called, who else wants it.</content>
public static partial class OpportunityDecider
{
    private const int MostCompetitors = 20;

    /// <summary>What a command would change, with what stands there now; <c>null</c> where nothing.</summary>
    public static FactsChanged? Changes(ChangeFacts change, Opportunity state)
    {
        var (now, said) = (FactValues.Of(state.Facts), Tidy(change.To));

        // what is on record already is not said again
        var to = new FactValues
        {
            Amount = said.Amount == now.Amount ? null : said.Amount,
            ExpectedClose = said.ExpectedClose == now.ExpectedClose ? null : said.ExpectedClose,
            Name = said.Name == now.Name ? null : said.Name,
            BidDeadline = said.BidDeadline == now.BidDeadline ? null : said.BidDeadline,
            Competitors = said.Competitors?.SequenceEqual(now.Competitors ?? [], StringComparer.Ordinal) == true ? null : said.Competitors,
        };
        return to.IsEmpty() ? null : new FactsChanged(
            new FactValues
            {
                Amount = to.Amount is null ? null : now.Amount,
                ExpectedClose = to.ExpectedClose is null ? null : now.ExpectedClose,
                Name = to.Name is null ? null : now.Name,
                BidDeadline = to.BidDeadline is null ? null : now.BidDeadline,
                Competitors = to.Competitors is null ? null : now.Competitors,
            },
            to);
    }

    private static Decision Decide(ChangeFacts change, Opportunity state)
    {
        var said = Tidy(change.To);
        if (said.Amount is { Amount: <= 0 } amount)
        {
            return Refuse(new Refusal.AmountOutside(amount));
        }

        if (said is { Name.Length: 0 } or { Amount.Currency.Length: 0 })
        {
            return Refuse(new Refusal.NothingSaid());
        }

        if (said.Competitors?.Count > MostCompetitors)
        {
            return Refuse(new Refusal.TooManyCompetitors(MostCompetitors));
        }

        return Changes(change, state) is { } changed ? Accept(changed) : new Decision.Accepted([]);
    }

    private static FactValues Tidy(FactValues said) => said with
    {
        Name = said.Name?.Trim(),
        Competitors = said.Competitors is null ? null
            : [.. said.Competitors.Select(c => c.Trim()).Where(c => c.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
    };

    private static OpportunityFacts With(OpportunityFacts facts, FactValues to) => facts with
    {
        Amount = to.Amount ?? facts.Amount,
        ExpectedClose = to.ExpectedClose ?? facts.ExpectedClose,
        Name = to.Name ?? facts.Name,
        BidBranch = to.BidDeadline is { } deadline ? new BidBranch.Bid(deadline) : facts.BidBranch,
        Competitors = to.Competitors ?? facts.Competitors,
    };
}
