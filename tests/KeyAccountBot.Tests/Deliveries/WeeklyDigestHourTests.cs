using KeyAccountBot.Deliveries;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using Xunit;

namespace KeyAccountBot.Tests.Deliveries;

public sealed class WeeklyDigestHourTests
{
    private static readonly FollowUpSettings Settings = PlaybookFile.Load(PlaybookFile.Default).FollowUps with
    {
        Holidays = new Holidays(new Dictionary<string, CountryHolidays> { ["DE"] = new(new HashSet<DateOnly> { new(2026, 4, 6) }, new HashSet<DateOnly>()) }),
    };

    private static readonly Person Manager = new(new PersonId("m"), "Melvin", Role.Manager, TimeZone: "Europe/Berlin", Country: "DE");

    private static DateTimeOffset? Next(Person person, DateTimeOffset now) => WeeklyDigests.NextFor(person, Settings, now);

    [Fact]
    public void It_comes_at_the_playbooks_hour_where_its_reader_is()
    {
        Assert.Equal(Utc(2026, 3, 9, 8), Next(Manager, Utc(2026, 3, 2, 8)));
        Assert.Equal(Utc(2026, 3, 2, 8), Next(Manager, Utc(2026, 3, 2, 7, 59)));
        Assert.Equal(Utc(2026, 3, 9, 1), Next(Manager with { TimeZone = "Asia/Shanghai" }, Utc(2026, 3, 2, 8)));
    }

    [Fact]
    public void Summer_time_moves_it_with_the_clock_on_the_wall() => Assert.Equal(Utc(2026, 3, 30, 7), Next(Manager, Utc(2026, 3, 25)));

    [Fact]
    public void On_a_holiday_it_waits_for_the_next_day_of_work() => Assert.Equal(Utc(2026, 4, 7, 7), Next(Manager, Utc(2026, 4, 1)));

    [Fact]
    public void Whoever_chose_an_hour_gets_it_then_and_whoever_chose_none_never()
    {
        Assert.Equal(Utc(2026, 3, 6, 18, 30), Next(Manager with { WeeklyDigest = "30 19 * * 5" }, Utc(2026, 3, 2)));
        Assert.Null(Next(Manager with { WeeklyDigest = "" }, Utc(2026, 3, 2)));
        Assert.NotNull(Next(Manager with { Role = Role.Executive, WeeklyDigest = "0 9 * * 1" }, Utc(2026, 3, 2)));
    }

    [Theory]
    [InlineData(Role.Rep, false)]
    [InlineData(Role.Manager, true)]
    [InlineData(Role.Director, true)]
    [InlineData(Role.Executive, false)]
    public void Managers_and_directors_get_it_without_asking(Role role, bool gets) => Assert.Equal(gets, Next(Manager with { Role = role }, Utc(2026, 3, 2)) is not null);

    private static DateTimeOffset Utc(int year, int month, int day, int hour = 0, int minute = 0) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);
}
