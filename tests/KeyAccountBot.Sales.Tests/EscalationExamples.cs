using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

public sealed class EscalationExamples
{
    /// <summary>The shipped playbook, and one cause followed up by these steps.</summary>
    private static Playbook With(FollowUpCause cause, params FollowUpStep[] steps)
    {
        var settings = Examples.Playbook.FollowUps;
        return Examples.Playbook with
        {
            FollowUps = settings with
            {
                Policies = new Dictionary<string, EscalationPolicy>(settings.Policies) { ["own"] = new(steps) },
                Causes = new Dictionary<FollowUpCause, IReadOnlyList<AmountBand>> { [cause] = [new AmountBand(0, "own")] },
            },
        };
    }

    private static Sale Silent(params FollowUpStep[] steps)
    {
        var sale = new Sale { Playbook = With(CheckInMissedCause.Id, steps) };
        sale.Does(Opening());
        return sale;
    }

    private static FollowUpStep Step(string to, string after = "0d") => new(StepReader.Read(to)!, Span(after));

    private static BusinessSpan Span(string text) => BusinessSpan.TryParse(text, out var span) ? span : throw new FormatException(text);

    private static (PersonId?, DateTimeOffset)[] Told(IEnumerable<Told> told) => [.. told.Select(t => (t.To, t.At))];

    [Fact]
    public void A_step_tells_several_times_before_the_next_one()
    {
        var told = Silent(Step("rep") with { Times = 3, Every = Span("1d") }, Step("manager", "4h")).FollowUpUntil(Utc(2026, 4, 1));
        Assert.Equal(
            [(Rep, Utc(2026, 3, 16, 8)), (Rep, Utc(2026, 3, 17, 8)), (Rep, Utc(2026, 3, 18, 8)), (Manager, Utc(2026, 3, 18, 12))], Told(told));
    }

    [Fact]
    public void Hours_pass_only_while_people_work()
    {
        var sale = Silent(Step("rep"), Step("manager", "6h"));
        sale.Now = Utc(2026, 3, 20, 14);
        Assert.Equal([(Rep, Utc(2026, 3, 20, 14)), (Manager, Utc(2026, 3, 23, 11))], Told(sale.FollowUpUntil(Utc(2026, 4, 1))));
    }

    [Fact]
    public void An_urgent_step_does_not_wait_for_the_morning()
    {
        var sale = Silent(Step("rep") with { Urgent = true });
        sale.Now = Utc(2026, 3, 21, 23);
        Assert.True(Assert.Single(sale.Plan().Due).Urgent);
    }

    [Fact]
    public void An_answer_does_not_move_a_deadline_where_the_step_says_so()
    {
        var until = Silent(Step("rep"), Step("manager", "1d") with { Until = StepEnd.Cause });
        until.FollowUpUntil(Utc(2026, 3, 16, 9));
        until.Answers(CheckInMissedCause.Id, FollowUpAnswer.Snooze, Rep);
        Assert.Equal([(Manager, Utc(2026, 3, 17, 8))], Told(until.FollowUpUntil(Utc(2026, 4, 1))));
    }

    [Fact]
    public void A_named_person_and_a_room_can_be_told()
    {
        var company = new Company([.. Staff(), new(new PersonId("lee"), "Lee", Role.Manager, Email: "lee@ours.example")]);
        var sale = Silent(Step("person:lee@ours.example"), Step("slack:C0123", "1d"));
        sale.Company = company;
        sale.FollowUpUntil(Utc(2026, 3, 16, 9));
        Assert.Equal(new PersonId("lee"), Assert.Single(sale.LastDeliveries).To);
        sale.FollowUpUntil(Utc(2026, 3, 18));
        var room = Assert.Single(sale.LastDeliveries);
        Assert.Equal((new Room(Channel.Slack, "C0123"), DeliveryKind.Alert, Rep), (room.Room, room.Kind, room.To));
        Assert.Equal("CheckInMissed@20260316T080000Z~0", room.After);
    }

    [Fact]
    public void The_amount_chooses_the_policy()
    {
        var settings = Examples.Playbook.FollowUps;
        Assert.Equal("standard", settings.PolicyFor(GateStuckCause.Id, 499_999));
        Assert.Equal("large", settings.PolicyFor(GateStuckCause.Id, 500_000));
        Assert.Equal(["rep", "manager", "director", "executive"], settings.StepsFor(GateStuckCause.Id, 500_000).Select(s => s.To.ToString()));
        Assert.Empty((settings with { Causes = new Dictionary<FollowUpCause, IReadOnlyList<AmountBand>>() }).StepsFor(GateStuckCause.Id, 1));
    }

