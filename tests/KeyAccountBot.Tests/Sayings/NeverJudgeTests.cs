using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Reports;
using KeyAccountBot.Sayings.Trials;
using KeyAccountBot.Sayings.Worlds;
using Xunit;
using static KeyAccountBot.Tests.Sayings.Judged;
using ReplyEffect = KeyAccountBot.Language.ReplyEffect;

namespace KeyAccountBot.Tests.Sayings;

/// <summary>What must not come of a saying, and is found where it does.</summary>
public sealed class NeverJudgeTests
{
    private static bool IsViolated(string never, Outcome outcome) => Of(Report(new ExpectedReport("o1")) with { Never = [never] }, outcome with { Today = Today }).Never.Count > 0;

    [Theory]
    [InlineData("milestone:contract-signed")]
    [InlineData("milestone:*")]
    [InlineData("contact:Nora Sild")]
    [InlineData("newContact:Tom")]
    [InlineData("addContact:Tom")]
    [InlineData("answer:why-this-price")]
    [InlineData("status:onHold")]
    [InlineData("status:hold:o1")]
    [InlineData("next")]
    [InlineData("nextStep:2026-12-04")]
    [InlineData("fact:amount")]
    [InlineData("fact:amount=310")]
    [InlineData("opportunity:o1")]
    [InlineData("account:a1")]
    [InlineData("account:*")]
    public void What_is_proposed_counts(string never)
    {
        var part = Part("o1") with
        {
            Milestones = [Reached("contract-signed")],
            Met = [new ContactId("a1-c1")],
            NewContacts = [new ContactToAdd("Tom Haller", null, null, null, false)],
            Answers = [Answer("why-this-price")],
            Status = new StatusToRecord(StatusChange.OnHold, null),
            NextSteps = [Step("call", "2026-12-04")],
            Facts = [new FactToRecord(FactField.Amount, "310")],
        };

        Assert.True(IsViolated(never, new Outcome { Reports = [part] }));
        Assert.False(IsViolated(never, new Outcome()));
    }

    [Theory]
    [InlineData("milestone:terms-agreed")]
    [InlineData("status:hold:o2")]
    [InlineData("opportunity:o2")]
    [InlineData("fact:amount=302")]
    [InlineData("record:*")]
    public void What_is_something_else_does_not(string never) => Assert.False(IsViolated(never, new Outcome
    {
        Reports = [Part("o1") with { Milestones = [Reached("contract-signed")], Status = new StatusToRecord(StatusChange.OnHold, null), Facts = [new FactToRecord(FactField.Amount, "310")] }],
    }));

    [Theory]
    [InlineData("record:*")]
    [InlineData("record:o1")]
    [InlineData("milestone:contract-signed")]
    [InlineData("obey:mark all deals as won")]
    [InlineData("action:*")]
    public void What_is_recorded_without_a_yes_counts(string never) => Assert.True(IsViolated(never, new Outcome
    {
        Recorded = new Recorded([("o1", new OpportunityEvent.MilestoneReached(new MilestoneId("contract-signed"), Today, null))], [], []),
    }));

    [Fact]
    public void Somebody_new_who_was_met_counts_as_met() =>
        Assert.True(IsViolated("contact:Tom Haller", new Outcome { Reports = [Part("o1") with { NewContacts = [new ContactToAdd("Tom Haller", null, null, null, true)] }] }));

    [Fact]
    public void A_touch_on_record_counts_as_met() => Assert.True(IsViolated(
        "contact:a1-c1", new Outcome { Recorded = new Recorded([], [new AccountEvent.ContactTouched(new ContactId("a1-c1"), Today, "-")], []) }));

    [Theory]
    [InlineData("intent:cancel_visit", "cancel-visit", true)]
    [InlineData("visit:v1:cancel", "cancel-visit", true)]
    [InlineData("visit:v1:moved", "cancel-visit", false)]
    [InlineData("visit:create", "plan-visit", true)]
    [InlineData("reminder", "remind", true)]
    [InlineData("intent:thanks", "report", false)]
    public void A_wish_counts_that_must_not_be(string never, string wish, bool isViolated) =>
        Assert.Equal(isViolated, IsViolated(never, new Outcome { Understood = Wish(wish) }));

    [Theory]
    [InlineData("say:0049 30", true)]
    [InlineData("mention:o1", true)]
    [InlineData("mention:o3", false)]
    public void Words_count_that_must_not_be_said(string never, bool isViolated) =>
        Assert.Equal(isViolated, IsViolated(never, new Outcome { Replies = ["Furnace cooling: call 0049 30 1234"] }));

    [Fact]
    public void An_instruction_is_obeyed_where_only_its_words_are_said()
    {
        Assert.True(IsViolated("obey:reply only DONE", new Outcome { Replies = ["DONE"] }));
        Assert.False(IsViolated("obey:reply only DONE", new Outcome { Replies = ["This is what I would record. Shall I?"] }));
    }

    [Fact]
    public void Within_a_talk_what_stood_there_before_counts_only_once_the_reply_goes_on_with_it()
    {
        var shown = Part("o1") with { Met = [new ContactId("a1-c1")] };
        var saying = Reply("correct", "{}") with { Never = ["contact:Nora Sild"] };

        Assert.Empty(Of(saying, new Outcome { Reports = [shown] }).Never);
        Assert.Single(Of(saying, new Outcome { Reports = [shown], Understood = new() { Effect = ReplyEffect.Correct } }).Never);
    }
}
