using System.Globalization;
using CsCheck;
using KeyAccountBot.Language;
using Xunit;

namespace KeyAccountBot.Dialogs.Tests;

/// <summary>What people answer in the middle of a talk, by example.</summary>
public sealed class ReplyReadingExamples
{
    private static readonly DateOnly Today = new(2026, 12, 2);

    private static readonly OpenQuestion Which = Of(QuestionKind.Choice, "opportunity") with
    {
        Choices =
        [
            new("o1", "Nordstern Foods · Chiller retrofit · 240,000 EUR") { Beside = ["Dana Wolf", "Lost"] },
            new("o2", "Kestrel Paper · Vacuum pumps · 120,000 EUR") { Beside = ["Ravi Patel"] },
            new("o3", "Kestrel Foods · Packing line · 310,000 EUR") { Beside = ["Ravi Patel", "On hold"] },
        ],
    };

    private static readonly OpenQuestion Milestones = Of(QuestionKind.Choices, "milestones") with
    {
        Choices = [new("approved", "Bid approved inside our company"), new("submitted", "Bid submitted"), new("opened", "Direct negotiation opened")],
    };

    private static readonly OpenQuestion When = Of(QuestionKind.PastDay, "milestoneDate") with { MayBeLeftOut = true };
    private static readonly OpenQuestion Due = Of(QuestionKind.DayAhead, "nextStepDate");
    private static readonly OpenQuestion NextStep = Of(QuestionKind.Text, "nextStep") with
    {
        Further = ["nextStepDate"], MayBeLeftOut = true, Former = "Send the drawings", FormerFurther = [new("nextStepDate", ["2026-12-11"])],
    };

    private static readonly OpenQuestion Evidence = Of(QuestionKind.Text, "evidence") with { Further = ["nextStep", "nextStepDate", "milestoneDate"], MayBeLeftOut = true };

    [Theory]
    [InlineData("second", "o2")]
    [InlineData("the chillers", "o1")]
    [InlineData("vacuum pumps pls", "o2")]
    [InlineData("the one on hold", "o3")]
    [InlineData("Danas", "o1")]
    [InlineData("nordstren", "o1")]
    [InlineData("I meant the packing line obviously", "o3")]
    [InlineData("the paper 1", "o2")]
    [InlineData("die letzte bitte", "o3")]
    [InlineData("最后一个", "o3")]
    [InlineData("第二个吧", "o2")]
    [InlineData("the biggest", "o3")]
    [InlineData("金额小的那个", "o2")]
    public void One_of_several_is_named_by_its_place_or_a_word_that_only_it_has(string said, string value) => Answers(Which, said, value);

    [Theory]
    [InlineData("kestrel")]
    [InlineData("the blue one")]
    [InlineData("dunno")]
    [InlineData("不知道")]
    public void What_fits_several_or_none_is_asked_again(string said) => Assert.Equal(ReplyEffect.Reask, Read(Which, said).Effect);

    [Theory]
    [InlineData("neither")]
    [InlineData("not in the list")]
    [InlineData("都不是")]
    [InlineData("keiner davon")]
    public void None_of_them_takes_nothing(string said) => Answers(Which, said);

    [Theory]
    [InlineData("all three", "approved submitted opened")]
    [InlineData("both the bid ones", "approved submitted")]
    [InlineData("everything but negotiation", "approved submitted")]
    [InlineData("submitted yes, negotiation not yet", "submitted")]
    [InlineData("approved ✅ submitted ✅ nego ❌", "approved submitted")]
    [InlineData("approved is not submitted, so only approved", "approved")]
    [InlineData("one and two but not three", "approved submitted")]
    [InlineData("we handed in the bid", "submitted")]
    [InlineData("1-2", "approved submitted")]
    [InlineData("none yet", "")]
    [InlineData("alle außer dem letzten", "approved submitted")]
    [InlineData("除了第三个都有", "approved submitted")]
    [InlineData("都没有", "")]
    public void Any_of_several_are_taken_and_what_is_denied_never_is(string said, string values) =>
        Answers(Milestones, said, values.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("Friday", "2026-11-27")]
    [InlineData("gestern", "2026-12-01")]
    [InlineData("前天下午", "2026-11-30")]
    [InlineData("just now", "2026-12-02")]
    [InlineData("monday. no, tuesday", "2026-12-01")]
    public void A_day_that_was_is_the_last_one_that_holds(string said, string day) => Answers(When, said, day);

    [Theory]
    [InlineData("by friday please", "2026-12-04")]
    [InlineData("in two weeks", "2026-12-16")]
    [InlineData("mitte januar", "2027-01-15")]
    [InlineData("下周三", "2026-12-09")]
    [InlineData("tomorrow. no wait, the 10th", "2026-12-10")]
    public void A_day_to_come_is_the_last_one_that_holds(string said, string day) => Answers(Due, said, day);

