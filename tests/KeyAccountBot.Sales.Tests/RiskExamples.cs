using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

public sealed class RiskExamples
{
    private static Risk? Of(Sale sale) => Risk.Of(sale.State!, Examples.Playbook, Ours, Monday.AddDays(1));

    [Fact]
    public void A_stage_that_takes_too_long_weighs_more_than_what_is_overdue_for_longer()
    {
        var sale = Sale.Opened(entered: Utc(2025, 6, 2));
        Assert.Equal(StageOverdueCause.Id, Of(sale)!.Cause);
    }

    [Fact]
    public void Without_a_next_step_it_is_at_risk_and_with_one_to_come_it_is_not()
    {
        var sale = Sale.Opened();
        Assert.Equal(new Risk(null, null), Of(sale));

        sale.Does(new OpportunityCommand.CheckIn([], new NextStep("demo", new DateOnly(2026, 3, 20))));
        Assert.Null(Of(sale));
    }

    [Fact]
    public void What_is_lost_is_at_no_risk()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.Lose("gone"));
        Assert.Null(Of(sale));
    }
}
