using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests.Overviews;

public sealed class LateMatterExamples
{
    private static readonly Customer People = Customer.WithThree();

    private static IReadOnlyList<LateMatter> Of(Sale sale, DateTimeOffset now) => LateMatters.Of(sale.State!, People.State, Examples.Playbook, Ours, now);

    [Fact]
    public void A_promise_that_was_not_kept_is_late_since_the_day_after_it_and_counts_days()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.CheckIn([], new NextStep("send the drawings", new DateOnly(2026, 3, 4))));

        Assert.Equal([new LateMatter(NextStepPassedCause.Id, new DateOnly(2026, 3, 5), 4)], Of(sale, Monday.AddDays(7)));
    }

    [Fact]
    public void The_longest_late_comes_first_and_the_gravest_is_the_stage()
    {
        var sale = Sale.Opened(entered: Monday.AddDays(-60));
        var late = Of(sale, Monday.AddDays(20));

        Assert.Equal(late.OrderByDescending(m => m.Days), late);
        Assert.Equal(StageOverdueCause.Id, LateMatters.Gravest(late)!.Cause);
        Assert.Null(LateMatters.Gravest([]));
    }

    [Fact]
    public void Nothing_of_what_is_lost_is_late()
    {
        var sale = Sale.Opened(entered: Monday.AddDays(-60));
        sale.Does(new OpportunityCommand.Lose("price"));

        Assert.Empty(Of(sale, Monday.AddDays(90)));
    }

    [Fact]
    public void Of_what_rests_only_the_day_to_look_again_is_late()
    {
        var sale = Sale.Opened(entered: Monday.AddDays(-60));
        sale.Does(new OpportunityCommand.Hold("no budget", new DateOnly(2026, 3, 20)));

        Assert.Empty(Of(sale, Monday.AddDays(10)));
        Assert.True(FollowUpCauses.Find(Assert.Single(Of(sale, Monday.AddDays(30))).Cause) is HoldOverCause);
    }
}
