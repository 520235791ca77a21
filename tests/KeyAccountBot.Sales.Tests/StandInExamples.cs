using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

/// <summary>Who hears and who may act while somebody is away.</summary>
public sealed class StandInExamples
{
    private static readonly PersonId Stranger = new("stranger");
    private static readonly PersonId OtherManager = new("other-manager");

    [Fact]
    public void Who_stands_in_sees_what_the_absent_person_sees_and_only_while_they_are_away()
    {
        var company = With(Away(Manager, OtherRep));

        Assert.True(company.AsOf(Monday).MaySee(OtherRep, Rep));
        Assert.Contains(Rep, company.AsOf(Monday).LookedAfterBy(OtherRep).Select(p => p.Id));
        Assert.False(company.AsOf(Monday.AddDays(30)).MaySee(OtherRep, Rep));
        Assert.Equal(Manager, company.AsOf(Monday).InNameOf(OtherRep, Rep));
        Assert.Null(company.AsOf(Monday).InNameOf(Director, Rep));
    }

    [Fact]
    public void What_somebody_stands_in_for_is_never_passed_on_to_who_stands_in_for_them()
    {
        // the manager named Rosa, and Rosa, agreed by the manager, somebody of another team
        var company = With(Away(Manager, Rep), Away(Rep, Stranger, agreed: Manager)).AsOf(Monday);

        Assert.True(company.MaySee(Stranger, Rep));
        Assert.False(company.MaySee(Stranger, OtherRep));
        Assert.Equal([Rep], company.LookedAfterBy(Stranger).Where(p => p.Id != Stranger).Select(p => p.Id));
        Assert.Equal(Director, company.StandInFor(Manager)!.Id);
    }

    [Fact]
    public void Where_the_stand_in_is_away_too_the_line_hears()
    {
        var company = With(Away(Rep, OtherRep), Away(OtherRep, Stranger, agreed: Manager)).AsOf(Monday);

        Assert.Equal(Manager, company.StandInFor(Rep)!.Id);
        Assert.Null(company.ActingFor(Rep));
    }

    [Fact]
    public void Somebody_of_another_team_stands_in_only_once_one_above_has_agreed()
    {
        var waiting = With(Away(Rep, Stranger)).AsOf(Monday);
        Assert.Equal((Manager, null), (waiting.StandInFor(Rep)!.Id, waiting.ActingFor(Rep)));
        Assert.False(waiting.MaySee(Stranger, Rep));

        var agreed = With(Away(Rep, Stranger, agreed: Manager)).AsOf(Monday);
        Assert.Equal(Stranger, agreed.StandInFor(Rep)!.Id);
        Assert.True(agreed.MaySee(Stranger, Rep));
    }

    [Fact]
    public void The_line_above_the_team_below_and_those_with_the_same_manager_stand_in_without_a_yes()
    {
        var company = With();
        Assert.All([OtherRep, Manager, Director, Executive], who => Assert.True(company.IsOfLine(Rep, who)));
        Assert.All([Rep, OtherRep, OtherManager], who => Assert.True(company.IsOfLine(Manager, who)));
        Assert.All([Stranger, OtherManager, Administrator, Rep], who => Assert.False(company.IsOfLine(Rep, who)));
    }

    [Fact]
    public void What_waits_for_who_stood_in_goes_to_the_absent_person_once_they_are_back_and_never_to_the_stand_ins_stand_in()
    {
        var delivery = new Delivery("k", DeliveryKind.Nudge, OtherRep, null, null, null, null, InPlaceOf: Rep);

        Assert.Equal((Rep, null), Reads(With()));
        Assert.Equal((OtherRep, Rep), Reads(With(Away(Rep, OtherRep)).AsOf(Monday)));
        Assert.Equal((Manager, Rep), Reads(With(Away(Rep, OtherRep), Away(OtherRep, Stranger, agreed: Manager)).AsOf(Monday)));

        (PersonId, PersonId?) Reads(Company company) => delivery.NowReadBy(company) is var read ? (read.To, read.InPlaceOf) : default;
    }

    [Theory]
    [InlineData(500_000, true)]
    [InlineData(499_999, false)]
    public void Above_the_threshold_the_line_hears_when_who_stands_in_closes_it(int amount, bool isTold)
    {
        var told = Told(amount, new OpportunityEvent.Lost("price"), With(Away(Manager, OtherRep)).AsOf(Monday));

        Assert.Equal(isTold, told is not null);
        Assert.True(told is null || (told.To, told.InNameOf, told.About, told.Deed) == (Director, Manager, OtherRep, Deed.Lost));
    }

