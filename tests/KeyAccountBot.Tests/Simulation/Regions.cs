using System.Globalization;
using KeyAccountBot.Sales.Calendar;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>Where some of the company's people live: their clock, their week, their hours and their holidays.</summary>
internal sealed record Region(string Country, string TimeZone, string Locale, WorkingDays? Days = null, TimeOnly? From = null, TimeOnly? To = null)
{
    /// <summary>Both halves of the globe, a zone of half an hour, weeks from Sunday and of six days, hours of their own.</summary>
    public static IReadOnlyList<Region> All { get; } =
    [
        new("CN", "Asia/Shanghai", "zh-Hans"),
        new("DE", "Europe/Berlin", "en"),
        new("US", "America/New_York", "en"),
        new("SA", "Asia/Riyadh", "en", WorkingDays.Parse("sun-thu"), new TimeOnly(8, 0), new TimeOnly(16, 0)),
        new("IN", "Asia/Kolkata", "en", WorkingDays.Parse("mon-sat"), new TimeOnly(10, 0), new TimeOnly(18, 30)),
        new("AU", "Australia/Sydney", "en"),
    ];

    /// <summary>The holidays of 2026, and the days worked in exchange.</summary>
    public static Holidays Holidays { get; } = new(new Dictionary<string, CountryHolidays>
    {
        ["CN"] = Of("01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07", "01-04 02-14 02-28 05-09 09-20 10-10"),
        ["DE"] = Of("01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26"),
        ["US"] = Of("01-01 01-19 02-16 05-25 06-19 07-03 09-07 11-26 12-25"),
        ["SA"] = Of("03-18..03-23 05-26..05-30 09-23"),
        ["IN"] = Of("01-26 03-04 08-15 10-02 10-20 11-09"),
        ["AU"] = Of("01-01 01-26 04-03 04-06 04-25 06-08 12-25 12-28"),
    });

    private static CountryHolidays Of(string rest, string work = "") => new(DaysOf(rest), DaysOf(work));

    private static HashSet<DateOnly> DaysOf(string text)
    {
        HashSet<DateOnly> days = [];
        foreach (var range in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Split("..");
            for (var day = DayOf(ends[0]); day <= DayOf(ends[^1]); day = day.AddDays(1))
            {
                days.Add(day);
            }
        }

        return days;
    }

    private static DateOnly DayOf(string text) => DateOnly.ParseExact("2026-" + text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
