using System.Text.Json;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

/// <summary>What an owner may do so that nobody hears of a stuck deal: nothing.</summary>
public sealed class HidingExamples
{
    private static readonly DateTimeOffset FarAway = Utc(2027, 11, 20, 8);

    private static Sale Reminded(decimal amount = 100_000)
    {
        var sale = Sale.Opened(amount);
        sale.FollowUpUntil(Utc(2026, 3, 16, 9));
        return sale;
    }

    private static (PersonId?, DateTimeOffset)[] CheckIns(IEnumerable<Told> told) => [.. told.Where(t => t.Cause == CheckInMissedCause.Id).Select(t => (t.To, t.At))];

    [Theory]
    [InlineData(FollowUpAnswer.Snooze)]
    [InlineData(FollowUpAnswer.TakeIt)]
    [InlineData(FollowUpAnswer.AskTheRep)]
    [InlineData(FollowUpAnswer.Reassign)]
    [InlineData(FollowUpAnswer.NotAnIssue)]
    public void Whatever_the_owner_answers_the_steps_above_them_go_on_as_if_nothing_had_been_said(FollowUpAnswer answer)
    {
        var sale = Reminded();
        sale.AnswersUntil(CheckInMissedCause.Id, answer, answer == FollowUpAnswer.NotAnIssue ? null : FarAway, Rep, "they are on holiday", OtherRep);
        Assert.Equal([(Manager, Utc(2026, 3, 18, 8)), (Director, Utc(2026, 3, 20, 8))], CheckIns(sale.FollowUpUntil(Utc(2026, 4, 10))));
    }

    [Fact]
    public void What_was_due_to_be_sent_above_the_owner_still_holds_after_the_owners_snooze()
    {
        var sale = Reminded();
        var reminder = Assert.Single(sale.LastDeliveries);
        sale.FollowUpUntil(Utc(2026, 3, 18, 8));
        var nudge = Assert.Single(sale.LastDeliveries);
        sale.AnswersUntil(CheckInMissedCause.Id, FollowUpAnswer.Snooze, FarAway, Rep);
        bool Holds(Delivery delivery) => DeliveryStanding.Holds(delivery, sale.State!, KnownCustomer.NotRead, sale.Playbook, Ours, sale.Now);
        Assert.Equal((false, true), (Holds(reminder), Holds(nudge)));
    }

    [Fact]
    public void An_owner_who_takes_one_cause_keeps_no_other_cause_from_the_manager()
    {
        var sale = Sale.Opened(entered: Utc(2026, 2, 4));
        sale.FollowUpUntil(Utc(2026, 3, 16, 9));
        sale.AnswersUntil(CheckInMissedCause.Id, FollowUpAnswer.TakeIt, FarAway, Rep);
        Assert.Contains(sale.FollowUpUntil(Utc(2026, 3, 27)), t => t.Cause == StageOverdueCause.Id && t.To == Manager);
    }

    [Fact]
    public void Reminders_that_fall_into_the_owners_quiet_are_held_back_and_the_managers_moment_stays()
    {
        var settings = Examples.Playbook.FollowUps;
        FollowUpStep[] steps =
        [
            new(StepReader.Read("rep")!, default, Times: 3, Every: new BusinessSpan(1)), new(StepReader.Read("manager")!, new BusinessSpan(1)),
        ];
        var sale = new Sale
        {
            Playbook = Examples.Playbook with { FollowUps = settings with { Policies = new Dictionary<string, EscalationPolicy>(settings.Policies) { ["standard"] = new(steps) } } },
        };
        sale.Does(Opening());
        sale.FollowUpUntil(Utc(2026, 3, 16, 9));
        sale.AnswersUntil(CheckInMissedCause.Id, FollowUpAnswer.Snooze, Utc(2026, 3, 20, 8), Rep);
        Assert.Equal([(Manager, Utc(2026, 3, 19, 8))], CheckIns(sale.FollowUpUntil(Utc(2026, 4, 10))));
        Assert.Equal(
            [null, HeldBackReason.Quieted, HeldBackReason.Quieted, null], sale.ChainOf(CheckInMissedCause.Id).Steps.Select(s => s.HeldBack?.Reason));
    }

    [Fact]
    public void A_managers_snooze_quiets_up_to_their_own_step_and_not_the_directors()
    {
        var sale = Sale.Opened();
        sale.FollowUpUntil(Utc(2026, 3, 18, 8));
        sale.AnswersUntil(CheckInMissedCause.Id, FollowUpAnswer.Snooze, Utc(2026, 3, 30, 8), Manager);
        Assert.Equal([(Director, Utc(2026, 3, 20, 8))], CheckIns(sale.FollowUpUntil(Utc(2026, 4, 10))));
    }

