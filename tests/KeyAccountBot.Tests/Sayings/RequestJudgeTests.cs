using KeyAccountBot.Conversations;
using KeyAccountBot.Sayings.Judging;
using KeyAccountBot.Sayings.Trials;
using KeyAccountBot.Sayings.Worlds;
using Xunit;
using static KeyAccountBot.Tests.Sayings.Judged;

namespace KeyAccountBot.Tests.Sayings;

/// <summary>What counts as the right wish with the right slots.</summary>
public sealed class RequestJudgeTests
{
    private static Verdict Asked(string intent, string slots, Understood? understood, string speaker = "ina", params string[] alsoFine) => Of(
        new Saying("B1", 'B', speaker, "…") { Expected = new Expectation { Intent = intent, Slots = Members(slots), AlsoFine = alsoFine } },
        new Outcome { Understood = understood, Today = Today });

    [Theory]
    [InlineData("show_opportunity", "status")]
    [InlineData("show_opportunity", "bid-deadline")]
    [InlineData("account_status", "status")]
    [InlineData("show_coverage", "coaches")]
    [InlineData("coach_query", "coaches")]
    [InlineData("take_back", "undo")]
    public void Each_format_has_its_names_for_our_wishes(string intent, string wish) => Assert.True(Asked(intent, "{}", Wish(wish)).Request);

    [Fact]
    public void Another_wish_is_wrong_unless_it_is_fine_as_well()
    {
        Assert.False(Asked("show_missing", "{}", Wish("status")).Request);
        Assert.True(Asked("show_missing", "{}", Wish("status"), "ina", "show_opportunity").Request);
        Assert.False(Asked("show_missing", "{}", null).Request);
    }

    [Theory]
    [InlineData("""{"opportunity":"o1"}""", "opportunity", "o1", true)]
    [InlineData("""{"opportunity":"o1"}""", "opportunity", "o2", false)]
    [InlineData("""{"account":"a1"}""", "opportunity", "o1", true)]
    [InlineData("""{"account":"a1"}""", "account", "Talmar Glass", true)]
    [InlineData("""{"account":"a1"}""", "account", "talmar glass", true)]
    [InlineData("""{"opportunity":"o1"}""", "account", "Talmar Glass", true)]
    [InlineData("""{"opportunity":"o2"}""", "account", "Talmar Foods", false)]
    [InlineData("""{"opportunity":"o1"}""", "visit", "v1", true)]
    public void A_customer_with_one_opportunity_is_that_opportunity(string slots, string slot, string value, bool isRight) =>
        Assert.Equal(isRight, Asked("show_opportunity", slots, Wish("status", (slot, value))).Request);

    [Theory]
    [InlineData("candidates", "o2,o3", true)]
    [InlineData("candidates", "o1,o2", false)]
    [InlineData("account", "Talmar Foods", true)]
    [InlineData("opportunity", "o2", false)]
    public void Where_several_may_be_meant_it_has_to_be_asked(string slot, string value, bool isRight) => Assert.Equal(
        isRight, Asked("show_opportunity", """{"opportunity":null,"candidates":["o2","o3"]}""", Wish("status", (slot, value))).Request);

    [Theory]
    [InlineData("max", true)]
    [InlineData("ina", false)]
    public void Ones_own_team_may_go_without_saying(string speaker, bool isRight) =>
        Assert.Equal(isRight, Asked("show_stuck", """{"team":"max"}""", Wish("stuck"), speaker).Request);

    [Theory]
    [InlineData("period", "2026-Q4")]
    [InlineData("rep", "max")]
    [InlineData("status", "lost")]
    [InlineData("opportunity", "o1")]
    public void What_was_not_said_and_changes_the_answer_is_wrong(string slot, string value) => Assert.False(Asked("show_today", "{}", Wish("today", (slot, value))).Request);

    [Theory]
    [InlineData("2026-12-08T10:00", true)]
    [InlineData("2026-12-08T11:00", false)]
    public void A_moment_is_compared_to_the_minute(string to, bool isRight) =>
        Assert.Equal(isRight, Asked("move_visit", """{"visit":"v1","to":"2026-12-08T10:00"}""", Wish("move-visit", ("visit", "v1"), ("start", to))).Request);

    [Fact]
    public void A_follow_up_is_known_by_its_cause_and_its_opportunity()
    {
        Assert.True(Asked("answer_follow_up", """{"followUp":"f1"}""", Wish("take-follow-up", ("followUp", "StageOverdue@20261120T110000Z"), ("opportunity", "o1"))).Request);
        Assert.False(Asked("answer_follow_up", """{"followUp":"f1"}""", Wish("take-follow-up", ("opportunity", "o2"))).Request);
    }

    [Theory]
    [InlineData("call Nora Sild", true)]
    [InlineData("call Nora", true)]
    [InlineData("order paper", false)]
    public void Words_tell_the_same_where_half_of_them_do(string text, bool isRight) =>
        Assert.Equal(isRight, Asked("set_reminder", """{"text":"call Nora Sild","date":"2026-12-04"}""", Wish("remind", ("text", text), ("date", "2026-12-04"))).Request);

    [Fact]
    public void Asking_back_is_not_understanding_unless_the_set_wants_it()
    {
        Assert.True(Asked("show_today", "{}", Wish("unclear")).IsNotUnderstood);
        Assert.False(Asked("unclear", "{}", Wish("unclear")).IsNotUnderstood);
        Assert.False(Asked("show_today", "{}", Wish("today")).IsNotUnderstood);
    }
}
