using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

public sealed class WeeklyDigestExamples
{
    private static readonly DateTimeOffset NextMonday = Monday.AddDays(7);

    private static WeeklyDigest Of(params Sale[] sales) =>
        WeeklyDigest.Of([.. sales.Select(s => (s.State!, (Accounts.Account?)null))], Examples.Playbook, Ours, NextMonday);

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
    public void What_is_over_its_stages_time_is_told_whatever_was_answered_and_who_quieted_it_until_when()
    {
        var until = Utc(2026, 3, 20, 8);
        Sale Overdue(int amount)
        {
            var sale = Sale.Opened(amount, entered: Utc(2026, 1, 5));
            sale.FollowUpUntil(Utc(2026, 3, 3));
            return sale;
        }

        var (silent, owners, managers, noIssue) = (Overdue(4), Overdue(3), Overdue(2), Overdue(1));
        owners.AnswersUntil(StageOverdueCause.Id, FollowUpAnswer.Snooze, until, Rep);
        managers.AnswersUntil(StageOverdueCause.Id, FollowUpAnswer.TakeIt, until, Manager);
        noIssue.Answers(StageOverdueCause.Id, FollowUpAnswer.NotAnIssue, Manager);

        Assert.Equal(
            [(4m, null, null), (3m, Rep, until), (2m, Manager, until), (1m, Manager, null)],
            Of(noIssue, managers, owners, silent).Stuck.Select(s => (s.Opportunity.Facts.Amount.Amount, s.Quiet?.By, s.Quiet?.QuietUntil)));
    }

    [Fact]
    public void What_somebody_above_the_owner_looks_after_is_not_stuck_while_the_stage_has_time()
    {
        var sale = Sale.Opened(entered: Utc(2026, 2, 20));
        sale.Does(new OpportunityCommand.CheckIn([], new NextStep("demo", new DateOnly(2026, 3, 3))));
        sale.FollowUpUntil(Utc(2026, 3, 4, 9));
        sale.AnswersUntil(NextStepPassedCause.Id, FollowUpAnswer.Snooze, Utc(2026, 3, 20, 8), Rep);
        Assert.Equal(NextStepPassedCause.Id, Assert.Single(Of(sale).Stuck).Cause);
        sale.Answers(NextStepPassedCause.Id, FollowUpAnswer.TakeIt, Manager);
        Assert.Empty(Of(sale).Stuck);
    }

    [Fact]
    public void What_a_manager_snoozed_still_stands_in_the_directors_digest_with_who_quieted_it_until_when()
    {
        var until = Utc(2026, 3, 20, 8);
        var sale = Sale.Opened(entered: Utc(2026, 2, 20));
        sale.Does(new OpportunityCommand.CheckIn([], new NextStep("demo", new DateOnly(2026, 3, 3))));
        sale.FollowUpUntil(Utc(2026, 3, 4, 9));
        sale.AnswersUntil(NextStepPassedCause.Id, FollowUpAnswer.Snooze, until, Manager);

        Assert.Empty(For(Manager).Stuck);
        var stuck = Assert.Single(For(Director).Stuck);
        Assert.Equal((Manager, until), (stuck.Quiet?.By, stuck.Quiet?.QuietUntil));

        WeeklyDigest For(PersonId reader) => WeeklyDigest.Of([(sale.State!, null)], Examples.Playbook, Ours, NextMonday, Ours.Find(reader));
    }

    [Fact]
    public void What_is_on_hold_stands_there_with_its_age_and_its_day_though_nobody_was_told_of_anything()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.Hold("budget frozen", new DateOnly(2026, 4, 15)));
        var held = Assert.Single(Of(sale).Held);
        Assert.Equal((7, new DateOnly(2026, 4, 15)), (held.Days, held.LookAgainOn));
    }

    [Fact]
    public void The_largest_and_latest_are_told_first()
    {
        var (large, late, both) = (Sale.Opened(100_000, entered: Utc(2026, 1, 19)), Sale.Opened(20_000, entered: Utc(2025, 6, 2)), Sale.Opened(50_000, entered: Utc(2025, 10, 6)));
        Assert.Equal([50_000m, 20_000m, 100_000m], Of(large, late, both).Stuck.Select(s => s.Opportunity.Facts.Amount.Amount));
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