    [Fact]
    public void Every_hand_over_hold_and_signed_contract_of_a_stand_in_is_told_and_no_check_in()
    {
        var company = With(Away(Rep, OtherRep)).AsOf(Monday);
        OpportunityEvent[] grave = [new OpportunityEvent.HandedOver(Rep, OtherRep, "x"), new OpportunityEvent.PutOnHold("x"), new OpportunityEvent.Won(), new OpportunityEvent.Lost("x")];

        Assert.All(grave, e => Assert.Equal(Manager, Told(900_000, e, company)?.To));
        Assert.Null(Told(900_000, new OpportunityEvent.CheckedIn(null), company));
    }

    [Fact]
    public void Where_the_first_above_is_away_the_next_hears_of_it_and_never_who_stands_in_for_them()
    {
        var company = With(Away(Rep, OtherRep), Away(Manager, OtherRep)).AsOf(Monday);
        Assert.Equal(Director, Told(900_000, new OpportunityEvent.Lost("x"), company)!.To);
    }

    [Fact]
    public void An_answer_is_for_who_was_told_and_of_who_was_told_in_anothers_place_while_they_stand_in()
    {
        var sale = Sale.Opened();
        var chain = new FollowUpChain("k", CheckInMissedCause.Id, Monday, [new StepTaken(0, Monday, Stranger, InPlaceOf: Rep)], null, null, null);
        var opportunity = sale.State! with { FollowUps = [chain] };
        var answer = new OpportunityCommand.AnswerFollowUp("k", FollowUpAnswer.NotAnIssue, null);

        Assert.True(Authority.Allows(Stranger, With(Away(Rep, Stranger, agreed: Manager)).AsOf(Monday), opportunity, new Access.Record(answer)));
        Assert.False(Authority.Allows(Stranger, With(), opportunity, new Access.Record(answer)));
        Assert.False(Authority.Allows(Stranger, With(), opportunity, new Access.Record(new OpportunityCommand.Lose("x"))));
    }

    [Fact]
    public void An_id_or_address_that_two_share_identifies_nobody()
    {
        var company = new Company(
        [
            new(Rep, "Rosa", Role.Rep, "rosa@contoso.example", TeamsId: "t-1", SlackId: "U1"),
            new(OtherRep, "Otto", Role.Rep, "ROSA@contoso.example ", TeamsId: "T-1", SlackId: "u1"),
            new(Manager, "Melvin", Role.Manager, "melvin@contoso.example", TeamsId: "t-2", SlackId: "U2"),
        ]);

        Assert.Null(company.FindByEmail("rosa@contoso.example"));
        Assert.Null(company.FindByTeamsId("t-1"));
        Assert.Null(company.FindBySlackId("U1"));
        Assert.Equal([Manager, Manager, Manager], [company.FindByEmail("Melvin@contoso.example")!.Id, company.FindByTeamsId("T-2")!.Id, company.FindBySlackId("U2")!.Id]);
        Assert.Equal(3, PeopleFaults.Shared(company.People).Count());
    }

    [Fact]
    public void A_circle_of_managers_is_found_once_and_who_only_leads_into_it_is_no_part_of_it()
    {
        Person[] people = [new(Rep, "a", Role.Rep, Manager: Manager), new(Manager, "b", Role.Manager, Manager: Director), new(Director, "c", Role.Director, Manager: Manager)];
        Assert.Equal([Manager, Director], Assert.Single(PeopleFaults.Circles(people)).Select(p => p.Id));
        Assert.Empty(PeopleFaults.Circles(Staff()));
    }

    private static Delivery? Told(decimal amount, OpportunityEvent what, Company company)
    {
        var sale = Sale.Opened(amount, company: company);
        var absent = company.InNameOf(OtherRep, Rep);
        return Delivery.For(sale.State, [new OpportunityEntry(2, new CommandId("c"), OtherRep, Monday, "test", what, absent)], Examples.Playbook, company)
            .SingleOrDefault(d => d.Kind == DeliveryKind.DoneInName);
    }

    private static (PersonId Who, Absence Away) Away(PersonId who, PersonId standIn, PersonId? agreed = null) =>
        (who, new Absence(new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 13), standIn, who, agreed));

    private static Company With(params (PersonId Who, Absence Away)[] away) => new(
        ((Person[])[.. Staff(), new(OtherManager, "Mona", Role.Manager, Manager: Director), new(Stranger, "Rita", Role.Rep, Manager: OtherManager)])
            .Select(p => p with { Away = away.Where(a => a.Who == p.Id).Select(a => a.Away).SingleOrDefault() }));
}
