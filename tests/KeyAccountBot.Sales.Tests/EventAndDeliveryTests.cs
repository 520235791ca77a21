using System.Text.Json;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

public sealed class EventAndDeliveryTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    private static readonly OpportunityEvent[] Events =
    [
        new OpportunityEvent.Opened("Cancity", "Line", new Money(5, "EUR"), Rep, Day, S("proposal"), Monday, OpportunityStatus.Open, Day),
        new OpportunityEvent.CheckedIn(new NextStep("demo", Day), IsEmpty: true),
        new OpportunityEvent.MilestoneReached(M("delivered"), Day, "note"),
        new OpportunityEvent.MilestoneTakenBack(M("delivered"), "mistake"),
        new OpportunityEvent.StageChanged(S("proposal"), S("bidding")),
        new OpportunityEvent.Won(),
        new OpportunityEvent.WinTakenBack(),
        new OpportunityEvent.Lost("price"),
        new OpportunityEvent.PutOnHold("budget", Day),
        new OpportunityEvent.Reopened("called"),
        new OpportunityEvent.HandedOver(Rep, OtherRep, "leave"),
        new OpportunityEvent.Completed(),
        new OpportunityEvent.EntryUndone(new CommandId("c")),
        new OpportunityEvent.FollowUpStepTaken(
            "k", BidDeadlineNearCause.Id, Monday, 1, Manager, DeliveryKind.Nudge, 1, new HeldBack(HeldBackReason.ToldTogether, "j"), Channel.Slack, true,
            new Room(Channel.Slack, "C1")),
        new OpportunityEvent.FollowUpAnswered("k", FollowUpAnswer.Reassign, Monday, "you know them", OtherRep),
        new OpportunityEvent.TimeAskedFor("k", Monday, Manager),
        new OpportunityEvent.TimeAnswered("k", true, Monday, Rep),
        new OpportunityEvent.FollowUpReplied("k", "they sign on Friday", Manager),
        new OpportunityEvent.QuestionAdded(Q("roof"), "Does it fit?", S("proposal"), BuyingRole.User),
        new OpportunityEvent.QuestionAnswered(Q("roof"), "It does.", C("li"), Day),
        new OpportunityEvent.QuestionReopened(Q("roof"), "a new roof"),
        new OpportunityEvent.VisitPlanned(V("v"), Monday, [C("li")], "the roof"),
        new OpportunityEvent.VisitMoved(V("v"), Monday),
        new OpportunityEvent.VisitCancelled(V("v"), "flu"),
        new OpportunityEvent.VisitReported(V("v"), Day, [C("li")], "they liked it"),
        new OpportunityEvent.BriefSent(V("v"), Monday, Rep),
        new OpportunityEvent.CustomerEvaluated(new Evaluation(new(1, "small"), new(2), new(3), new(4), new(0))),
        new OpportunityEvent.FactsChanged(
            new FactValues { Amount = new Money(5, "EUR"), Competitors = [] }, new FactValues { Amount = new Money(6, "USD"), ExpectedClose = Day, Name = "Two lines", BidDeadline = Day, Competitors = ["Fern & Co"] }),
        new OpportunityEvent.BidBranchChosen(new BidBranch.Bid(Day)),
        new OpportunityEvent.ContractApproverNamed(C("zhao")),
        new OpportunityEvent.DecisionMakerAssigned(C("zhao"), "Zhao", Director),
    ];

    [Fact]
    public void Every_event_has_an_example() => Assert.Equal(
        typeof(OpportunityEvent).GetNestedTypes().Select(t => t.Name).Order(), Events.Select(e => e.GetType().Name).Order());

    [Fact]
    public void Every_event_comes_back_from_storage_as_it_went() => Assert.All(Events, e =>
        Assert.Equal(ToJson(e), ToJson(JsonSerializer.Deserialize<OpportunityEvent>(ToJson(e), Json)!)));

    [Fact]
    public void The_rep_is_reminded_the_manager_nudged_and_the_others_alerted()
    {
        var sale = Sale.Opened(1_000_000);
        sale.FollowUpUntil(Utc(2026, 3, 25));
        Assert.Equal(
            [DeliveryKind.Reminder, DeliveryKind.Nudge, DeliveryKind.Alert, DeliveryKind.Alert],
            Delivery.For(sale.State, [.. sale.Entries.Where(e => e.What is OpportunityEvent.FollowUpStepTaken)], Examples.Playbook, Ours).Select(d => d.Kind));
    }

    [Fact]
    public void The_administrator_hears_that_nobody_was_found()
    {
        var sale = Sale.Opened(company: new Company(Staff().Where(p => p.Role is Role.Rep or Role.Administrator)));
        sale.FollowUpUntil(Utc(2026, 3, 19));
        Assert.Equal((DeliveryKind.NobodyFound, Administrator), Assert.Single(sale.LastDeliveries.Select(d => (d.Kind, d.To))));
    }

    [Fact]
    public void Where_the_administrator_is_away_too_whoever_stands_in_hears_that_nobody_was_found()
    {
        IEnumerable<Person> people = Staff().Where(p => p.Role is Role.Rep or Role.Administrator)
            .Select(p => p.Role == Role.Administrator ? p with { Away = new Absence(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31), OtherRep, Administrator, Administrator) } : p);
        var sale = Sale.Opened(company: new Company(people));
        sale.FollowUpUntil(Utc(2026, 3, 19));
        var delivery = Assert.Single(sale.LastDeliveries);
        Assert.Equal((DeliveryKind.NobodyFound, OtherRep, Administrator), (delivery.Kind, delivery.To, delivery.InPlaceOf));
    }

    [Theory]
    [InlineData(FollowUpAnswer.TakeIt, DeliveryKind.Taken, 1)]
    [InlineData(FollowUpAnswer.AskTheRep, DeliveryKind.Question, 1)]
    [InlineData(FollowUpAnswer.AskTheRep, DeliveryKind.Question, 48)]
    public void The_rep_hears_who_took_it_or_asks_and_they_hear_of_the_check_in_once(FollowUpAnswer answer, DeliveryKind kind, int hours)
    {
        var sale = Sale.Opened();
        sale.FollowUpUntil(Utc(2026, 3, 18, 8));
        sale.Answers(CheckInMissedCause.Id, answer, Manager);
        Assert.Equal((kind, Rep, (PersonId?)Manager), Assert.Single(sale.LastDeliveries.Select(d => (d.Kind, d.To, d.About))));
        sale.Now = sale.Now.AddHours(hours);
        sale.Reaches();
        Assert.Equal((DeliveryKind.Answered, Manager), Assert.Single(sale.LastDeliveries.Select(d => (d.Kind, d.To))));
        sale.Now = sale.Now.AddDays(10);
        sale.Reaches();
        Assert.Empty(sale.LastDeliveries);
    }

    [Fact]
    public void A_colleague_who_is_asked_to_look_after_it_hears_so_and_the_rep_hears_who_was_asked()
    {
        var sale = Sale.Opened();
        sale.FollowUpUntil(Utc(2026, 3, 18, 8));
        sale.Does(new OpportunityCommand.AnswerFollowUp(
            sale.State!.FollowUps[0].Key, FollowUpAnswer.Reassign, sale.Now.AddDays(1), null, OtherRep), Manager);
        Assert.Equal(
            [(DeliveryKind.Reassigned, OtherRep, (PersonId?)Manager), (DeliveryKind.ColleagueAsked, Rep, OtherRep)],
            sale.LastDeliveries.Select(d => (d.Kind, d.To, d.About)));
    }

    [Fact]
    public void A_rep_hears_what_was_handed_over_to_them_unless_they_did_it_themselves()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.HandOver(OtherRep, "leave"), Manager);
        Assert.Equal([(DeliveryKind.HandedOver, OtherRep), (DeliveryKind.HandedOn, Rep)], sale.LastDeliveries.Select(d => (d.Kind, d.To)));
        sale.Does(new OpportunityCommand.HandOver(Rep, "mine"), Rep);
        Assert.Equal([(DeliveryKind.HandedOn, OtherRep)], sale.LastDeliveries.Select(d => (d.Kind, d.To)));
    }

    [Fact]
    public void Who_is_to_look_after_a_decision_maker_hears_so_and_nothing_else_changes()
    {
        var sale = Sale.Opened();
        sale.Reaches("project-information");
        var (facts, last) = (ToJson(sale.Facts), sale.State!.LastEntry);
        sale.Does(new OpportunityCommand.TellAssigned(C("zhao"), "Zhao", Director));
        Assert.Equal((DeliveryKind.DecisionMakerAssigned, Director, (PersonId?)Rep, "Zhao"), Assert.Single(sale.LastDeliveries.Select(d => (d.Kind, d.To, d.About, d.Note))));
        Assert.Equal((facts, last), (ToJson(sale.Facts), sale.State!.LastEntry));
        sale.Does(new OpportunityCommand.TellAssigned(C("zhao"), "Zhao", Rep));
        Assert.Empty(sale.LastDeliveries);
    }

    [Fact]
    public void Handed_over_to_another_team_both_managers_hear_of_it_and_nobody_hears_of_what_they_did()
    {
        PersonId peer = new("peer");
        var company = new Company([.. Staff().Select(p => p.Id == OtherRep ? p with { Manager = peer } : p), new(peer, "Pia", Role.Manager, Manager: Director)]);
        var sale = Sale.Opened(company: company);
        sale.Does(new OpportunityCommand.HandOver(OtherRep, "moves to the north"), Rep);
        Assert.Equal(
            [(DeliveryKind.HandedOver, OtherRep), (DeliveryKind.HandedOn, Manager), (DeliveryKind.HandedOn, peer)],
            sale.LastDeliveries.Select(d => (d.Kind, d.To)));
        Assert.All(sale.LastDeliveries.Skip(1), d => Assert.Equal((Rep, "moves to the north"), (d.About!.Value, d.Note)));

        sale.Does(new OpportunityCommand.HandOver(Rep, "back again"), Manager);
        Assert.Equal([OtherRep, peer], sale.LastDeliveries.Where(d => d.Kind == DeliveryKind.HandedOn).Select(d => d.To));
    }
}
