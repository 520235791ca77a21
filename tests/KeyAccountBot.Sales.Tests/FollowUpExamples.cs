using System.Globalization;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

public sealed class FollowUpExamples
{
    private static readonly DateTimeOffset CheckInDue = Utc(2026, 3, 16, 8);

    private static (PersonId?, DateTimeOffset)[] CheckIns(IEnumerable<Told> told) =>
        [.. told.Where(t => t.Cause == CheckInMissedCause.Id).Select(t => (t.To, t.At))];

    /// <summary>The playbook with another policy under a name.</summary>
    private static Playbooks.Playbook With(string name, Playbooks.EscalationPolicy policy) => Examples.Playbook with
    {
        FollowUps = Examples.Playbook.FollowUps with { Policies = new Dictionary<string, Playbooks.EscalationPolicy>(Examples.Playbook.FollowUps.Policies) { [name] = policy } },
    };

    [Fact]
    public void A_check_in_is_due_after_its_business_days_when_work_begins_where_the_rep_is()
    {
        Assert.Equal(CheckInDue, Sale.Opened().Plan().NextAttention);
        Assert.Equal(Utc(2026, 3, 16, 1), Sale.Opened(company: new Company(Staff("Asia/Shanghai"))).Plan().NextAttention);
    }

    [Fact]
    public void Silence_reaches_the_rep_then_the_manager_then_the_director()
    {
        var told = CheckIns(Sale.Opened().FollowUpUntil(Utc(2026, 4, 10)));
        Assert.Equal([(Rep, CheckInDue), (Manager, Utc(2026, 3, 18, 8)), (Director, Utc(2026, 3, 20, 8))], told);
    }

    [Theory]
    [InlineData(499_999, false)]
    [InlineData(500_000, true)]
    public void The_executive_hears_only_of_large_amounts(int amount, bool hears)
    {
        var told = CheckIns(Sale.Opened(amount).FollowUpUntil(Utc(2026, 4, 10)));
        Assert.Equal(hears, told.Contains((Executive, Utc(2026, 3, 24, 8))));
    }

    [Fact]
    public void No_wait_is_skipped_for_what_was_imported_long_overdue()
    {
        var sale = Sale.Opened(entered: Utc(2024, 1, 1));
        var told = sale.FollowUpUntil(Utc(2026, 3, 13)).Where(t => t.Cause == StageOverdueCause.Id).Select(t => (t.To, t.At));
        Assert.Equal([(Rep, Monday), (Manager, Utc(2026, 3, 4, 8)), (Director, Utc(2026, 3, 6, 8))], told);
    }

    [Theory]
    [InlineData(FollowUpAnswer.AskTheRep, 19)]
    [InlineData(FollowUpAnswer.TakeIt, 25)]
    public void An_answer_quiets_the_chain_for_its_time(FollowUpAnswer answer, int quietUntil)
    {
        var sale = Sale.Opened();
        sale.FollowUpUntil(Utc(2026, 3, 18, 8));
        sale.Answers(CheckInMissedCause.Id, answer, Manager);
        Assert.Equal(Utc(2026, 3, quietUntil, 8), sale.State!.FollowUps[^1].QuietUntil);
        var told = Assert.Single(CheckIns(sale.FollowUpUntil(Utc(2026, 4, 10))));
        Assert.Equal((Director, Utc(2026, 3, Math.Max(quietUntil, 20), 8)), told);
    }

    [Theory]
    [InlineData(FollowUpAnswer.TakeIt)]
    [InlineData(FollowUpAnswer.Snooze)]
    [InlineData(FollowUpAnswer.AskTheRep)]
    [InlineData(FollowUpAnswer.NotAnIssue)]
    [InlineData(FollowUpAnswer.Reassign)]
    public void The_same_answer_again_within_moments_is_no_event_and_tells_nobody(FollowUpAnswer answer)
    {
        var sale = Sale.Opened();
        sale.FollowUpUntil(Utc(2026, 3, 18, 8));
        Answer();
        var before = ToJson(sale.State);
        sale.Now = sale.Now.AddMilliseconds(80);

        Assert.Empty(Assert.IsType<Decision.Accepted>(Answer()).Events);
        Assert.Empty(sale.LastDeliveries);
        Assert.Equal(before, ToJson(sale.State));

        Decision Answer() => sale.Answers(CheckInMissedCause.Id, answer, Manager, to: answer == FollowUpAnswer.Reassign ? OtherRep : null);
    }

