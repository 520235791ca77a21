using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

/// <summary>A new playbook calls things otherwise: what is on record under their former names counts on.</summary>
public sealed class FormerIdExamples
{
    // the first stage, its milestone and its question are called otherwise, and the third has gone into the fourth
    private static readonly Playbooks.Playbook Renamed = Examples.Playbook with
    {
        Stages =
        [
            Examples.Playbook.Stages[0] with
            {
                Id = S("discovery"),
                Was = [S("development")],
                Milestones = [.. Examples.Playbook.Stages[0].Milestones.Select(m => m.Id == M("project-information") ? m with { Id = M("project-known"), Was = [m.Id] } : m)],
                Gate = new Playbooks.Gate([M("project-known")], []),
                Questions = [.. Examples.Playbook.Stages[0].Questions.Select(q => q.Id == Q("why-change-now") ? q with { Id = Q("why-now"), Was = [q.Id] } : q)],
            },
            Examples.Playbook.Stages[1],
            Examples.Playbook.Stages[3] with { Was = [S("proposal")] },
            .. Examples.Playbook.Stages.Skip(4),
        ],
    };

    [Fact]
    public void An_opportunity_in_a_former_stage_stands_in_the_one_that_names_it()
    {
        var now = Renamed.Former.Now(Sale.Opened(stage: "proposal").State!);

        Assert.Equal((S("bidding"), S("bidding")), (now.Facts.Stage, now.Facts.StartedIn));
        Assert.Equal(3, Renamed.NumberOf(S("proposal")));
        Assert.Same(Renamed.Stages[2], Renamed.Stage(S("proposal")));
    }

    [Fact]
    public void A_reached_milestone_and_an_answered_question_keep_counting_under_their_new_names()
    {
        var before = Sale.Opened();
        before.Reports(null, answers: ["why-change-now"], milestones: ["project-information"]);

        var now = Renamed.Former.Now(before.State!);

        Assert.Equal(S("establishment"), now.Facts.Stage);
        Assert.Contains(M("project-known"), now.ReachedSet());
        Assert.True(Renamed.Stages[0].Gate.IsOpen(now.ReachedSet()));
        Assert.Equal("told", Questions.Of(now, Renamed).Single(q => q.Id == Q("why-now")).Answer?.Text);
    }

    [Fact]
    public void An_undo_after_the_new_playbook_restores_what_held_before_in_its_words()
    {
        var before = Sale.Opened();
        before.Reaches("project-information");
        var now = Renamed.Former.Now(before.State!);

        var undone = Fold(now, Decide(new OpportunityCommand.Undo(), now));

        Assert.Equal(S("discovery"), undone.Facts.Stage);
        Assert.Empty(undone.Facts.Reached);
    }

    [Fact]
    public void A_milestone_is_taken_back_by_its_new_name_and_by_the_one_on_an_old_card()
    {
        foreach (var name in (string[])["project-known", "project-information"])
        {
            var before = Sale.Opened();
            before.Reaches("project-information");
            var now = Renamed.Former.Now(before.State!);

            var after = Fold(now, Decide(Renamed.Former.Now(new OpportunityCommand.TakeBack(M(name), "not yet")), now));

            Assert.Equal(S("discovery"), after.Facts.Stage);
            Assert.Empty(after.Facts.Reached);
        }
    }

    [Fact]
    public void Folding_the_entries_in_new_names_comes_to_the_same_as_the_snapshot_in_new_names()
    {
        var sale = Sale.Opened();
        sale.Reports(null, answers: ["why-change-now", "what-it-costs-to-wait"], milestones: ["customer-profile", "project-information"]);
        sale.Does(new OpportunityCommand.ReopenQuestion(Q("why-change-now"), "not convinced"));
        sale.Does(new OpportunityCommand.AddQuestion(Q("own"), "How loud is it?", S("proposal"), BuyingRole.User));
        sale.Reaches("organisation-mapped", "project-established");
        sale.Does(new OpportunityCommand.TakeBack(M("project-information"), "wrong customer"));
        sale.Reaches("project-information");

        var folded = OpportunityDecider.Fold(sale.State!.Id, null, sale.Entries.Select(Renamed.Former.Now));

        Assert.Equal(ToJson(Renamed.Former.Now(sale.State!)), ToJson(folded));
    }