    [Fact]
    public void Where_nobody_above_is_left_a_snooze_puts_the_step_off_as_it_always_did()
    {
        var sale = Reminded();
        sale.AnswersUntil(CheckInMissedCause.Id, FollowUpAnswer.Snooze, Utc(2026, 3, 25, 8), Director);
        Assert.Equal([(Manager, Utc(2026, 3, 25, 8)), (Director, Utc(2026, 3, 27, 8))], CheckIns(sale.FollowUpUntil(Utc(2026, 4, 10))));
    }

    [Fact]
    public void The_manager_and_the_director_may_each_snooze_and_the_owners_word_is_in_nobodys_way()
    {
        var sale = Sale.Opened();
        sale.FollowUpUntil(Utc(2026, 3, 20, 8));
        foreach (var by in new[] { Rep, Manager, Director })
        {
            Assert.IsType<Decision.Accepted>(sale.Answers(CheckInMissedCause.Id, FollowUpAnswer.Snooze, by));
        }

        Assert.IsType<Decision.Accepted>(sale.Answers(CheckInMissedCause.Id, FollowUpAnswer.TakeIt, Manager));
        Assert.Equal(3, sale.ChainOf(CheckInMissedCause.Id).Answers.Count);
    }

    [Fact]
    public void An_owner_snoozes_one_cause_twice_and_no_more()
    {
        var sale = Reminded();
        sale.Answers(CheckInMissedCause.Id, FollowUpAnswer.Snooze, Rep);
        sale.Now = sale.Now.AddDays(1);
        sale.Answers(CheckInMissedCause.Id, FollowUpAnswer.Snooze, Rep);
        sale.Now = sale.Now.AddDays(1);
        Assert.Equal(new Decision.Refused(new Refusal.SnoozedOften(2)), sale.Answers(CheckInMissedCause.Id, FollowUpAnswer.Snooze, Rep));
    }

    [Fact]
    public void Who_stands_in_for_the_owner_speaks_for_the_owner_and_no_longer_once_the_owner_is_back()
    {
        var away = Staff().Select(p => p.Id == Rep ? p with { Away = new Absence(new(2026, 3, 16), new(2026, 3, 17), OtherRep) } : p);
        var sale = Sale.Opened(company: new Company(away));
        sale.FollowUpUntil(Utc(2026, 3, 16, 9));
        Assert.Equal(OtherRep, sale.ChainOf(CheckInMissedCause.Id).Steps[^1].To);
        AnswerAuthority? Authority(PersonId who) =>
            AnswerAuthority.Of(who, sale.State!, sale.ChainOf(CheckInMissedCause.Id).Key, Examples.Playbook, sale.Company.AsOf(sale.Now));
        Assert.Equal(AnswerAuthority.Owners, Authority(OtherRep));
        sale.AnswersUntil(CheckInMissedCause.Id, FollowUpAnswer.TakeIt, FarAway, OtherRep);
        Assert.Equal((Manager, Utc(2026, 3, 18, 8)), CheckIns(sale.FollowUpUntil(Utc(2026, 3, 19)))[0]);
        Assert.Null(Authority(OtherRep));
        Assert.Equal([(false, Role.Manager), (false, Role.Director)], new[] { Manager, Director }.Select(p => (Authority(p)!.IsOwners, Authority(p)!.Reach)));
        Assert.Null(Authority(new PersonId("stranger")));
    }

    [Fact]
    public void A_deal_hidden_before_the_rule_was_there_comes_to_light_when_its_record_is_read_or_folded()
    {
        // as it was kept then: one answer a chain, no matter who gave it
        var sale = Reminded();
        var chain = sale.ChainOf(CheckInMissedCause.Id);
        var kept = sale.State! with { FollowUps = [chain with { Answer = FollowUpAnswer.Snooze, AnsweredBy = Rep, QuietUntil = FarAway }] };
        var read = JsonSerializer.Deserialize<Opportunity>(ToJson(kept), Json)!;
        var plan = FollowUpPolicy.Plan(read, KnownCustomer.NotRead, Examples.Playbook, Ours, Utc(2026, 3, 18, 8));
        Assert.Equal(Manager, Assert.Single(plan.Due).To);

        var old = JsonSerializer.Deserialize<OpportunityEvent>(
            $$"""{"event":"follow-up-answered","chain":"{{chain.Key}}","answer":"Snooze","quietUntil":"2027-11-20T08:00:00+00:00"}""", Json)!;
        var folded = OpportunityDecider.Evolve(sale.State!.Id, sale.State, new OpportunityEntry(9, new CommandId("x"), Rep, sale.Now, "slack", old));
        Assert.Equal(Manager, Assert.Single(FollowUpPolicy.Plan(folded, KnownCustomer.NotRead, Examples.Playbook, Ours, Utc(2026, 3, 18, 8)).Due).To);

        // what those above said then counts as it did
        var byManager = OpportunityDecider.Evolve(sale.State.Id, sale.State, new OpportunityEntry(9, new CommandId("x"), Manager, sale.Now, "slack", old));
        Assert.Empty(FollowUpPolicy.Plan(byManager, KnownCustomer.NotRead, Examples.Playbook, Ours, Utc(2026, 3, 18, 8)).Due);
    }

