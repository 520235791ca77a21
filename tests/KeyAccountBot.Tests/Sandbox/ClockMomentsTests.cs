using System.Globalization;
using CsCheck;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sandbox;
using Xunit;

namespace KeyAccountBot.Tests.Sandbox;

/// <summary>Where the sandbox's clock can be sent by name.</summary>
public sealed class ClockMomentsTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("evening", "2026-03-02T10:00", "2026-03-02T20:00")]
    [InlineData("evening", "2026-03-02T20:00", "2026-03-03T20:00")]
    [InlineData("morning", "2026-03-02T08:00", "2026-03-02T09:00")]
    [InlineData("morning", "2026-03-02T20:00", "2026-03-03T09:00")]
    [InlineData("morning", "2026-03-06T20:00", "2026-03-09T09:00")]
    [InlineData("weekend", "2026-03-02T20:00", "2026-03-07T11:00")]
    [InlineData("weekend", "2026-03-07T11:00", "2026-03-08T11:00")]
    public void A_moment_is_the_next_of_its_name(string name, string now, string then) =>
        Assert.Equal(At(then), ClockMoments.Next(name, WorkCalendar.Weekdays, At(now)));

    [Fact]
    public void A_moment_with_another_name_is_none() => Assert.Null(ClockMoments.Next("yesterday", WorkCalendar.Weekdays, Monday));

    [Fact]
    public void From_any_minute_the_clock_goes_forward_by_a_week_at_most_and_only_the_morning_finds_people_at_work() =>
        Gen.Int[0, 60 * 24 * 400].Select(minutes => Monday.AddMinutes(minutes)).Sample(now =>
        {
            foreach (var name in new[] { "evening", "weekend", "morning" })
            {
                var then = ClockMoments.Next(name, WorkCalendar.Weekdays, now)!.Value;
                Assert.InRange(then - now, TimeSpan.FromTicks(1), TimeSpan.FromDays(7));
                Assert.Equal(name == "morning", WorkCalendar.Weekdays.NextWorkingMoment(then) == then);
            }
        });

    private static DateTimeOffset At(string utc) => DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
