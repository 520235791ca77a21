using KeyAccountBot.Sales.Overviews;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests.Overviews;

public sealed class OutlookExamples
{
    [Fact]
    public void Each_amount_counts_by_the_chance_of_its_stage_and_each_currency_stands_apart()
    {
        var outlook = new Outlook(Examples.Playbook);
        outlook.Add(new Money(1_000_000, "EUR"), S("negotiation"));
        outlook.Add(new Money(500_000, "EUR"), S("development"));
        outlook.Add(new Money(300_000, "USD"), S("bidding"));

        Assert.Equal([new OutlookSum("EUR", 2, 1_500_000, 850_000), new OutlookSum("USD", 1, 300_000, 180_000)], outlook.Sums);
        Assert.Equal(3, outlook.Count);
    }

    [Fact]
    public void What_is_won_counts_in_full()
    {
        var outlook = new Outlook(Examples.Playbook);
        outlook.Add(new Money(200_000, "EUR"), S("proposal"), won: true);

        Assert.Equal(200_000, Assert.Single(outlook.Sums).Weighted);
    }

    [Fact]
    public void A_mistyped_amount_breaks_no_figure()
    {
        var outlook = new Outlook(Examples.Playbook);
        outlook.Add(new Money(decimal.MaxValue, "EUR"), S("negotiation"));
        outlook.Add(new Money(decimal.MaxValue, "EUR"), S("negotiation"));
        outlook.Add(new Money(-5, "EUR"), S("negotiation"));

        Assert.Equal(3, Assert.Single(outlook.Sums).Count);
    }

    [Fact]
    public void Where_nobody_said_a_chance_each_stage_is_a_step_up_to_the_one_that_wins()
    {
        var silent = Examples.Playbook with { Stages = [.. Examples.Playbook.Stages.Select(s => s with { Chance = null })] };

        Assert.Equal([16, 33, 50, 66, 83, 100], silent.Stages.Select(s => silent.ChanceIn(s.Id)));
        Assert.Equal(0, silent.ChanceIn(S("elsewhere")));
    }
}