    [Fact]
    public void Two_milestones_that_became_one_hold_since_the_later_of_them()
    {
        var one = Examples.Playbook with
        {
            Stages = [Examples.Playbook.Stages[0] with { Milestones = [Examples.Playbook.Stages[0].Milestones[2] with { Was = [M("customer-profile"), M("customer-evaluated")] }] }, .. Examples.Playbook.Stages.Skip(1)],
        };
        var sale = Sale.Opened();
        sale.Reaches("customer-profile");
        sale.Now = sale.Now.AddDays(1);
        sale.Reaches("customer-evaluated");

        var now = one.Former.Now(sale.State!);

        var reached = Assert.Single(now.Facts.Reached);
        Assert.Equal((M("project-information"), new DateOnly(2026, 3, 3)), (reached.Key, reached.Value.On));
    }

    [Fact]
    public void A_playbook_that_calls_nothing_otherwise_leaves_a_record_untouched()
    {
        var state = Sale.Opened().State!;

        Assert.Same(state, Examples.Playbook.Former.Now(state));
    }

    [Fact]
    public void A_stage_that_is_unknown_has_no_number_and_a_check_in_there_is_refused_with_its_name()
    {
        var sale = Sale.Opened(stage: "proposal");
        sale.Playbook = Examples.Playbook with { Stages = [.. Examples.Playbook.Stages.Where(s => s.Id != S("proposal"))] };

        Assert.Null(sale.Playbook.NumberOf(S("proposal")));
        Assert.Throws<Playbooks.UnknownStageException>(() => sale.Playbook.Stage(S("proposal")));
        Assert.Equal(new Decision.Refused(new Refusal.StageNotInPlaybook(S("proposal"))), sale.Reaches("customer-profile"));
        Assert.Equal(new Decision.Refused(new Refusal.StageNotInPlaybook(S("proposal"))), sale.Does(new OpportunityCommand.Win(new DateOnly(2026, 3, 2), null)));
        Assert.IsType<Decision.Accepted>(sale.Does(new OpportunityCommand.Lose("price")));
    }

    [Fact]
    public void The_rep_and_then_the_manager_hear_of_silence_in_a_stage_that_the_playbook_does_not_know()
    {
        var sale = Sale.Opened(stage: "proposal");
        var outside = Examples.Playbook with { Stages = [.. Examples.Playbook.Stages.Where(s => s.Id != S("proposal"))] };
        var now = sale.Now.AddDays(30);

        var due = FollowUpPolicy.Plan(sale.State!, KnownCustomer.NotRead, outside, Ours, now).Due;

        Assert.Equal((CheckInMissedCause.Id, DeliveryKind.Reminder, (PersonId?)Rep), due.Select(d => (d.Cause, d.Kind, d.To)).Single());
        Assert.Contains(Steps(sale, outside), s => s.Kind == DeliveryKind.Nudge && s.To == Manager);
    }

    private static IEnumerable<DueStep> Steps(Sale sale, Playbooks.Playbook playbook)
    {
        sale.Playbook = playbook;
        for (var days = 1; days <= 40; days++)
        {
            sale.Now = sale.Now.AddDays(1);
            var due = FollowUpPolicy.Plan(sale.State!, KnownCustomer.NotRead, playbook, Ours, sale.Now).Due;
            if (due.Count > 0)
            {
                sale.Says(new OpportunityCommand.TakeFollowUpSteps(due), null);
            }

            foreach (var step in due)
            {
                yield return step;
            }
        }
    }

    private static Decision Decide(OpportunityCommand command, Opportunity state) =>
        OpportunityDecider.Decide(command, state, new CommandContext(new CommandId("after"), Rep, Monday.AddHours(1), new DateOnly(2026, 3, 2), "test"), Renamed);

    private static Opportunity Fold(Opportunity state, Decision decision) => OpportunityDecider.Fold(
        state.Id, state, Assert.IsType<Decision.Accepted>(decision).Events.Select((e, i) =>
            new OpportunityEntry(state.Version + 1 + i, new CommandId("after"), Rep, Monday.AddHours(1), "test", e)))!;
}
