using System.Globalization;
using KeyAccountBot.Language;
using Xunit;

namespace KeyAccountBot.Dialogs.Tests;

public sealed class TimeReadingTests
{
    // a Tuesday
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Theory]
    [InlineData("tomorrow 14:00", "2026-11-25 14:00")]
    [InlineData("tomorrow at 2pm", "2026-11-25 14:00")]
    [InlineData("tomorrow at 3", "2026-11-25 15:00")]
    [InlineData("tomorrow at 10", "2026-11-25 10:00")]
    [InlineData("Tomorrow, 9:30 a.m.", "2026-11-25 09:30")]
    [InlineData("next tuesday 9am", "2026-12-01 09:00")]
    [InlineData("friday at noon", "2026-11-27 12:00")]
    [InlineData("12 March 2027 at 2:15 pm", "2027-03-12 14:15")]
    [InlineData("2026-12-05 08:05", "2026-12-05 08:05")]
    [InlineData("2026-12-05T08:05", "2026-12-05 08:05")]
    [InlineData("in 3 days 10 o'clock", "2026-11-27 10:00")]
    [InlineData("tomorrow 12am", "2026-11-25 00:00")]
    [InlineData("tomorrow 12pm", "2026-11-25 12:00")]
    [InlineData("tomorrow 03:00", "2026-11-25 03:00")]
    [InlineData("明天下午2点", "2026-11-25 14:00")]
    [InlineData("明天下午两点半", "2026-11-25 14:30")]
    [InlineData("明天 下午2点15分", "2026-11-25 14:15")]
    [InlineData("下周二上午九点", "2026-12-01 09:00")]
    [InlineData("后天3点", "2026-11-26 15:00")]
    [InlineData("12月5日14:30", "2026-12-05 14:30")]
    [InlineData("12月5日下午2:30", "2026-12-05 14:30")]
    [InlineData("明天中午12点", "2026-11-25 12:00")]
    [InlineData("明天中午1点", "2026-11-25 13:00")]
    [InlineData("明天晚上7点", "2026-11-25 19:00")]
    [InlineData("周五十点一刻", "2026-11-27 10:15")]
    [InlineData("明天１４：００", "2026-11-25 14:00")]
    public void A_day_and_a_time_are_read(string text, string moment) =>
        Assert.Equal(moment, Said(TimeReading.Read(text, Today, CultureInfo.GetCultureInfo("en-GB"))));

    [Theory]
    [InlineData("tomorrow", "2026-11-25")]
    [InlineData("12.03.2026", "2026-03-12")]
    [InlineData("in two weeks", "2026-12-08")]
    [InlineData("下周五", "2026-12-04")]
    public void A_day_alone_leaves_the_time_open(string text, string day) =>
        Assert.Equal(new ReadMoment(DateOnly.Parse(day, CultureInfo.InvariantCulture), null), TimeReading.Read(text, Today, CultureInfo.GetCultureInfo("en-GB")));

    [Theory]
    [InlineData("10", "10:00")]
    [InlineData("3", "15:00")]
    [InlineData("at 9", "09:00")]
    [InlineData("10:30", "10:30")]
    [InlineData("8.45", "08:45")]
    [InlineData("2 PM", "14:00")]
    [InlineData("noon", "12:00")]
    [InlineData("00:15", "00:15")]
    [InlineData("上午十点", "10:00")]
    [InlineData("下午3点20", "15:20")]
    [InlineData("十一点二十五分", "11:25")]
    public void A_time_alone_is_read(string text, string time) =>
        Assert.Equal(time, TimeReading.ReadTime(text)?.ToString("HH:mm", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("25:00")]
    [InlineData("10:75")]
    [InlineData("in the morning")]
    [InlineData("二十五点")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public void Anything_else_is_no_time(string text) => Assert.Null(TimeReading.ReadTime(text));

    [Theory]
    [InlineData("14:00")]
    [InlineData("tomorrow 25:00")]
    [InlineData("someday 14:00")]
    [InlineData("31 February at 10:00")]
    [InlineData("明天二十五点")]
    [InlineData("whenever it suits them")]
    public void A_time_without_a_day_names_no_moment(string text) => Assert.Null(TimeReading.Read(text, Today, CultureInfo.GetCultureInfo("en-GB")));

    private static string? Said(ReadMoment? moment) =>
        moment is { Time: { } time } ? moment.Day.ToDateTime(time).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : null;
}