    [Fact]
    public void The_same_reply_again_is_told_once_and_to_a_new_question_it_is_told_again()
    {
        var sale = Sale.Opened();
        sale.FollowUpUntil(Utc(2026, 3, 18, 8));
        sale.Answers(CheckInMissedCause.Id, FollowUpAnswer.AskTheRep, Manager, "the budget?");
        Assert.Equal([1, 0, 1], new[] { "On Friday", "On Friday ", "On Monday" }.Select(Replies));
        sale.Answers(CheckInMissedCause.Id, FollowUpAnswer.AskTheRep, Manager, "the board?");
        Assert.Equal(1, Replies("On Monday"));

        int Replies(string words) =>
            Assert.IsType<Decision.Accepted>(sale.Does(new OpportunityCommand.ReplyToFollowUp(sale.ChainOf(CheckInMissedCause.Id).Key, words))).Events.Count;
    }

    [Fact]
    public void The_owners_same_snooze_again_is_not_counted_twice()
    {
        var sale = Sale.Opened();
        sale.FollowUpUntil(Utc(2026, 3, 17, 8));
        for (var press = 0; press <= Examples.Playbook.FollowUps.Owner.Snoozes; press++)
        {
            Assert.IsType<Decision.Accepted>(sale.AnswersUntil(CheckInMissedCause.Id, FollowUpAnswer.Snooze, Utc(2026, 3, 18, 8), Rep));
        }

        Assert.Equal(1, sale.ChainOf(CheckInMissedCause.Id).OwnersSnoozes);
    }

    [Fact]
    public void What_somebody_else_said_in_between_another_day_or_another_reason_makes_it_a_new_answer()
    {
        var sale = Sale.Opened();
        sale.FollowUpUntil(Utc(2026, 3, 18, 8));
        Assert.Single(Events(FollowUpAnswer.Snooze, Utc(2026, 3, 20, 8), Manager));
        Assert.Single(Events(FollowUpAnswer.Snooze, Utc(2026, 3, 21, 8), Manager));
        Assert.Single(Events(FollowUpAnswer.AskTheRep, Utc(2026, 3, 21, 8), Manager, "the budget?"));
        Assert.Single(Events(FollowUpAnswer.AskTheRep, Utc(2026, 3, 21, 8), Manager, "the board?"));
        Assert.Single(Events(FollowUpAnswer.TakeIt, Utc(2026, 3, 21, 8), Director));
        Assert.Empty(Events(FollowUpAnswer.TakeIt, Utc(2026, 3, 21, 8), Director));

        IReadOnlyList<OpportunityEvent> Events(FollowUpAnswer answer, DateTimeOffset until, PersonId by, string? note = null) =>
            Assert.IsType<Decision.Accepted>(sale.AnswersUntil(CheckInMissedCause.Id, answer, until, by, note)).Events;
    }

    [Theory]
    [InlineData(6)] // a Friday
    [InlineData(7)]
    public void Until_a_day_it_is_quiet_until_work_begins_on_that_day_and_on_no_other(int day)
    {
        var calendar = FollowUpPolicy.CalendarOf(Ours.Find(Manager), Examples.Playbook.FollowUps);
        var quiet = FollowUpPolicy.QuietUntil(new DateOnly(2026, 3, day), calendar);
        Assert.Equal((Utc(2026, 3, day, 8), new DateOnly(2026, 3, day)), (quiet, calendar.DateAt(quiet)));
    }

    [Fact]
    public void Not_an_issue_ends_the_chain()
    {
        var sale = Sale.Opened();
        sale.FollowUpUntil(Utc(2026, 3, 18, 8));
        sale.Answers(CheckInMissedCause.Id, FollowUpAnswer.NotAnIssue, Manager);
        Assert.Empty(CheckIns(sale.FollowUpUntil(Utc(2026, 4, 10))));
        Assert.Equal(
            new Decision.Refused(new Refusal.AnsweredAlready(Manager, FollowUpAnswer.NotAnIssue, null)),
            sale.Answers(CheckInMissedCause.Id, FollowUpAnswer.TakeIt, Director));
        Assert.Equal(new Decision.Refused(new Refusal.NothingToAnswer()), sale.Answers(CheckInMissedCause.Id, FollowUpAnswer.TakeIt, Manager));
    }

    [Fact]
    public void A_check_in_ends_the_chain_and_the_next_lapse_begins_with_the_rep()
    {
        var sale = Sale.Opened();
        sale.FollowUpUntil(Utc(2026, 3, 18, 8));
        sale.Reaches();
        Assert.Equal([(Rep, Utc(2026, 4, 1, 7))], CheckIns(sale.FollowUpUntil(Utc(2026, 4, 2))));
    }

    [Fact]
    public void Progress_in_milestones_quiets_an_overdue_stage()
    {
        var sale = Sale.Opened();
        sale.Now = Utc(2026, 4, 10, 7);
        sale.Reaches("customer-profile");
        sale.FollowUpUntil(Utc(2026, 5, 1));
        Assert.Equal(Utc(2026, 4, 24, 7), sale.ChainOf(StageOverdueCause.Id).Steps[0].At);
    }

