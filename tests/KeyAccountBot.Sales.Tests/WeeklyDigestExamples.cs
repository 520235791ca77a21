using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

public sealed class WeeklyDigestExamples
{
    private static readonly DateTimeOffset NextMonday = Monday.AddDays(7);

    private static WeeklyDigest Of(params Sale[] sales) =>
        WeeklyDigest.Of([.. sales.Select(s => (s.State!, (Accounts.Account?)null))], Playbook, Ours, NextMonday);

    [Fact]
    public void What_moved_is_told_the_best_news_first()
    {
        var opened = Sale.Opened(10);
        var won = Sale.Opened(20, stage: "negotiation", entered: Utc(2026, 1, 5));
        won.Reaches("contract-approved", "contract-signed");
        var lost = Sale.Opened(30, entered: Utc(2026, 1, 5));
        lost.Does(new OpportunityCommand.Lose("gone"));
        var ahead = Sale.Opened(40, entered: Utc(2026, 1, 5));
        ahead.Reaches("project-information");
        var quiet = Sale.Opened(50, entered: Utc(2026, 1, 5));

        Assert.Equal(
            [(Move.Won, 20m), (Move.Lost, 30m), (Move.Opened, 10m), (Move.StageChanged, 40m)],
            Of(opened, won, lost, ahead, quiet).Moved.Select(m => (m.Move, m.Opportunity.Facts.Amount.Amount)));
    }

    [Fact]
    public void What_is_stuck_is_what_nobody_answered()
    {
        var silent = Sale.Opened(entered: Utc(2026, 1, 5));
        silent.FollowUpUntil(Utc(2026, 3, 3));
        var snoozed = Sale.Opened(entered: Utc(2026, 1, 5));
        snoozed.FollowUpUntil(Utc(2026, 3, 3));
        snoozed.Does(new OpportunityCommand.AnswerFollowUp(snoozed.ChainOf(FollowUpCause.StageOverdue).Key, FollowUpAnswer.Snooze, Utc(2026, 3, 20, 8)));

        var stuck = Assert.Single(Of(silent, snoozed).Stuck);
        Assert.Equal((silent.State, FollowUpCause.StageOverdue), (stuck.Opportunity, stuck.Cause));
    }

    [Fact]
    public void What_is_next_is_told_the_nearest_first()
    {
        var sale = Sale.Opened(stage: "bidding");
        sale.Does(new OpportunityCommand.CheckIn([], new NextStep("demo", new DateOnly(2026, 3, 13))));
        sale.Does(new OpportunityCommand.ChooseBidBranch(new BidBranch.Bid(new DateOnly(2026, 3, 16))));
        sale.Plans("v", Utc(2026, 3, 10, 9));
        sale.Plans("later", Utc(2026, 3, 30, 9));

        Assert.Equal(
            [(Expectation.Visit, new DateOnly(2026, 3, 10)), (Expectation.NextStep, new(2026, 3, 13)), (Expectation.BidDeadline, new(2026, 3, 16))],
            Of(sale).Expected.Select(e => (e.What, e.On)));
    }

    [Fact]
    public void Each_customer_is_named_once_with_its_weightiest_gap()
    {
        var gap = Assert.Single(Of(Sale.Opened(10, stage: "proposal"), Sale.Opened(20, stage: "proposal")).Uncovered);
        Assert.Equal((20m, typeof(CoverageGap.NoDecisionMaker)), (gap.Opportunity.Facts.Amount.Amount, gap.Gap.GetType()));
        Assert.Empty(Of(Sale.Opened()).Uncovered);
    }
}
