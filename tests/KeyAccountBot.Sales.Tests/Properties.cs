using CsCheck;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Visits;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

/// <summary>What holds after any sequence of commands.</summary>
public sealed class Properties
{
    private static readonly Gen<Move[]> Moves =
        Gen.Select(Gen.Int[0, 21], Gen.Int[0, 17], Gen.Int[0, 200], (kind, pick, hours) => new Move(kind, pick, hours)).Array[0, 60];

    private static readonly Gen<int> Stages = Gen.Int[0, Playbook.Stages.Count - 1];

    private sealed record Move(int Kind, int Pick, int Hours);

    [Fact]
    public void Nothing_ever_stands_in_a_stage_whose_earlier_gates_are_shut() => AfterEachMove((sale, _, _) =>
    {
        var from = Playbook.NumberOf(sale.Facts.StartedIn)!.Value - 1;
        var to = Playbook.NumberOf(sale.Facts.Stage)!.Value - 1;
        Assert.InRange(to, from, Playbook.Stages.Count - 1);
        Assert.All(Playbook.Stages.Skip(from).Take(to - from), s => Assert.True(s.Gate.IsOpen(sale.State!.ReachedSet())));
    });

    [Fact]
    public void Folding_from_scratch_gives_the_state_that_was_kept() => AfterEachMove((sale, _, _) =>
        Assert.Equal(ToJson(sale.State), ToJson(OpportunityDecider.Fold(sale.State!.Id, null, sale.Entries))));

    [Fact]
    public void Entries_are_numbered_without_gaps_and_refusals_change_nothing() => AfterEachMove((sale, before, decision) =>
    {
        Assert.Equal(Enumerable.Range(1, sale.Entries.Count).Select(n => (long)n), sale.Entries.Select(e => e.Number));
        Assert.Equal(sale.Entries.Count, sale.State!.Version);
        if (decision is Decision.Refused)
        {
            Assert.Equal(before, ToJson(sale.State));
        }
    });

    [Fact]
    public void Undo_restores_the_facts_exactly() => Gen.Select(Moves, Stages).Sample((moves, stage) =>
    {
        var sale = Start(stage);
        foreach (var move in moves)
        {
            var before = ToJson(sale.Facts);
            var had = sale.State!.LastEntry;
            Play(sale, move);
            if (sale.State.LastEntry is { } entry && entry != had)
            {
                sale.Does(new OpportunityCommand.Undo(), entry.By);
                Assert.Equal(before, ToJson(sale.Facts));
            }
        }
    }, iter: 150);

    [Fact]
    public void Whatever_went_before_the_same_answer_pressed_twice_counts_once() => AfterEachMove((sale, _, _) =>
    {
        if (sale.State!.FollowUps is not [.., { } chain])
        {
            return;
        }

        var answer = (FollowUpAnswer)(sale.Entries.Count % 4);
        var first = sale.Answers(chain.Cause, answer, Manager);
        var (entries, state) = (sale.Entries.Count, ToJson(sale.State));
        sale.Now = sale.Now.AddMilliseconds(80);
        var second = sale.Answers(chain.Cause, answer, Manager);

        Assert.Equal(first.GetType(), second.GetType());
        Assert.Equal((entries, state), (sale.Entries.Count, ToJson(sale.State)));
    });

    [Fact]
    public void Steps_taken_are_not_due_again_at_the_same_instant() => AfterEachMove((sale, _, _) =>
    {
        var plan = sale.Plan();
        var due = plan.Due;
        sale.Says(new OpportunityCommand.TakeFollowUpSteps(due, plan.Briefs), null);
        Assert.Empty(sale.Plan().Briefs);
        Assert.Empty(sale.Plan().Due.Select(d => d.Chain).Intersect(due.Select(d => d.Chain)));
    });

    [Fact]
    public void Silence_wakes_the_clock_at_most_forty_times_and_tells_nobody_of_one_cause_at_two_steps() => Gen.Select(Moves, Stages).Sample((moves, stage) =>
    {
        var sale = Start(stage);
        foreach (var move in moves)
        {
            Play(sale, move);
        }

        // a tender's deadline may lie a year ahead
        sale.FollowUpUntil(sale.Now.AddDays(730), wakeUps: 40);
        Assert.Null(sale.Plan().NextAttention);
        Assert.All(sale.State!.FollowUps, c => Assert.All(
            c.Steps.Where(s => s.HeldBack is null).GroupBy(s => s.To), told => Assert.Single(told.Select(s => s.Step).Distinct())));
    }, iter: 100);

