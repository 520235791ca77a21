using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests.Overviews;

public sealed class RiskReasonExamples
{
    private static IReadOnlyList<RiskReason> Of(Sale sale, Customer customer, DateTimeOffset? now = null) =>
        RiskReasons.Of(sale.State!, customer.State, Examples.Playbook, Ours, now ?? Monday.AddDays(1));

    private static Sale WithAStep(string? stage = null)
    {
        var sale = Sale.Opened(stage: stage);
        sale.Does(new OpportunityCommand.CheckIn([], new NextStep("demo", new DateOnly(2026, 3, 20))));
        return sale;
    }

    private static Customer Touched()
    {
        var customer = Customer.WithThree();
        customer.Touches("zhao", Director);
        return customer;
    }

    [Fact]
    public void An_opportunity_on_its_way_is_at_no_risk() => Assert.Empty(Of(WithAStep("proposal"), Touched()));

    [Fact]
    public void Without_a_next_step_it_is() => Assert.Equal([new RiskReason.NoNextStep()], Of(Sale.Opened(), Touched()));

    [Fact]
    public void A_tender_that_closes_soon_comes_first_until_our_bid_is_in()
    {
        var sale = WithAStep("bidding");
        sale.Does(new OpportunityCommand.ChooseBidBranch(new BidBranch.Bid(new DateOnly(2026, 3, 12))));
        Assert.Equal(new RiskReason.BidDue(new DateOnly(2026, 3, 12)), Of(sale, Touched())[0]);

        sale.Reaches("bid-submitted");
        Assert.DoesNotContain(Of(sale, Touched()), r => r is RiskReason.BidDue);
    }

    [Fact]
    public void Who_decides_and_was_never_met_is_a_risk_from_the_proposal_on_and_a_clerk_is_none()
    {
        var customer = Customer.WithThree();
        customer.Assigns("li", null);

        Assert.DoesNotContain(Of(WithAStep(), customer), r => r is RiskReason.Gap);
        Assert.DoesNotContain(Of(WithAStep("proposal"), customer), r => r is RiskReason.Gap { Of: CoverageGap.NoMaintainer });

        customer.Assigns("zhao", Rep);
        Assert.IsType<CoverageGap.MaintainedTooJunior>(Assert.Single(Of(WithAStep("proposal"), customer).OfType<RiskReason.Gap>()).Of);
    }

    [Fact]
    public void A_close_date_that_is_near_says_what_is_missing_and_one_that_passed_says_so()
    {
        var sale = new Sale();
        sale.Does(Opening(stage: "negotiation") with { ExpectedClose = new DateOnly(2026, 3, 20) });

        var near = Assert.Single(Of(sale, Touched()).OfType<RiskReason.CloseDateNear>());
        Assert.Equal([M("contract-approved"), M("contract-signed")], near.Missing);
        Assert.Contains(new RiskReason.CloseDatePassed(new DateOnly(2026, 3, 20)), Of(sale, Touched(), Monday.AddDays(30)));
    }

    [Fact]
    public void What_fell_due_is_told_with_its_days_and_the_stage_before_the_rest()
    {
        var sale = Sale.Opened(entered: Monday.AddDays(-90));
        var late = Of(sale, Touched(), Monday.AddDays(20)).OfType<RiskReason.Late>().ToList();

        Assert.Equal(StageOverdueCause.Id, late[0].Matter.Cause);
        Assert.Contains(late, l => l.Matter.Cause == CheckInMissedCause.Id);
    }

    [Fact]
    public void What_rests_or_is_over_is_at_no_risk()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.Hold("no budget"));
        Assert.Empty(Of(sale, Touched(), Monday.AddDays(200)));
    }
}
