using System.Globalization;
using Ical.Net.DataTypes;
using KeyAccountBot.Sales.Calendar;
using Calendar = Ical.Net.Calendar;

namespace KeyAccountBot.Operations;

/// <summary>
/// Reads the holidays of each country from the settings: <c>Holidays:DE:0</c> and so on, each a date, a range of dates, a date that is
/// worked in exchange (<c>works 2026-02-14</c>), or an iCalendar file (RFC 5545).
/// </summary>
internal static class HolidaySettings
{
    private const string Works = "works ";

    // an event that recurs forever is read as far as anybody plans
    private const int YearsBack = 1;
    private const int YearsAhead = 5;

    /// <summary>Reads them all.</summary>
    /// <param name="countries">The entries of each country.</param>
    /// <param name="today">Recurring events are read around this day.</param>
    /// <exception cref="InvalidSettingsException">Entries are none of these, or their files cannot be read.</exception>
    public static Holidays Read(IReadOnlyDictionary<string, IReadOnlyList<HolidayEntry>> countries, DateOnly today)
    {
        List<string> faults = [];
        var known = countries.ToDictionary(c => c.Key, c => Of(c.Value, today, faults), StringComparer.OrdinalIgnoreCase);
        return faults.Count == 0 ? new Holidays(known) : throw new InvalidSettingsException(faults);
    }

    private static CountryHolidays Of(IReadOnlyList<HolidayEntry> entries, DateOnly today, List<string> faults)
    {
        HashSet<DateOnly> rest = [], work = [];
        foreach (var entry in entries)
        {
            try
            {
                Add(entry, today, rest, work);
            }
            catch (InvalidSettingsException e)
            {
                faults.AddRange(e.Faults);
            }
        }

        return new CountryHolidays(rest, work);
    }

    private static void Add(HolidayEntry entry, DateOnly today, HashSet<DateOnly> rest, HashSet<DateOnly> work)
    {
        var text = entry.Text.Trim();
        if (text.StartsWith(Works, StringComparison.OrdinalIgnoreCase) && DateOf(text[Works.Length..]) is { } worked)
        {
            work.Add(worked);
        }
        else if (text.Split("..") is [var first, .. var last] && last.Length < 2 && DateOf(first) is { } from)
        {
            var until = last.Length == 0 ? from : DateOf(last[0]) ?? throw Broken(entry, "has no end");
            for (var day = from; day <= until; day = day.AddDays(1))
            {
                rest.Add(day);
            }
        }
        else if (text.EndsWith(".ics", StringComparison.OrdinalIgnoreCase))
        {
            rest.UnionWith(Events(entry, text, today));
        }
        else
        {
            throw Broken(entry, "is neither a date nor an iCalendar file");
        }
    }

    private static HashSet<DateOnly> Events(HolidayEntry entry, string path, DateOnly today)
    {
        try
        {
            var (first, last) = (new DateOnly(today.Year - YearsBack, 1, 1), new DateOnly(today.Year + YearsAhead, 12, 31));
            var calendar = Calendar.Load(File.ReadAllText(path)) ?? throw new FormatException("it holds no calendar");
            HashSet<DateOnly> days = [];
            foreach (var occurrence in calendar.GetOccurrences(new CalDateTime(first)).TakeWhile(o => o.Period.StartTime.Date <= last))
            {
                // an event of whole days ends on the day after its last
                var (from, end) = (occurrence.Period.StartTime.Date, occurrence.Period.EffectiveEndTime?.Date ?? occurrence.Period.StartTime.Date);
                for (var day = from; day == from || day < end; day = day.AddDays(1))
                {
                    days.Add(day);
                }
            }

            return days;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException or InvalidOperationException
            or System.Runtime.Serialization.SerializationException)
        {
            throw Broken(entry, "cannot be read: " + e.Message);
        }
    }

    private static DateOnly? DateOf(string text) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static InvalidSettingsException Broken(HolidayEntry entry, string why) =>
        new($"{entry.Name} is '{entry.Text}', which {why}. Write a date as 2026-12-25, a range as 2026-02-16..2026-02-20, 'works 2026-02-14', or the path of an .ics file.");
}
