using CsCheck;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

/// <summary>Who may see and change what, in any company: any lines of management, circles among them, anybody away, any follow-up told to anybody.</summary>
public sealed class AuthorityProperties
{
    private const int People = 7;
    private const string Chain = "k";
    private static readonly Opportunity Opened = Sale.Opened().State!;
    private static readonly Gen<int> Somebody = Gen.Int[0, People - 1];
    private static readonly Gen<int> SomebodyOrNobody = Gen.Int[-1, People - 1];

    private static readonly Gen<Company> Companies = Gen.Select(SomebodyOrNobody.Array[People], SomebodyOrNobody.Array[People], Gen.Bool.Array[People], Gen.Bool.Array[People])
        .Select((managers, standIns, away, agreed) => new Company(Enumerable.Range(0, People).Select(i => new Person(
            Id(i), $"P{i}", i == 0 ? Role.Executive : i < 3 ? Role.Manager : Role.Rep,
            Manager: managers[i] < 0 ? null : Id(managers[i]), TimeZone: "Europe/Berlin",
            Away: !away[i] ? null : new Absence(new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 13), standIns[i] < 0 ? null : Id(standIns[i]), null, agreed[i] ? Id(0) : null))))
            .AsOf(Monday));

    private static readonly Gen<FollowUpChain> Chains = Gen.Select(Gen.Select(SomebodyOrNobody, SomebodyOrNobody).Array[0, 3], SomebodyOrNobody, SomebodyOrNobody)
        .Select((steps, givenTo, answeredBy) => new FollowUpChain(
            Chain, CheckInMissedCause.Id, Monday,
            [.. steps.Select((s, i) => new StepTaken(i, Monday, IdOrNone(s.Item1), InPlaceOf: IdOrNone(s.Item2)))],
            null, answeredBy < 0 ? null : FollowUpAnswer.TakeIt, IdOrNone(answeredBy), GivenTo: IdOrNone(givenTo)));

    private static readonly OpportunityCommand[] Changes =
    [
        new OpportunityCommand.CheckIn([], null), new OpportunityCommand.TakeBack(M("m"), "x"), new OpportunityCommand.Win(new DateOnly(2026, 3, 2), null),
        new OpportunityCommand.Lose("x"), new OpportunityCommand.Hold("x"), new OpportunityCommand.Reopen("x"), new OpportunityCommand.HandOver(Id(1), "x"),
        new OpportunityCommand.Undo(), new OpportunityCommand.AnswerQuestion(new GivenAnswer(Q("q"), "x"), new DateOnly(2026, 3, 2)),
        new OpportunityCommand.PlanVisit(V("v"), Monday, [], null), new OpportunityCommand.MoveVisit(V("v"), Monday), new OpportunityCommand.CancelVisit(V("v"), "x"),
        new OpportunityCommand.ReportVisit(null, new DateOnly(2026, 3, 2), [], [], [], null, null), new OpportunityCommand.NameContractApprover(C("c")),
        new OpportunityCommand.TellAssigned(C("c"), "x", Id(1)), new OpportunityCommand.AskForTime(Chain, Monday, Id(1)),
        new OpportunityCommand.AnswerAskedTime(Chain, true, Role.Manager), new OpportunityCommand.ChangeFacts(new FactValues { Name = "x" }),
    ];

    [Fact]
    public void Who_may_see_an_opportunity_has_its_owner_in_their_lists_and_nobody_else_has() => Each((company, opportunity, by) =>
        Assert.Equal(
            Authority.OwnersSeenBy(by, company).Contains(opportunity.Facts.Owner),
            Authority.Allows(by, company, opportunity, new Access.Read())));

    [Fact]
    public void Who_may_see_an_opportunity_may_change_it_and_who_may_not_may_change_nothing() => Each((company, opportunity, by) =>
    {
        var sees = Authority.Allows(by, company, opportunity, new Access.Read());
        Assert.All(Changes, c => Assert.Equal(sees, Authority.Allows(by, company, opportunity, new Access.Record(c))));
    });

    [Fact]
    public void A_follow_up_is_answered_by_just_those_who_have_some_authority_over_it() => Each((company, opportunity, by) =>
    {
        var may = Authority.Allows(by, company, opportunity, new Access.Answer(Chain));
        Assert.Equal(AnswerAuthority.Of(by, opportunity, Chain, Examples.Playbook, company) is not null, may);
        Assert.Equal(may, Authority.Allows(by, company, opportunity, new Access.Record(new OpportunityCommand.AnswerFollowUp(Chain, FollowUpAnswer.NotAnIssue, null))));
    });

    [Fact]
    public void Exactly_one_person_replies_in_the_owners_place_and_only_while_the_owner_is_away() => Companies.SelectMany(c => Somebody.Select(o => (Company: c, Owner: Id(o)))).Sample(of =>
    {
        var reply = new Access.Record(new OpportunityCommand.ReplyToFollowUp(Chain, "x"));
        var others = of.Company.People.Where(p => p.Id != of.Owner && Authority.Allows(p.Id, of.Company, OwnedBy(of.Owner), reply)).ToList();
        Assert.True(Authority.Allows(of.Owner, of.Company, OwnedBy(of.Owner), reply));
        Assert.InRange(others.Count, 0, of.Company.IsAway(of.Company.Find(of.Owner)!) ? 1 : 0);
    });

    [Fact]
    public void Who_may_answer_or_reply_may_hear_again_what_they_were_told() => Each((company, opportunity, by) =>
    {
        if (Authority.Allows(by, company, opportunity, new Access.Answer(Chain))
            || Authority.Allows(by, company, opportunity, new Access.Record(new OpportunityCommand.ReplyToFollowUp(Chain, "x"))))
        {
            Assert.True(Authority.Allows(by, company, opportunity, new Access.Told()));
        }
    });

    [Fact]
    public void A_customer_is_changed_by_who_sees_one_of_its_opportunities_whatever_else_is_sold_there() =>
        Gen.Select(Companies, Somebody.Array[0, 4], Somebody).Sample((company, owners, by) =>
        {
            var sees = owners.Any(o => Authority.Sees(Id(by), company, Id(o)));
            var retire = new AccountCommand.RetireContact(C("c"), "x");
            Assert.Equal(sees, Authority.Allows(Id(by), company, null, owners.Select(Id), retire));
            Assert.Equal(sees, Authority.Allows(Id(by), company, null, owners.Select(Id), new AccountCommand.LogTouch([C("c")], new DateOnly(2026, 3, 2), "x")));
        });

    private static void Each(Action<Company, Opportunity, PersonId> holds) => Gen.Select(Companies, Chains, Somebody, Somebody).Sample((company, chain, owner, by) =>
        holds(company, OwnedBy(Id(owner)) with { FollowUps = [chain] }, Id(by)));

    private static Opportunity OwnedBy(PersonId owner) => Opened with { Facts = Opened.Facts with { Owner = owner } };

    private static PersonId Id(int person) => new($"p{person}");

    private static PersonId? IdOrNone(int person) => person < 0 ? null : Id(person);
}