    [Fact]
    public void Longer_quiet_is_asked_of_who_leads_the_owner_and_what_they_allow_holds_up_to_their_own_step()
    {
        var sale = Reminded();
        var (chain, until) = (sale.ChainOf(CheckInMissedCause.Id).Key, Utc(2026, 3, 27, 8));
        sale.Does(new OpportunityCommand.AskForTime(chain, until, Manager));
        Assert.Equal((DeliveryKind.TimeAsked, Manager, (DateTimeOffset?)until), Assert.Single(sale.LastDeliveries.Select(d => (d.Kind, d.To, d.Since))));
        Assert.Empty(Assert.IsType<Decision.Accepted>(sale.Does(new OpportunityCommand.AskForTime(chain, until, Manager))).Events);
        Assert.IsType<Decision.Refused>(sale.Does(new OpportunityCommand.AnswerAskedTime(chain, true, Role.Manager), Rep));

        sale.Does(new OpportunityCommand.AnswerAskedTime(chain, true, Role.Manager), Manager);
        Assert.Equal((DeliveryKind.TimeAllowed, Rep), Assert.Single(sale.LastDeliveries.Select(d => (d.Kind, d.To))));
        Assert.Equal([(Director, Utc(2026, 3, 20, 8))], CheckIns(sale.FollowUpUntil(Utc(2026, 4, 10))));
    }

    [Fact]
    public void A_request_for_more_time_that_is_refused_changes_nothing_and_the_owner_hears()
    {
        var sale = Reminded();
        var chain = sale.ChainOf(CheckInMissedCause.Id).Key;
        sale.Does(new OpportunityCommand.AskForTime(chain, Utc(2026, 3, 27, 8), Manager));
        sale.Does(new OpportunityCommand.AnswerAskedTime(chain, false, Role.Manager), Manager);
        Assert.Equal((DeliveryKind.TimeRefused, Rep), Assert.Single(sale.LastDeliveries.Select(d => (d.Kind, d.To))));
        Assert.Equal((Manager, Utc(2026, 3, 18, 8)), CheckIns(sale.FollowUpUntil(Utc(2026, 3, 19)))[0]);
    }

    [Fact]
    public void On_hold_needs_a_reason_and_a_day_that_is_to_come_and_not_too_far_away()
    {
        var sale = Sale.Opened();
        Assert.Equal(new Decision.Refused(new Refusal.NothingSaid()), sale.Does(new OpportunityCommand.Hold(" ")));
        foreach (var day in new[] { sale.Today, sale.Today.AddDays(91), new DateOnly(2127, 3, 15) })
        {
            Assert.Equal(new Decision.Refused(new Refusal.HoldOutside(new DateOnly(2026, 5, 31))), sale.Does(new OpportunityCommand.Hold("frozen", day)));
        }
    }

