using System.Globalization;
using KeyAccountBot.Language;
using Xunit;

namespace KeyAccountBot.Dialogs.Tests;

public sealed class DateReadingTests
{
    // a Tuesday
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Theory]
    [InlineData("2027-03-12", "2027-03-12")]
    [InlineData("2027/3/12", "2027-03-12")]
    [InlineData("12 March", "2027-03-12")]
    [InlineData("12 March 2028", "2028-03-12")]
    [InlineData("12th of March", "2027-03-12")]
    [InlineData("March 12", "2027-03-12")]
    [InlineData("Mar 12th, 2026", "2026-03-12")]
    [InlineData("on 1 october", "2026-10-01")]
    [InlineData("29 February", "2028-02-29")]
    [InlineData("12.03.2026", "2026-03-12")]
    [InlineData("Today", "2026-11-24")]
    [InlineData("yesterday", "2026-11-23")]
    [InlineData("tomorrow.", "2026-11-25")]
    [InlineData("the day after tomorrow", "2026-11-26")]
    [InlineData("friday", "2026-11-27")]
    [InlineData("by Friday", "2026-11-27")]
    [InlineData("tuesday", "2026-11-24")]
    [InlineData("monday", "2026-11-30")]
    [InlineData("this wed", "2026-11-25")]
    [InlineData("next friday", "2026-12-04")]
    [InlineData("last monday", "2026-11-16")]
    [InlineData("in 3 days", "2026-11-27")]
    [InlineData("in two weeks", "2026-12-08")]
    [InlineData("in a month", "2026-12-24")]
    [InlineData("3 days ago", "2026-11-21")]
    [InlineData("3 days from now", "2026-11-27")]
    [InlineData("end of month", "2026-11-30")]
    [InlineData("end of next month", "2026-12-31")]
    public void English_dates_are_read(string text, string day) => Assert.Equal(Day(day), DateReading.Read(text, Today, CultureInfo.GetCultureInfo("en-GB")));

    [Theory]
    [InlineData("今天", "2026-11-24")]
    [InlineData("昨天", "2026-11-23")]
    [InlineData("明天", "2026-11-25")]
    [InlineData("后天", "2026-11-26")]
    [InlineData("前天", "2026-11-22")]
    [InlineData("下周五", "2026-12-04")]
    [InlineData("上周一", "2026-11-16")]
    [InlineData("这周三", "2026-11-25")]
    [InlineData("星期天", "2026-11-29")]
    [InlineData("下个星期二", "2026-12-01")]
    [InlineData("3月12日", "2027-03-12")]
    [InlineData("３月１２号", "2027-03-12")]
    [InlineData("十二月二十五日", "2026-12-25")]
    [InlineData("2027年3月12日", "2027-03-12")]
    [InlineData("明年1月5日", "2027-01-05")]
    [InlineData("月底", "2026-11-30")]
    [InlineData("下个月底", "2026-12-31")]
    [InlineData("3天后", "2026-11-27")]
    [InlineData("两周后", "2026-12-08")]
    [InlineData("三个月后", "2027-02-24")]
    [InlineData("3天前", "2026-11-21")]
    public void Chinese_dates_are_read(string text, string day) => Assert.Equal(Day(day), DateReading.Read(text, Today, CultureInfo.GetCultureInfo("zh-CN")));

    [Theory]
    [InlineData("en-US", "2026-12-03")]
    [InlineData("en-GB", "2027-03-12")]
    [InlineData("zh-CN", "2026-12-03")]
    public void A_slash_follows_the_order_of_the_culture(string culture, string day) =>
        Assert.Equal(Day(day), DateReading.Read("12/3", Today, CultureInfo.GetCultureInfo(culture)));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("12")]
    [InlineData("30 February")]
    [InlineData("2026-13-01")]
    [InlineData("12 Brumaire")]
    [InlineData("in many days")]
    [InlineData("in 9999 years")]
    [InlineData("没有")]
    [InlineData("friday the meeting was good")]
    public void Anything_else_is_no_date(string text) => Assert.Null(DateReading.Read(text, Today, CultureInfo.GetCultureInfo("en-GB")));

    private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