    [Fact]
    public void Two_causes_at_one_moment_are_one_message_and_the_other_is_shown_as_held_back()
    {
        var sale = Sale.Opened(entered: Utc(2026, 1, 1));
        sale.Now = Utc(2026, 3, 16, 8);
        var due = sale.Plan().Due;
        Assert.Equal([(CheckInMissedCause.Id, false), (StageOverdueCause.Id, true)], due.Select(d => (d.Cause, d.HeldBack is not null)));
        Assert.Equal(new HeldBack(HeldBackReason.ToldTogether, due[0].Chain), due[1].HeldBack);
        sale.Says(new OpportunityCommand.TakeFollowUpSteps(due), null);
        var delivery = Assert.Single(sale.LastDeliveries);
        Assert.Equal(2, DeliveryStanding.Standing(delivery, sale.State!, KnownCustomer.NotRead, sale.Playbook, Ours, sale.Now).Count);

        sale.Answers(CheckInMissedCause.Id, FollowUpAnswer.NotAnIssue, Manager);
        Assert.All(sale.State!.FollowUps, c => Assert.True(c.IsOver));
        Assert.False(DeliveryStanding.Holds(delivery, sale.State!, KnownCustomer.NotRead, sale.Playbook, Ours, sale.Now));
    }

    [Fact]
    public void Whoever_takes_one_cause_looks_after_the_opportunity_and_only_the_rep_hears_of_another_meanwhile()
    {
        // the stage is overdue two days after the check-in was missed
        var sale = Sale.Opened(entered: Utc(2026, 2, 4));
        sale.FollowUpUntil(Utc(2026, 3, 18, 9));
        Assert.Equal(Manager, sale.ChainOf(CheckInMissedCause.Id).Steps[^1].To);
        sale.Answers(CheckInMissedCause.Id, FollowUpAnswer.TakeIt, Manager);
        var until = sale.ChainOf(CheckInMissedCause.Id).QuietUntil!.Value;

        var meanwhile = sale.FollowUpUntil(until.AddMinutes(-1));
        Assert.All(meanwhile, t => Assert.Equal(Rep, t.To));
        Assert.Contains(sale.FollowUpUntil(until.AddDays(3)), t => t.Cause == StageOverdueCause.Id && t.To == Manager);
    }

    [Fact]
    public void Whoever_heard_before_is_not_told_again_and_no_wait_is_skipped()
    {
        // the manager is director as well: their boss hears when the director's wait is over
        var company = new Company([
            new(Rep, "Rosa", Role.Rep, Manager: Manager, TimeZone: "Europe/Berlin"), new(Manager, "Melvin", Role.Manager, TimeZone: "Europe/Berlin", Email: "m@ours.example", Manager: Executive),
            new(Executive, "Emil", Role.Executive, TimeZone: "Europe/Berlin")]);
        var sale = new Sale(company) { Playbook = With(CheckInMissedCause.Id, Step("manager"), Step("person:m@ours.example", "2d"), Step("executive", "2d")) };
        sale.Does(Opening());
        Assert.Equal([(Manager, Utc(2026, 3, 16, 8)), (Executive, Utc(2026, 3, 20, 8))], Told(sale.FollowUpUntil(Utc(2026, 4, 1))));
        Assert.Equal(new HeldBack(HeldBackReason.ToldBefore, null), sale.ChainOf(CheckInMissedCause.Id).Steps[1].HeldBack);
    }

    [Fact]
    public void A_tenders_deadline_is_near_until_the_bid_is_in()
    {
        var sale = Sale.Opened(stage: "bidding");
        sale.Does(new OpportunityCommand.ChooseBidBranch(new BidBranch.Bid(new DateOnly(2026, 3, 13))));
        var told = sale.FollowUpUntil(Utc(2026, 3, 12)).Where(t => t.Cause == BidDeadlineNearCause.Id);
        Assert.Equal(
            [(Rep, Utc(2026, 3, 6, 8)), (Rep, Utc(2026, 3, 9, 8)), (Manager, Utc(2026, 3, 10, 8)), (Director, Utc(2026, 3, 10, 12))], Told(told));
        sale.Reaches("bid-submitted");
        Assert.DoesNotContain(FollowUpCauses.Of(sale.State!, KnownCustomer.NotRead, sale.Playbook, Ours, WorkCalendar.Weekdays), c => c.Cause == BidDeadlineNearCause.Id);
    }

