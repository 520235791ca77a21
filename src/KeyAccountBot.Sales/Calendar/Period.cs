using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace KeyAccountBot.Sales.Calendar;

/// <summary>How long a period is, where it is one of the calendar's.</summary>
public enum PeriodKind
{
    /// <summary>From one day to another.</summary>
    Days,

    /// <summary>A week from Monday to Sunday.</summary>
    Week,

    /// <summary>A month.</summary>
    Month,

    /// <summary>A quarter.</summary>
    Quarter,

    /// <summary>A year.</summary>
    Year,
}

/// <summary>Some days in a row. Written as <c>2026</c>, <c>2026-Q4</c>, <c>2026-12</c>, <c>2026-W50</c>, <c>2026-12-24</c> or <c>2026-12-02/2026-12-31</c>.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Kind">Which of the calendar's it is.</param>
[StructLayout(LayoutKind.Auto)]
public readonly partial record struct Period(DateOnly From, DateOnly To, PeriodKind Kind = PeriodKind.Days)
{
    private const int MonthsOfQuarter = 3;
    private const int DaysOfWeek = 7;

    /// <summary>Whether a day lies in it.</summary>
    public bool Contains(DateOnly day) => day >= From && day <= To;

    /// <summary>The quarter that a day lies in.</summary>
    public static Period QuarterOf(DateOnly day) => Quarter(day.Year, ((day.Month - 1) / MonthsOfQuarter) + 1);

    /// <summary>Which quarter of its year it begins in, from 1.</summary>
    public int QuarterNumber => ((From.Month - 1) / MonthsOfQuarter) + 1;

    /// <summary>Reads a period as it is written; <c>null</c> where it is none.</summary>
    public static Period? Read(string? text)
    {
        if (text is null || Written().Match(text) is not { Success: true } match)
        {
            return null;
        }

        if (match.Groups["from"].Success)
        {
            return Day(match.Groups["from"].Value) is { } from && Day(match.Groups["to"].Value) is { } to && from <= to ? new Period(from, to) : null;
        }

        if (match.Groups["day"].Success)
        {
            return Day(match.Groups["day"].Value) is { } day ? new Period(day, day) : null;
        }

        var year = Number("year");
        return year is < 1 or > 9998 ? null
            : match.Groups["quarter"].Success ? Quarter(year, Number("quarter"))
            : match.Groups["week"].Success ? Number("week") is var week && week >= 1 && week <= ISOWeek.GetWeeksInYear(year) ? Week(year, week) : null
            : match.Groups["month"].Success ? Number("month") is >= 1 and <= 12 and var month ? Months(year, month, 1, PeriodKind.Month) : null
            : new Period(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31), PeriodKind.Year);

        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static Period Quarter(int year, int quarter) => Months(year, ((quarter - 1) * MonthsOfQuarter) + 1, MonthsOfQuarter, PeriodKind.Quarter);

    private static Period Months(int year, int month, int count, PeriodKind kind) =>
        new DateOnly(year, month, 1) is var from ? new Period(from, from.AddMonths(count).AddDays(-1), kind) : default;

    private static Period Week(int year, int week)
    {
        var monday = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday));
        return new Period(monday, monday.AddDays(DaysOfWeek - 1), PeriodKind.Week);
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    [GeneratedRegex(
        @"^(?:(?<from>\d{4}-\d\d-\d\d)/(?<to>\d{4}-\d\d-\d\d)|(?<day>\d{4}-\d\d-\d\d)|(?<year>\d{4})(?:-Q(?<quarter>[1-4])|-W(?<week>\d\d)|-(?<month>\d\d))?)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Written();
}
