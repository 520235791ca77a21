using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests.Overviews;

public sealed class AgendaExamples
{
    private static IReadOnlyList<AgendaMatter> Of(Sale sale, DateTimeOffset now) => Agenda.Of(sale.State!, Customer.WithThree().State, Examples.Playbook, Ours, now);

    [Fact]
    public void It_holds_the_promise_the_visit_and_the_deadline_of_the_next_days_the_earliest_first()
    {
        var sale = Sale.Opened(stage: "bidding");
        sale.Does(new OpportunityCommand.CheckIn([], new NextStep("price list", new DateOnly(2026, 3, 6))));
        sale.Does(new OpportunityCommand.ChooseBidBranch(new BidBranch.Bid(new DateOnly(2026, 3, 12))));
        sale.Plans("v", Monday.AddDays(2));

        Assert.Collection(
            Of(sale, Monday),
            m => Assert.Equal(new DateOnly(2026, 3, 4), Assert.IsType<AgendaMatter.Visit>(m).On),
            m => Assert.Equal(new AgendaMatter.Step("price list", new DateOnly(2026, 3, 6)), m),
            m => Assert.Equal(new AgendaMatter.BidDue(new DateOnly(2026, 3, 12)), m));
    }

    [Fact]
    public void What_falls_due_later_today_is_due_today_and_what_is_far_is_not_spoken_of()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.CheckIn([], new NextStep("far", new DateOnly(2026, 4, 30))));
        Assert.Empty(Of(sale, Monday));

        // ten business days later, before work begins
        var due = Of(sale, Utc(2026, 3, 16, 5));
        Assert.Equal(new AgendaMatter.Late(CheckInMissedCause.Id, new DateOnly(2026, 3, 16)), Assert.Single(due));
    }

    [Fact]
    public void A_promise_that_passed_is_told_once_as_the_promise()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.CheckIn([], new NextStep("price list", new DateOnly(2026, 3, 4))));

        Assert.Equal([new AgendaMatter.Step("price list", new DateOnly(2026, 3, 4))], Of(sale, Monday.AddDays(4)));
    }

    [Fact]
    public void A_small_one_that_is_late_for_long_weighs_more_than_a_large_one_that_is_due_today()
    {
        var (small, large) = (Sale.Opened(100_000), Sale.Opened(200_000));
        var today = new DateOnly(2026, 3, 10);
        var late = Agenda.WeightOf(small.State!, [new AgendaMatter.Step("x", today.AddDays(-4))], today);
        var due = Agenda.WeightOf(large.State!, [new AgendaMatter.Step("x", today)], today);

        Assert.True(late.ComparedWith(due) < 0);
    }

    [Fact]
    public void What_is_lost_asks_for_nothing()
    {
        var sale = Sale.Opened();
        sale.Plans("v", Monday.AddDays(2));
        sale.Does(new OpportunityCommand.Lose("price"));

        Assert.Empty(Of(sale, Monday.AddDays(1)));
    }
}