    [Fact]
    public void A_contract_waiting_for_approval_reaches_whoever_maintains_the_approver()
    {
        var company = new Company([.. Staff(), new(new PersonId("lee"), "Lee", Role.Executive, TimeZone: "Europe/Berlin")]);
        var li = new Contact(
            C("li"), new ContactData("Li", new DepartmentId("purchasing"), Level.Executive, BuyingRole.DecisionMaker), new PersonId("lee"), new DateOnly(2026, 3, 1), []);
        var sale = new Sale(company) { Customer = KnownCustomer.Of(new Account(AccountId.OfName("Cancity"), "Cancity", 1, [li])) };
        sale.Does(Opening(stage: "negotiation"));
        sale.Does(new OpportunityCommand.NameContractApprover(C("li")));
        var told = sale.FollowUpUntil(Utc(2026, 3, 25)).Where(t => t.Cause == ContractApprovalWaitingCause.Id).ToList();
        Assert.Equal([(Rep, Utc(2026, 3, 16, 8)), (new PersonId("lee"), Utc(2026, 3, 18, 8))], Told(told).Take(2));

        // with nobody who maintains them, the director hears
        var nobody = new Sale(company) { Customer = KnownCustomer.Of(null) };
        nobody.Does(Opening(stage: "negotiation"));
        Assert.Contains((Director, Utc(2026, 3, 18, 8)), Told(nobody.FollowUpUntil(Utc(2026, 3, 25)).Where(t => t.Cause == ContractApprovalWaitingCause.Id)));
    }

    [Fact]
    public void An_unknown_decision_maker_and_uncovered_people_are_followed_up_once_the_account_was_read()
    {
        var sale = Sale.Opened(stage: "proposal");
        sale.Now = Utc(2026, 3, 16, 8);
        Assert.Equal([CheckInMissedCause.Id], sale.Plan().Due.Select(d => d.Cause));
        Assert.True(sale.Plan().IsUncertain);
        sale.Customer = KnownCustomer.Of(null);
        Assert.Equal([CheckInMissedCause.Id, DecisionMakerUnidentifiedCause.Id, CoverageGapCause.Id], sale.Plan().Due.Select(d => d.Cause));
        Assert.False(sale.Plan().IsUncertain);
    }

    [Fact]
    public void A_gate_is_stuck_when_milestones_of_its_stage_were_reached_and_nothing_came_after()
    {
        var sale = Sale.Opened(stage: "negotiation");
        sale.Reaches("contract-approved");
        Assert.Equal(Utc(2026, 3, 23, 8), Assert.Single(sale.FollowUpUntil(Utc(2026, 3, 23, 9)), t => t.Cause == GateStuckCause.Id).At);
    }

    [Fact]
    public void A_stage_that_it_has_only_just_fallen_back_to_is_not_stuck()
    {
        var sale = Sale.Opened();
        sale.Reaches("customer-profile", "project-information");
        sale.Now = Utc(2026, 4, 13, 8);
        sale.TakesBack("project-information");
        Assert.DoesNotContain(GateStuckCause.Id, sale.FollowUpUntil(Utc(2026, 4, 30)).Select(t => t.Cause));
        Assert.Contains(GateStuckCause.Id, sale.FollowUpUntil(Utc(2026, 5, 8)).Select(t => t.Cause));
    }

    [Fact]
    public void What_will_happen_is_what_happens_if_nothing_does()
    {
        var sale = Sale.Opened(600_000, stage: "proposal");
        sale.Customer = KnownCustomer.Of(null);
        var forecast = Forecast.Of(sale.State!, sale.Customer, sale.Playbook, Ours, sale.Now, Utc(2026, 4, 20));
        var told = sale.FollowUpUntil(Utc(2026, 4, 20));
        Assert.Equal(told.Select(t => (t.Chain, t.To, t.At)), forecast.Where(f => f.Step.HeldBack is null).Select(f => (f.Step.Chain, f.Step.To, f.At)));
        Assert.Contains(forecast, f => f is { Policy: "large", Step.HeldBack: null });
    }
}