    [Theory]
    [InlineData("yesterday", "2026-12-01")]
    [InlineData("Thursday or Friday", "2026-12-03 2026-12-04")]
    [InlineData("1 November", "2026-11-01")]
    public void A_day_that_cannot_be_meant_is_asked_again_with_what_was_read(string said, string candidates)
    {
        var reading = Read(Due, said);
        Assert.Equal((ReplyEffect.Reask, candidates), (reading.Effect, string.Join(' ', reading.Candidates)));
    }

    [Fact]
    public void Some_day_of_a_week_is_asked_for() => Assert.Equal((ReplyEffect.Reask, 2), (Read(When, "some time last week").Effect, Read(When, "some time last week").Candidates.Count));

    [Theory]
    [InlineData("it hasn't happened yet")]
    [InlineData("还没投呢")]
    [InlineData("noch nicht")]
    public void What_has_not_happened_takes_the_milestone_back(string said)
    {
        var reading = Read(When, said);
        Assert.Equal((ReplyEffect.Correct, "milestones"), (reading.Effect, Assert.Single(reading.Changes).Field));
    }

    [Theory]
    [InlineData("call Marta on Friday", "call Marta", "2026-12-04")]
    [InlineData("I will visit the plant on 10 December", "visit the plant", "2026-12-10")]
    [InlineData("周五之前发报价", "发报价", "2026-12-04")]
    [InlineData("Angebot schicken bis Freitag", "Angebot schicken", "2026-12-04")]
    [InlineData("same as before", "Send the drawings", "2026-12-11")]
    [InlineData("wie gehabt", "Send the drawings", "2026-12-11")]
    public void Two_answers_in_one_message_fill_two_fields(string said, string step, string day)
    {
        var reading = Read(NextStep, said);
        Assert.Equal((ReplyEffect.Answer, step), (reading.Effect, Assert.Single(reading.Values)));
        Assert.Equal(day, Assert.Single(Assert.Single(reading.Also, a => a.Field == "nextStepDate").Values));
    }

    [Theory]
    [InlineData("no further steps needed")]
    [InlineData("let me think")]
    [InlineData("-")]
    [InlineData("还没想好")]
    [InlineData("nichts geplant")]
    public void A_question_may_be_left_without_an_answer(string said) => Assert.True(Read(NextStep, said) is { Effect: ReplyEffect.Answer, IsLeftOut: true });

    [Fact]
    public void Words_are_taken_as_said_without_the_politeness()
    {
        Answers(Evidence, "Erik told me, please", "Erik told me");
        Answers(Evidence, "https://minutes.example/2026/11.pdf", "https://minutes.example/2026/11.pdf");
        Answers(Evidence, "会议纪要", "会议纪要");
    }

    [Fact]
    public void An_earlier_answer_is_corrected_beside_the_new_one()
    {
        var reading = Read(Evidence, "the signed minutes. but the date is wrong, it was 27 November");
        Assert.Equal(ReplyEffect.Correct, reading.Effect);
        Assert.Contains(reading.Changes, c => c is { Field: "milestoneDate", Values: ["2026-11-27"] });
        Assert.Contains(reading.Changes, c => c is { Field: "evidence", Values: ["the signed minutes"] });
    }