    [Fact]
    public void A_brief_never_asks_what_is_answered_and_begins_with_the_earliest_open_question() => AfterEachMove((sale, _, _) =>
    {
        var account = Customer.WithThree().State;
        var brief = Brief.Of(sale.State!, account, Playbook, Ours, [C("zhao")], sale.Today);
        var open = Questions.Of(sale.State!, Playbook).Where(q => !sale.Facts.Answers.ContainsKey(q.Id)).ToList();
        var deciders = open.Where(q => q.AskedBy == BuyingRole.DecisionMaker).Select(q => q.Id).ToList();
        Assert.Equal(deciders, brief.Next.Take(deciders.Count).Select(q => q.Id));
        Assert.Equal(open.Where(q => q.AskedBy != BuyingRole.DecisionMaker).Select(q => q.Id), brief.Next.Skip(deciders.Count).Select(q => q.Id));
        Assert.Equal(brief.Questions.Total, brief.Questions.Done + brief.Next.Count);
    });

    private static void AfterEachMove(Action<Sale, string, Decision> holds) => Gen.Select(Moves, Stages).Sample((moves, stage) =>
    {
        var sale = Start(stage);
        foreach (var move in moves)
        {
            var before = ToJson(sale.State);
            var decision = Play(sale, move);
            holds(sale, before, decision);
        }
    }, iter: 100);

    private static Sale Start(int stage) => Sale.Opened(600_000, Playbook.Stages[stage].Id.Value);

    private static Decision Play(Sale sale, Move move)
    {
        sale.Now = sale.Now.AddHours(move.Hours);
        var all = Playbook.Stages.SelectMany(s => s.Milestones).Select(m => m.Id.Value).ToArray();
        var today = DateOnly.FromDateTime(sale.Now.UtcDateTime);
        var missing = Playbook.Stage(sale.Facts.Stage).Gate.Missing(sale.State!.ReachedSet()).Select(m => m.Value).ToArray();
        return move.Kind switch
        {
            0 or 1 => sale.Reaches(all[move.Pick]),
            2 or 3 or 4 => sale.Reaches(missing),
            5 or 6 => sale.TakesBack(all[move.Pick]),
            7 => sale.Does(new OpportunityCommand.Win(today, null), Manager),
            8 when move.Pick < 4 => sale.Does(new OpportunityCommand.Lose("gone")),
            8 => sale.Does(new OpportunityCommand.Hold("rest")),
            9 or 10 => sale.Does(new OpportunityCommand.Reopen("again")),
            11 => sale.Does(new OpportunityCommand.HandOver(move.Pick % 2 == 0 ? Rep : OtherRep, "leave"), Manager),
            12 => sale.Does(new OpportunityCommand.Undo()),
            13 when sale.State.FollowUps.Count > 0 => sale.Answers(sale.State.FollowUps[^1].Cause, (FollowUpAnswer)(move.Pick % 4), Manager),
            13 => sale.Does(new OpportunityCommand.CheckIn([], new NextStep("visit", today.AddDays(move.Pick)))),
            14 => sale.Says(new OpportunityCommand.TakeFollowUpSteps(sale.Plan().Due, sale.Plan().Briefs), null),
            _ => PlayVisitsAndQuestions(sale, move, missing),
        };
    }

    private static Decision PlayVisitsAndQuestions(Sale sale, Move move, string[] missing)
    {
        var questions = Questions.Of(sale.State!, Playbook);
        var question = questions[move.Pick * 7 % questions.Count].Id;
        var visit = sale.Facts.Visits.Count > 0 ? sale.Facts.Visits[move.Pick % sale.Facts.Visits.Count].Id : V("none");
        var later = sale.Now.AddHours((7 * move.Pick) + 1);
        return move.Kind switch
        {
            15 => sale.Plans($"v{sale.Entries.Count}", later, "zhao"),
            16 when move.Pick % 2 == 0 => sale.Does(new OpportunityCommand.MoveVisit(visit, later)),
            16 => sale.Does(new OpportunityCommand.CancelVisit(visit, "flu")),
            17 => sale.Reports(visit.Value, [question.Value], move.Pick % 3 == 0 ? missing : []),
            18 => sale.Reports(null, [question.Value], move.Pick % 3 == 0 ? ["contract-signed"] : missing),
            19 when move.Pick % 2 == 0 => sale.Does(new OpportunityCommand.AnswerQuestion(new GivenAnswer(question, "so"), sale.Today)),
            19 => sale.Does(new OpportunityCommand.ReopenQuestion(question, "doubt")),
            20 => sale.Does(new OpportunityCommand.AddQuestion(Q($"own{move.Pick}"), "And this?", Playbook.Stages[move.Pick % 6].Id, (BuyingRole)(move.Pick % 5))),
            _ when move.Pick % 3 == 0 => sale.Does(new OpportunityCommand.Evaluate(new Evaluation(new(move.Pick), new(1), new(2), new(3), new(4)))),
            _ when move.Pick % 3 == 1 => sale.Does(new OpportunityCommand.ChooseBidBranch(new BidBranch.Bid(sale.Today))),
            _ => sale.Does(new OpportunityCommand.NameContractApprover(C($"c{move.Pick}"))),
        };
    }
}
