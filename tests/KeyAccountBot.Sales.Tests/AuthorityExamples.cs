using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

/// <summary>Who may see what, and who may have what recorded.</summary>
public sealed class AuthorityExamples
{
    private static readonly Opportunity Opportunity = Sale.Opened().State!;

    [Fact]
    public void The_owner_and_the_line_above_see_and_change_and_a_colleague_does_neither()
    {
        foreach (var what in new Access[] { new Access.Read(), new Access.Record(new OpportunityCommand.Lose("price")), new Access.Answer("k"), new Access.Told() })
        {
            Assert.All([Rep, Manager, Director, Executive], who => Assert.True(Authority.Allows(who, Ours, Opportunity, what)));
            Assert.All([OtherRep, Administrator], who => Assert.False(Authority.Allows(who, Ours, Opportunity, what)));
        }
    }

    [Fact]
    public void Once_handed_over_the_earlier_owner_may_do_nothing_more()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.HandOver(OtherRep, "he knows them"));

        Assert.False(Authority.Allows(Rep, Ours, sale.State!, new Access.Read()));
        Assert.False(Authority.Allows(Rep, Ours, sale.State!, new Access.Record(new OpportunityCommand.CheckIn([], null))));
        Assert.True(Authority.Allows(OtherRep, Ours, sale.State!, new Access.Read()));
    }

    [Fact]
    public void A_colleague_who_was_asked_to_look_after_a_follow_up_may_answer_that_one_and_change_nothing_else()
    {
        var given = Chain("k") with { Answer = FollowUpAnswer.Reassign, AnsweredBy = Manager, GivenTo = OtherRep };
        var opportunity = Opportunity with { FollowUps = [given, Chain("other")] };

        Assert.True(Authority.Allows(OtherRep, Ours, opportunity, new Access.Answer("k")));
        Assert.True(Authority.Allows(OtherRep, Ours, opportunity, new Access.Told()));
        Assert.False(Authority.Allows(OtherRep, Ours, opportunity, new Access.Answer("other")));
        Assert.False(Authority.Allows(OtherRep, Ours, opportunity, new Access.Read()));
        Assert.False(Authority.Allows(OtherRep, Ours, opportunity, new Access.Record(new OpportunityCommand.Win(new DateOnly(2026, 3, 2), null))));
    }

    [Fact]
    public void A_question_is_answered_by_the_owner_and_not_by_who_asked()
    {
        var reply = new Access.Record(new OpportunityCommand.ReplyToFollowUp("k", "soon"));

        Assert.True(Authority.Allows(Rep, Ours, Opportunity, reply));
        Assert.All([Manager, Director, OtherRep], who => Assert.False(Authority.Allows(who, Ours, Opportunity, reply)));
    }

    [Fact]
    public void Who_looks_after_a_contact_may_say_that_they_were_in_touch_and_change_nothing_of_the_customer()
    {
        var data = new ContactData("Karl Ott", new DepartmentId("technical"), Level.Staff, BuyingRole.User);
        var account = new Account(AccountId.OfName("Cancity"), "Cancity", 1, [new Contact(C("ott"), data, OtherRep, new DateOnly(2026, 3, 2), [])]);
        var touch = new AccountCommand.LogTouch([C("ott")], new DateOnly(2026, 3, 2), "called");
        var retire = new AccountCommand.RetireContact(C("ott"), "left");

        Assert.True(Authority.Allows(OtherRep, Ours, account, [Rep], touch));
        Assert.False(Authority.Allows(OtherRep, Ours, account, [Rep], retire));
        Assert.True(Authority.Allows(Manager, Ours, account, [Rep], retire));
        Assert.False(Authority.Allows(Administrator, Ours, account, [Rep], touch));

        // of a contact who counts no more they hear just that; another contact there is no longer theirs to speak of
        var left = account with { Contacts = [account.Contacts[0] with { RetiredBecause = "left" }] };
        Assert.True(Authority.Allows(OtherRep, Ours, left, [Rep], touch));
        Assert.False(Authority.Allows(OtherRep, Ours, left, [Rep], touch with { Contacts = [C("wang")] }));
    }

    private static FollowUpChain Chain(string key) => new(key, CheckInMissedCause.Id, Monday, [new StepTaken(0, Monday, Rep)], null, null, null);
}