    [Fact]
    public void An_answer_goes_first_and_what_else_is_asked_is_left_over()
    {
        var reading = Read(Milestones, "all of them. oh and what is missing for Kestrel?");
        Assert.Equal(3, reading.Values.Count);
        Assert.Contains("what is missing for Kestrel?", reading.Rest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("go back please")]
    [InlineData("oops wrong customer")]
    [InlineData("上一步")]
    [InlineData("选错了")]
    [InlineData("zurück")]
    public void Back_is_a_step_back_at_any_question(string said) => Everywhere(said, ReplyEffect.Back);

    [Theory]
    [InlineData("lets start again")]
    [InlineData("重新来")]
    [InlineData("nochmal von vorne bitte")]
    public void Start_over_goes_to_the_first_question(string said)
    {
        Everywhere(said, ReplyEffect.Back);
        Assert.Equal(ReplyReading.ToStart, Read(Milestones, said).To);
    }

    [Theory]
    [InlineData("never mind, later")]
    [InlineData("ach lass mal")]
    [InlineData("算了")]
    [InlineData("aiyo forget it i do it tomorrow")]
    public void Leaving_ends_the_talk_at_any_question(string said) => Everywhere(said, ReplyEffect.Abandon);

    [Fact]
    public void What_only_sounds_like_leaving_is_an_answer()
    {
        Answers(Of(QuestionKind.Amount, "amount"), "算了一下，三百二十万", "3200000");
        Assert.Equal(ReplyEffect.Answer, Read(NextStep, "leave it with Erik until Monday").Effect);
    }

    [Theory]
    [InlineData("?")]
    [InlineData("what do you mean?")]
    [InlineData("why do you ask")]
    [InlineData("什么意思")]
    [InlineData("was heißt das")]
    public void A_question_about_the_question_is_explained(string said) => Everywhere(said, ReplyEffect.Clarify);

    [Theory]
    [InlineData("hang on, who decides at Castor?")]
    [InlineData("wann ist die Abgabe?")]
    [InlineData("等等，下次拜访是哪天？")]
    [InlineData("can you tell me what is missing")]
    public void Something_else_interrupts(string said) => Everywhere(said, ReplyEffect.Interrupt);

    [Theory]
    [InlineData("谁说丢了")]
    [InlineData("who says we lost it??")]
    [InlineData("das ist doch gar nicht verloren")]
    public void What_the_question_takes_for_granted_may_not_be_so(string said) => Assert.Equal(ReplyEffect.Abandon, Read(Of(QuestionKind.Text, "lostReason"), said).Effect);

    [Theory]
    [InlineData("too expensive", "price")]
    [InlineData("预算被砍了", "no-budget")]
    [InlineData("they wouldn't tell us", "other")]
    [InlineData("went with a competitor but on price", "competitor")]
    public void The_usual_reasons_are_known_by_their_words(string said, string cause) => Assert.Equal(cause, Read(Of(QuestionKind.Text, "lostReason"), said).Cause);

    [Theory]
    [InlineData("met her once", "1")]
    [InlineData("a solid three", "3")]
    [InlineData("不认识", "0")]
    [InlineData("3 out of 4", "3")]
    [InlineData("we are old friends", "4")]
    [InlineData("kenne ihn kaum", "1")]
    public void A_scale_is_answered_in_words(string said, string step) => Answers(Of(QuestionKind.Number, "strength"), said, step);

    [Theory]
    [InlineData("yes add her", "yes")]
    [InlineData("👍", "yes")]
    [InlineData("ja genau", "yes")]
    [InlineData("加吧", "yes")]
    [InlineData("no that's not needed", "no")]
    [InlineData("先不用", "no")]
    [InlineData("lieber nicht", "no")]
    public void Yes_and_no_have_many_words(string said, string value) => Answers(Of(QuestionKind.Confirm, "addContact"), said, value);

    [Theory]
    [InlineData("not sure")]
    [InlineData("不好说")]
    public void Neither_yes_nor_no_is_asked_again(string said) => Assert.Equal(ReplyEffect.Reask, Read(Of(QuestionKind.Confirm, "addContact"), said).Effect);

    [Fact]
    public void A_number_without_a_unit_is_in_the_unit_asked_for() => Answers(Of(QuestionKind.Amount, "amount") with { Unit = 10_000 }, "四百五十", "4500000");

    [Fact]
    public void An_amount_far_from_what_is_on_record_is_asked_about() =>
        Assert.Equal(ReplyEffect.Reask, Read(Of(QuestionKind.Amount, "amount") with { Unit = 10_000, Former = "3500000" }, "五千").Effect);

    [Fact]
    public void Any_text_to_any_question_has_one_effect_and_never_throws()
    {
        string[] words = ["yes", "no", "not", "back", "1", "2", "friday", "today", "the", "first", "all", "but", "不", "第二个", "周五", "？", "?", ",", ".", "👍", "nicht", "bid", "3m", "https://x.example", "\n", "'"];
        var text = Gen.OneOf(Gen.String[0, 60], Gen.Int[0, words.Length - 1].Select(i => words[i]).Array[0, 8].Select(w => string.Join(' ', w)));
        var kind = Gen.Enum<QuestionKind>();
        string[] fields = ["opportunity", "milestones", "milestoneDate", "evidence", "nextStep", "lostReason", "strength", "contacts", ""];
        var field = Gen.Int[0, fields.Length - 1].Select(i => fields[i]);
        Gen.Select(text, kind, field, Gen.Bool).Sample((said, kind, field, mayBeLeftOut) =>
        {
            var question = Of(kind, field) with { Choices = kind is QuestionKind.Choice or QuestionKind.Choices ? Milestones.Choices : [], MayBeLeftOut = mayBeLeftOut, Further = ["nextStepDate"] };
            var reading = Read(question, said);
            return Enum.IsDefined(reading.Effect)
                && reading.Values.All(v => kind is not (QuestionKind.Choice or QuestionKind.Choices) || question.Choices.Any(c => c.Value == v))
                && (!reading.IsLeftOut || (mayBeLeftOut && reading.Values.Count == 0));
        });
    }

    private static OpenQuestion Of(QuestionKind kind, string field) => new(kind, field) { Today = Today, Culture = CultureInfo.GetCultureInfo("en-GB") };

    private static ReplyReading Read(OpenQuestion question, string said) => ReplyReadings.Read(said, question);

    private static void Answers(OpenQuestion question, string said, params IReadOnlyList<string> values)
    {
        var reading = Read(question, said);
        Assert.Equal(ReplyEffect.Answer, reading.Effect);
        Assert.Equal(values, reading.Values);
    }

    private static void Everywhere(string said, ReplyEffect effect) =>
        Assert.All([Which, Milestones, When, Due, NextStep, Evidence], question => Assert.Equal(effect, Read(question, said).Effect));
}
