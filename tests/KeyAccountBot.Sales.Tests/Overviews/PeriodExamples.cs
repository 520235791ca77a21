using KeyAccountBot.Sales.Calendar;
using Xunit;

namespace KeyAccountBot.Sales.Tests.Overviews;

public sealed class PeriodExamples
{
    [Theory]
    [InlineData("2027", "2027-01-01", "2027-12-31", PeriodKind.Year)]
    [InlineData("2026-Q4", "2026-10-01", "2026-12-31", PeriodKind.Quarter)]
    [InlineData("2028-02", "2028-02-01", "2028-02-29", PeriodKind.Month)]
    [InlineData("2026-W01", "2025-12-29", "2026-01-04", PeriodKind.Week)]
    [InlineData("2026-W53", "2026-12-28", "2027-01-03", PeriodKind.Week)]
    [InlineData("2026-03-14", "2026-03-14", "2026-03-14", PeriodKind.Days)]
    [InlineData("2026-03-14/2026-04-02", "2026-03-14", "2026-04-02", PeriodKind.Days)]
    public void A_period_is_read_with_its_first_and_its_last_day(string written, string from, string to, PeriodKind kind) =>
        Assert.Equal(new Period(DateOnly.Parse(from, null), DateOnly.Parse(to, null), kind), Period.Read(written));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("0000")]
    [InlineData("9999")]
    [InlineData("2026-13")]
    [InlineData("2026-Q5")]
    [InlineData("2027-W53")]
    [InlineData("2026-02-30")]
    [InlineData("2026-04-02/2026-03-14")]
    public void What_is_no_period_is_none(string? written) => Assert.Null(Period.Read(written));

    [Fact]
    public void A_day_lies_in_its_quarter_and_in_no_other()
    {
        var quarter = Period.QuarterOf(new DateOnly(2026, 12, 31));

        Assert.Equal(Period.Read("2026-Q4"), quarter);
        Assert.Equal(4, quarter.QuarterNumber);
        Assert.True(quarter.Contains(new DateOnly(2026, 10, 1)));
        Assert.False(quarter.Contains(new DateOnly(2027, 1, 1)));
    }
}
