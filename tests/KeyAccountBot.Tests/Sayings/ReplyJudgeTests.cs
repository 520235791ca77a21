using KeyAccountBot.Conversations;
using KeyAccountBot.Sales;
using KeyAccountBot.Sayings.Trials;
using KeyAccountBot.Sayings.Worlds;
using Xunit;
using static KeyAccountBot.Tests.Sayings.Judged;
using ReplyEffect = KeyAccountBot.Language.ReplyEffect;

namespace KeyAccountBot.Tests.Sayings;

/// <summary>What counts as the right effect with the right value.</summary>
public sealed class ReplyJudgeTests
{
    private static Understood Answered(params string[] value) => new() { Effect = ReplyEffect.Answer, Value = value };

    private static bool? IsRight(Saying saying, Understood? understood, params PlacedOption[] options) =>
        Of(saying, new Outcome { Understood = understood, Options = options, Today = Today }).Reply;

    [Fact]
    public void A_choice_is_right_by_its_id_and_by_how_it_was_shown()
    {
        var saying = Reply("answer", """{"":"o2"}""");

        Assert.True(IsRight(saying, Answered("o2")));
        Assert.True(IsRight(saying, Answered("Talmar Foods · Chillers"), new PlacedOption("o2", "Talmar Foods · Chillers")));
        Assert.False(IsRight(saying, Answered("o1")));
    }

    [Fact]
    public void Of_several_days_each_is_right_and_of_several_choices_all_are_wanted()
    {
        Assert.True(IsRight(Reply("answer", """{"":["2026-12-01","2026-11-24"]}"""), Answered("2026-11-24")));
        Assert.False(IsRight(Reply("answer", """{"":["terms-agreed","contract-approved"]}"""), Answered("terms-agreed")));
        Assert.False(IsRight(Reply("answer", """{"":["terms-agreed"]}"""), Answered("terms-agreed", "contract-approved")));
    }

    [Fact]
    public void Another_effect_is_wrong_unless_it_is_fine_as_well()
    {
        var saying = Reply("abandon", "{}");

        Assert.False(IsRight(saying, Answered("no")));
        Assert.False(IsRight(saying, null));
        Assert.True(IsRight(saying with { Expected = saying.Expected with { AlsoFine = ["answer"] } }, Answered("no")));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Where_a_format_knows_no_reask_it_is_a_clarification(bool knowsReask, bool isRight) =>
        Assert.Equal(isRight, IsRight(Reply("clarify", "{}", knowsReask), new Understood { Effect = ReplyEffect.Reask }));

    [Fact]
    public void What_is_left_out_on_purpose_has_no_value()
    {
        var saying = Reply("answer", "{}");
        saying = saying with { Expected = saying.Expected with { IsSkipped = true } };

        Assert.True(IsRight(saying, Answered()));
        Assert.False(IsRight(saying, Answered("-")));
    }

    [Fact]
    public void A_correction_is_the_whole_list_after_it()
    {
        var saying = Reply("correct", """{"contacts":["Nora Sild"]}""");
        var change = new Understood { Effect = ReplyEffect.Correct };

        Assert.True(IsRight(saying, change with { Changes = [new UnderstoodChange("contacts", ["a1-c1"])] }));
        Assert.False(IsRight(saying, change with { Changes = [new UnderstoodChange("contacts", ["a1-c1", "a1-c2"])] }));
        Assert.False(IsRight(saying, change with { Changes = [new UnderstoodChange("answers", [])] }));
    }

    [Fact]
    public void What_is_added_and_removed_is_seen_in_what_is_shown_afterwards()
    {
        var saying = Reply("correct", """{"met":{"remove":["a1-c1"]}}""");
        TalkState With(params string[] met) => new([], [Part("o1") with { Met = [.. met.Select(m => new ContactId(m))] }], null);
        var outcome = new Outcome { Understood = new() { Effect = ReplyEffect.Correct }, Before = With("a1-c1", "a1-c2"), Today = Today };

        Assert.True(Of(saying, outcome with { After = With("a1-c2") }).Reply);
        Assert.False(Of(saying, outcome with { After = With("a1-c1", "a1-c2") }).Reply);
    }

    [Fact]
    public void A_second_thing_in_the_same_message_is_wanted_too()
    {
        var saying = Reply("answer", """{"":"portal receipt"}""");
        saying = saying with { Expected = saying.Expected with { Also = [Json("""{"field":"nextStepDate","value":"2026-12-14"}""")] } };

        Assert.False(IsRight(saying, Answered("portal receipt")));
        Assert.True(IsRight(saying, Answered("portal receipt") with { Changes = [new UnderstoodChange("nextStepDate", ["2026-12-14"])] }));
    }

    [Fact]
    public void An_interruption_is_judged_by_what_it_asks_for()
    {
        var saying = Reply("interrupt", "{}");
        saying = saying with { Expected = saying.Expected with { Intent = "show_missing", Slots = Members("""{"opportunity":"o1"}""") } };
        var understood = Wish("missing", ("opportunity", "o1")) with { Effect = ReplyEffect.Interrupt };

        Assert.True(IsRight(saying, understood));
        Assert.False(IsRight(saying, understood with { Wish = "today" }));
    }

    [Fact]
    public void What_could_not_be_brought_to_its_question_is_counted_apart()
    {
        var verdict = Of(Reply("answer", "{}"), null);

        Assert.Equal((true, null, false), (verdict.IsUnplaced, verdict.Reply, verdict.IsOk));
    }

    [Fact]
    public void A_turn_that_fails_is_told_as_a_fault()
    {
        var verdict = Of(Reply("answer", """{"":"o1"}"""), new Outcome { Failure = "it broke" });

        Assert.Equal(false, verdict.Reply);
        Assert.Contains("failed: it broke", verdict.Why, StringComparison.Ordinal);
    }
}