    [Fact]
    public void The_manager_hears_that_it_is_on_hold_and_when_the_day_comes_the_rep_the_manager_and_the_director_do()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.Hold("frozen", new DateOnly(2026, 4, 1)));
        Assert.Equal((DeliveryKind.Held, Manager, "frozen"), Assert.Single(sale.LastDeliveries.Select(d => (d.Kind, d.To, d.Note))));
        var told = sale.FollowUpUntil(Utc(2026, 4, 20)).Select(t => (t.Cause, t.To, t.At));
        Assert.Equal(
            [
                (HoldOverCause.Id, (PersonId?)Rep, Utc(2026, 4, 1, 7)), (HoldOverCause.Id, Manager, Utc(2026, 4, 3, 7)),
                (HoldOverCause.Id, Director, Utc(2026, 4, 7, 7)),
            ],
            told);
    }

    [Fact]
    public void Another_day_ends_it_for_then_and_is_told_and_counted_and_so_does_reopening_or_losing_it()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.Hold("frozen", new DateOnly(2026, 4, 1)));
        sale.FollowUpUntil(Utc(2026, 4, 1, 9));
        sale.Does(new OpportunityCommand.Hold("still frozen", new DateOnly(2026, 4, 15)));
        Assert.Equal((DeliveryKind.Held, Manager), Assert.Single(sale.LastDeliveries.Select(d => (d.Kind, d.To))));
        Assert.Equal((1, Monday), (sale.Facts.HoldsProlonged, sale.Facts.HeldSince));
        Assert.Equal((Rep, Utc(2026, 4, 15, 7)), Assert.Single(sale.FollowUpUntil(Utc(2026, 4, 16)).Select(t => (t.To!.Value, t.At))));

        sale.Does(new OpportunityCommand.Reopen("thawed"));
        Assert.DoesNotContain(sale.FollowUpUntil(Utc(2026, 4, 17)), t => t.Cause == HoldOverCause.Id);
        Assert.Equal((null, null, 0), (sale.Facts.HeldSince, sale.Facts.HeldUntil, sale.Facts.HoldsProlonged));
    }

    [Fact]
    public void What_was_put_on_hold_before_a_day_was_asked_for_is_looked_at_again_when_the_limit_has_passed()
    {
        var sale = Sale.Opened();
        sale.FollowUpUntil(Utc(2026, 3, 4, 8));
        var old = JsonSerializer.Deserialize<OpportunityEvent>("""{"event":"put-on-hold","reason":"frozen"}""", Json)!;
        var held = OpportunityDecider.Evolve(sale.State!.Id, sale.State, new OpportunityEntry(2, new CommandId("x"), Rep, Utc(2026, 3, 4, 8), "msteams", old));
        Assert.Equal(Utc(2026, 6, 2, 7), FollowUpPolicy.Plan(held, KnownCustomer.NotRead, Examples.Playbook, Ours, Monday).NextAttention);

        var imported = new Sale();
        imported.Does(Opening(status: OpportunityStatus.OnHold));
        Assert.Equal(Utc(2026, 6, 1, 7), imported.Plan().NextAttention);
    }

    [Fact]
    public void Three_check_ins_in_a_row_with_nothing_reached_and_no_new_step_are_a_cause_and_a_fourth_does_not_move_it()
    {
        var sale = Sale.Opened();
        foreach (var (day, next) in new (int, string?)[] { (2, "call them"), (3, null), (4, "Call them!"), (5, "call  them") })
        {
            sale.Now = Utc(2026, 3, day, 8);
            sale.Does(new OpportunityCommand.CheckIn([], next is null ? null : new NextStep(next, new DateOnly(2026, 3, day + 20))));
        }

        Assert.Equal((NotMovingCause.Id, Rep, Utc(2026, 3, 6, 8)), Assert.Single(sale.FollowUpUntil(Utc(2026, 3, 6, 9)).Select(t => (t.Cause, t.To!.Value, t.At))));
        sale.Reaches();
        Assert.Equal([(Manager, Utc(2026, 3, 10, 8))], sale.FollowUpUntil(Utc(2026, 3, 10, 9)).Select(t => (t.To!.Value, t.At)));
        sale.Reaches("customer-profile");
        Assert.DoesNotContain(sale.FollowUpUntil(Utc(2026, 3, 20)), t => t.Cause == NotMovingCause.Id);
    }

    [Fact]
    public void A_new_step_or_an_answered_question_breaks_the_row()
    {
        var sale = Sale.Opened();
        sale.Reaches();
        sale.Reaches();
        sale.Does(new OpportunityCommand.CheckIn([], new NextStep("a demo", new DateOnly(2026, 4, 1))));
        sale.Reaches();
        sale.Reports(null, answers: ["why-change-now"]);
        sale.Reaches();
        sale.Reaches();
        Assert.Null(sale.Facts.Talk.InARow(3));
        sale.Reports(null);
        Assert.NotNull(sale.Facts.Talk.InARow(3));
    }

    [Fact]
    public void Empty_check_ins_do_not_move_an_overdue_stage()
    {
        var sale = Sale.Opened(entered: Utc(2026, 1, 19));
        var due = sale.FollowUpUntil(Utc(2026, 3, 2, 9)).Single(t => t.Cause == StageOverdueCause.Id);
        for (var week = 0; week < 3; week++)
        {
            sale.Reaches();
            sale.FollowUpUntil(sale.Now.AddDays(3));
        }

        var chain = sale.ChainOf(StageOverdueCause.Id);
        Assert.Equal(due.Chain, chain.Key);
        Assert.Equal([Rep, Manager, Director], chain.Steps.Select(s => s.To!.Value));
    }
}
