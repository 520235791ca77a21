using System.Globalization;
using CsCheck;
using KeyAccountBot.FollowUps;
using Xunit;

namespace KeyAccountBot.Tests.FollowUps;

public class TypedAnswerTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    public static TheoryData<string, string> Read => new()
    {
        // what is said, and what is read of it
        { "take it", "TakeIt" },
        { "Take it!", "TakeIt" },
        { "I'll take it", "TakeIt" },
        { "I’ll take it until Friday", "TakeIt until 6 Mar" },
        { "take until friday", "TakeIt until 6 Mar" },
        { "take Bluestone until Friday", "TakeIt of Bluestone until 6 Mar, perhaps" },
        { "take Bluestone Cement by 5 March", "TakeIt of Bluestone Cement until 5 Mar, perhaps" },
        { "snooze", "Snooze" },
        { "snooze it", "Snooze" },
        { "snooze 3 days", "Snooze for 3" },
        { "snooze for a day", "Snooze for 1" },
        { "snooze two weeks", "Snooze for 10" },
        { "snooze Bluestone 3 days", "Snooze of Bluestone for 3" },
        { "snooze Bluestone for 2 business days.", "Snooze of Bluestone for 2" },
        { "snooze until 3 March", "Snooze until 3 Mar" },
        { "snooze Bluestone until next monday", "Snooze of Bluestone until 9 Mar" },
        { "ask the rep", "AskTheRep" },
        { "ask the rep whether the budget is approved", "AskTheRep: whether the budget is approved" },
        { "ask the rep: is the budget approved?", "AskTheRep: is the budget approved?" },
        { "ask the rep of Bluestone: is the budget approved?", "AskTheRep of Bluestone: is the budget approved?" },
        { "ask Ravi whether the budget is approved", "AskTheRep by Ravi: whether the budget is approved, perhaps" },
        { "ask Ravi Patel", "AskTheRep by Ravi Patel, perhaps" },
        { "not an issue", "NotAnIssue" },
        { "not an issue: they are on holiday", "NotAnIssue: they are on holiday" },
        { "It's not an issue because they are on holiday", "NotAnIssue: because they are on holiday" },
        { "not an issue for Bluestone: they are on holiday", "NotAnIssue of Bluestone: they are on holiday, perhaps" },
        { "reassign", "Reassign" },
        { "reassign to Ada", "Reassign to Ada" },
        { "reassign it to Ada Lind", "Reassign to Ada Lind" },
        { "reassign Bluestone to Ada", "Reassign of Bluestone to Ada" },
        { "reassign Back to Basics to Ada", "Reassign of Back to Basics to Ada" },
        { "reply: on Friday, by the board", "reply: on Friday, by the board" },
        { "reply Bluestone: on Friday", "reply of Bluestone: on Friday" },
        { "我来处理", "TakeIt" },
        { "我来处理，到周五", "TakeIt until 6 Mar" },
        { "接手 海螺 到3月5日", "TakeIt of 海螺 until 5 Mar, perhaps" },
        { "接手海螺到周五", "TakeIt of 海螺 until 6 Mar, perhaps" },
        { "推迟3天", "Snooze for 3" },
        { "推迟 海螺 3天", "Snooze of 海螺 for 3, perhaps" },
        { "推迟两周", "Snooze for 10" },
        { "推迟到3月3日", "Snooze until 3 Mar" },
        { "推迟海螺到3月3日", "Snooze of 海螺 until 3 Mar, perhaps" },
        { "问销售", "AskTheRep" },
        { "问销售 预算批了吗？", "AskTheRep: 预算批了吗？" },
        { "问海螺的销售：预算批了吗", "AskTheRep of 海螺: 预算批了吗" },
        { "询问王芳 预算批了吗", "AskTheRep by 王芳: 预算批了吗, perhaps" },
        { "没有问题", "NotAnIssue" },
        { "没有问题：客户放假", "NotAnIssue: 客户放假" },
        { "没问题 海螺：客户放假", "NotAnIssue of 海螺: 客户放假, perhaps" },
        { "转交给李强", "Reassign to 李强" },
        { "转交 海螺 给 李强", "Reassign of 海螺 to 李强" },
        { "回复：周五由董事会批准", "reply: 周五由董事会批准" },
        { "回复 海螺：周五", "reply of 海螺: 周五" },
        // what is none
        { "", "none" },
        { "take", "none" },
        { "没问题", "none" },
        { "问题清单 海螺", "none" },
        { "no problem", "none" },
        { "met Li Wei, they take the offer", "none" },
        { "reply", "none" },
    };

    [Theory]
    [MemberData(nameof(Read))]
    public void An_answer_is_read_from_the_words(string said, string read) => Assert.Equal(read, InWords(TypedAnswer.Read(said)));

    [Theory]
    [InlineData("take it up with the works manager")]
    [InlineData("ask Bob for the drawings on Friday")]
    [InlineData("推迟投标到下周")]
    [InlineData("接手了新客户")]
    public void What_may_be_something_else_is_only_an_answer_where_the_name_is_known(string said) => Assert.False(TypedAnswer.Read(said)!.IsSure);

    [Fact]
    public void No_words_whatever_break_it()
    {
        string[] beginnings = ["", "take ", "snooze ", "ask ", "not an issue", "reassign ", "reply", "推迟", "接手", "问", "没有问题", "转交"];
        Gen.Select(Gen.Int[0, beginnings.Length - 1], Gen.String[0, 60]).Sample((beginning, words) =>
        {
            var read = TypedAnswer.Read(beginnings[beginning] + words);
            Assert.True(read?.Until(Monday, CultureInfo.InvariantCulture) is null || read.When is not null);
        });
    }

    private static string InWords(TypedAnswer? answer)
    {
        if (answer is null)
        {
            return "none";
        }

        var until = answer.Until(Monday, CultureInfo.GetCultureInfo("en"));
        return (answer.Answer?.ToString() ?? "reply")
            + Part(" of ", answer.Account) + Part(" by ", answer.Whom) + Part(" for ", answer.Days?.ToString(CultureInfo.InvariantCulture))
            + Part(" until ", until?.ToString("d MMM", CultureInfo.InvariantCulture)) + Part(" to ", answer.To) + Part(": ", answer.Note)
            + (answer.IsSure ? "" : ", perhaps");

        static string Part(string lead, string? value) => string.IsNullOrEmpty(value) ? "" : lead + value;
    }
}