    [Fact]
    public void A_promised_step_is_asked_for_on_the_business_day_after_it()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.CheckIn([], new NextStep("demo", new DateOnly(2026, 3, 6))));
        var told = sale.FollowUpUntil(Utc(2026, 3, 10));
        Assert.Equal((NextStepPassedCause.Id, Rep, Utc(2026, 3, 9, 8)), Assert.Single(told.Select(t => (t.Cause, t.To!.Value, t.At))));
    }

    [Fact]
    public void Lost_has_no_follow_ups()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.Lose("gone"));
        sale.Now = Utc(2026, 6, 1, 8);
        var plan = sale.Plan();
        Assert.Empty(plan.Due);
        Assert.Null(plan.NextAttention);
    }

    [Fact]
    public void Nobody_is_told_outside_their_working_hours()
    {
        var company = new Company(Staff(managersZone: "America/New_York"));
        var sale = Sale.Opened(company: company);
        // summer time has begun in New York and not yet in Berlin: nine there is thirteen UTC
        Assert.Equal((Manager, Utc(2026, 3, 18, 13)), CheckIns(sale.FollowUpUntil(Utc(2026, 3, 19)))[1]);

        var late = Sale.Opened();
        late.Now = Utc(2026, 3, 20, 20);
        Assert.Empty(late.Plan().Due);
        Assert.Equal(Utc(2026, 3, 23, 8), late.Plan().NextAttention);
    }

    [Fact]
    public void Missing_roles_reach_the_administrator_once()
    {
        var company = new Company(Staff().Where(p => p.Role is Role.Rep or Role.Administrator));
        var told = CheckIns(Sale.Opened(1_000_000, company: company).FollowUpUntil(Utc(2026, 4, 10)));
        Assert.Equal([(Rep, CheckInDue), (Administrator, Utc(2026, 3, 18, 8))], told);
    }

    [Fact]
    public void With_no_reader_at_all_the_chain_still_runs_out()
    {
        var told = CheckIns(Sale.Opened(company: Company.Empty).FollowUpUntil(Utc(2026, 4, 10)));
        Assert.Equal([null, null, null], told.Select(t => t.Item1));
    }

    [Fact]
    public void The_first_step_waits_too_where_the_playbook_says_so()
    {
        var standard = Examples.Playbook.FollowUps.Policies["standard"];
        var patient = With("standard", standard with { Steps = [standard.Steps[0] with { After = new BusinessSpan(1) }, .. standard.Steps.Skip(1)] });
        var plan = FollowUpPolicy.Plan(Sale.Opened().State!, KnownCustomer.NotRead, patient, Ours, Monday);
        Assert.Equal(Utc(2026, 3, 17, 8), plan.NextAttention);
    }

    [Fact]
    public void A_step_planned_before_somebody_answered_or_closed_it_is_not_taken()
    {
        var answered = Sale.Opened();
        answered.FollowUpUntil(Utc(2026, 3, 17));
        answered.Now = Utc(2026, 3, 18, 8);
        var due = answered.Plan().Due;
        Assert.Equal(Manager, Assert.Single(due).To);
        answered.Answers(CheckInMissedCause.Id, FollowUpAnswer.TakeIt, Director);
        Assert.Empty(Assert.IsType<Decision.Accepted>(answered.Says(new OpportunityCommand.TakeFollowUpSteps(due), null)).Events);

        var lost = Sale.Opened();
        lost.Now = CheckInDue;
        due = lost.Plan().Due;
        Assert.Single(due);
        lost.Does(new OpportunityCommand.Lose("gone"));
        Assert.Empty(Assert.IsType<Decision.Accepted>(lost.Says(new OpportunityCommand.TakeFollowUpSteps(due), null)).Events);
    }

    [Fact]
    public void A_chain_that_still_runs_is_never_forgotten_for_newer_ones_of_another_cause()
    {
        var sale = Sale.Opened(entered: Utc(2024, 1, 1));
        sale.FollowUpUntil(Utc(2026, 3, 3));
        sale.Answers(StageOverdueCause.Id, FollowUpAnswer.NotAnIssue, Manager);
        for (var lapse = 0; lapse < 15; lapse++)
        {
            sale.Does(new OpportunityCommand.CheckIn([], new NextStep($"call number {lapse}", DateOnly.FromDateTime(sale.Now.UtcDateTime.AddDays(90)))));
            var told = sale.FollowUpUntil(sale.Now.AddDays(21));
            Assert.DoesNotContain(told, t => t.Cause == StageOverdueCause.Id);
            Assert.Contains(told, t => t.Cause == CheckInMissedCause.Id);
        }

        Assert.Equal(12, sale.State!.FollowUps.Count);
    }

    [Fact]
    public void A_chain_has_one_key_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // the Buddhist calendar, where this is the year 2569
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("th-TH");
            Assert.Equal("CheckInMissed@20260316T080000Z", FollowUpChain.KeyOf(CheckInMissedCause.Id, CheckInDue));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
