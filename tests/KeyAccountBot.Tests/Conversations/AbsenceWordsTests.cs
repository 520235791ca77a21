using System.Globalization;
using KeyAccountBot.Conversations.Absences;
using Xunit;

namespace KeyAccountBot.Tests.Conversations;

public sealed class AbsenceWordsTests
{
    // a Monday
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [InlineData("until Friday, Otto stands in", "", 6, "Otto")]
    [InlineData("until 20 March, Otto Berg", "", 20, "Otto Berg")]
    [InlineData("until 20 March 2026", "", 20, "")]
    [InlineData("Rosa until Friday, Otto covers", "Rosa", 6, "Otto")]
    [InlineData("Rosa Kern is away until 3/20/2026, Otto stands in", "Rosa Kern", 20, "Otto")]
    [InlineData("till tomorrow and Otto stands in", "", 3, "Otto")]
    [InlineData("到周五，王芳代理", "", 6, "王芳")]
    [InlineData("李雷请假到周五，王芳代理", "李雷", 6, "王芳")]
    [InlineData("李雷到3月20日，由王芳代替", "李雷", 20, "王芳")]
    public void Who_until_when_and_who_stands_in_are_read(string words, string who, int march, string standIn)
    {
        var culture = CultureInfo.GetCultureInfo(words.Any(c => c > '\u2e80') ? "zh-Hans" : "en-US");
        Assert.Equal(new AbsenceWords(who, new DateOnly(2026, 3, march), standIn), AbsenceWords.Read(words, Today, culture));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("Rosa", "Rosa")]
    [InlineData("until whenever", "")]
    public void What_was_left_out_is_asked_for(string words, string who) =>
        Assert.Equal(new AbsenceWords(who, null, ""), AbsenceWords.Read(words, Today, CultureInfo.GetCultureInfo("en")));
}
