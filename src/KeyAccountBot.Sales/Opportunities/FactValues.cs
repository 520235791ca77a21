namespace KeyAccountBot.Sales.Opportunities;

/// <summary>What is said of an opportunity in figures, dates and names; <c>null</c> for what is not spoken of.</summary>
public sealed record FactValues
{
    /// <summary>What it is worth.</summary>
    public Money? Amount { get; init; }

    /// <summary>When the customer is expected to decide, local date.</summary>
    public DateOnly? ExpectedClose { get; init; }

    /// <summary>What is to be sold.</summary>
    public string? Name { get; init; }

    /// <summary>Until which local date the tender takes bids.</summary>
    public DateOnly? BidDeadline { get; init; }

    /// <summary>Who else wants to sell: all of them, none for nobody.</summary>
    public IReadOnlyList<string>? Competitors { get; init; }

    /// <summary>Whether nothing is spoken of.</summary>
    public bool IsEmpty() => this == new FactValues();

    /// <summary>What an opportunity has on record of the same.</summary>
    public static FactValues Of(OpportunityFacts facts) => new()
    {
        Amount = facts.Amount,
        ExpectedClose = facts.ExpectedClose,
        Name = facts.Name,
        BidDeadline = (facts.BidBranch as BidBranch.Bid)?.Deadline,
        Competitors = facts.Competitors,
    };
}
