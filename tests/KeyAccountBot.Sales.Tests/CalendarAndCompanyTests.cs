using CsCheck;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.People;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

public sealed class CalendarAndCompanyTests
{
    private static WorkCalendar In(string zone) => new(zone, new TimeOnly(9, 0), new TimeOnly(18, 0));

    [Theory]
    [InlineData(0, 9)]
    [InlineData(1, 9)]
    [InlineData(2, 10)]
    [InlineData(6, 16)]
    public void From_Saturday_the_count_begins_on_Monday(int days, int march) =>
        Assert.Equal(new DateOnly(2026, 3, march), WorkCalendar.Weekdays.AddBusinessDays(new DateOnly(2026, 3, 7), days));

    [Fact]
    public void Adding_business_days_is_counting_them() =>
        Gen.Select(Gen.Int[0, 4000], Gen.Int[0, 300]).Sample((offset, days) =>
        {
            var start = new DateOnly(2020, 1, 1).AddDays(offset);
            var naive = start;
            for (var left = days; left > 0 || !WorkCalendar.Weekdays.IsBusinessDay(naive);)
            {
                naive = naive.AddDays(1);
                left -= WorkCalendar.Weekdays.IsBusinessDay(naive) && left > 0 ? 1 : 0;
            }

            return naive == WorkCalendar.Weekdays.AddBusinessDays(start, days);
        });

    [Theory]
    [InlineData("Europe/Berlin", 3, 29, 2, 1)]
    [InlineData("America/New_York", 3, 8, 2, 7)]
    public void A_time_that_summer_time_skips_is_the_moment_after_the_gap(string zone, int month, int day, int hour, int utc) =>
        Assert.Equal(Utc(2026, month, day, utc, 30), In(zone).At(new DateOnly(2026, month, day), new TimeOnly(hour, 30)));

    [Theory]
    [InlineData("Europe/Berlin", 10, 25, 2, 0)]
    [InlineData("America/New_York", 11, 1, 1, 5)]
    public void A_time_that_comes_twice_is_the_first_of_them(string zone, int month, int day, int hour, int utc) =>
        Assert.Equal(Utc(2026, month, day, utc, 30), In(zone).At(new DateOnly(2026, month, day), new TimeOnly(hour, 30)));

    [Fact]
    public void Work_begins_at_the_same_local_time_across_the_change()
    {
        var berlin = In("Europe/Berlin");
        Assert.Equal(Utc(2026, 3, 30, 7), berlin.AddBusinessDays(Utc(2026, 3, 27, 8), 1));
        Assert.Equal(Utc(2026, 10, 26, 8), berlin.AddBusinessDays(Utc(2026, 10, 23, 7), 1));
    }

    [Fact]
    public void Evenings_and_weekends_move_to_the_next_start_of_work()
    {
        var berlin = In("Europe/Berlin");
        Assert.Equal(Utc(2026, 3, 9, 8), berlin.NextWorkingMoment(Utc(2026, 3, 6, 17)));
        Assert.Equal(Utc(2026, 3, 6, 16, 59), berlin.NextWorkingMoment(Utc(2026, 3, 6, 16, 59)));
        Assert.Equal(Utc(2026, 3, 6, 8), berlin.NextWorkingMoment(Utc(2026, 3, 6, 3)));
    }

    [Fact]
    public void The_owner_and_their_line_may_see_and_nobody_else()
    {
        Assert.All([Rep, Manager, Director, Executive], who => Assert.True(Ours.MaySee(who, Rep)));
        Assert.All([OtherRep, Administrator], who => Assert.False(Ours.MaySee(who, Rep)));
        Assert.False(Ours.MaySee(Rep, Manager));
    }

    [Fact]
    public void A_circle_in_the_line_ends_where_it_closes()
    {
        var company = new Company([new(Rep, "a", Role.Rep, Manager: Manager), new(Manager, "b", Role.Manager, Manager: Rep)]);
        Assert.Equal([Manager], company.LineAbove(Rep).Take(5).Select(p => p.Id));
        Assert.Equal([Rep, Manager], company.TeamOf(Rep).Take(5).Select(p => p.Id));
    }
}
