using KeyAccountBot.Operations;
using KeyAccountBot.Sales.Calendar;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace KeyAccountBot.Tests.Operations;

public sealed class HolidaySettingsTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"holidays-{Guid.NewGuid():N}.ics");

    [Fact]
    public void A_country_rests_on_dates_and_ranges_and_works_in_exchange()
    {
        var china = Read("2026-05-01", "2026-02-16..2026-02-18", "works 2026-02-14").Of("cn");
        Assert.Equal([new(2026, 2, 16), new(2026, 2, 17), new(2026, 2, 18), new(2026, 5, 1)], china.Rest.Order());
        Assert.Equal([new DateOnly(2026, 2, 14)], china.Work);
    }

    [Fact]
    public void An_iCalendar_file_is_read_with_what_recurs_every_year_and_lasts_several_days()
    {
        File.WriteAllText(file, """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//Example//EN
            BEGIN:VEVENT
            UID:1@example
            DTSTAMP:20200101T000000Z
            DTSTART;VALUE=DATE:20201225
            DTEND;VALUE=DATE:20201227
            RRULE:FREQ=YEARLY
            SUMMARY:Christmas
            END:VEVENT
            BEGIN:VEVENT
            UID:2@example
            DTSTAMP:20200101T000000Z
            DTSTART;VALUE=DATE:20260403
            SUMMARY:Good Friday
            END:VEVENT
            END:VCALENDAR
            """.ReplaceLineEndings("\r\n"));
        var days = Read(file).Of("CN").Rest;
        Assert.Superset(new HashSet<DateOnly> { new(2026, 4, 3), new(2026, 12, 25), new(2026, 12, 26), new(2027, 12, 25) }, days.ToHashSet());
        Assert.DoesNotContain(new DateOnly(2026, 12, 27), days);
        Assert.DoesNotContain(new DateOnly(2026, 4, 4), days);
    }

    [Theory]
    [InlineData("Christmas")]
    [InlineData("2026-13-01")]
    [InlineData("nowhere.ics")]
    public void What_is_no_holiday_is_refused_with_its_place(string entry)
    {
        var refused = Assert.Throws<InvalidSettingsException>(() => Read(entry));
        Assert.Contains("Holidays:CN:0", refused.Message, StringComparison.Ordinal);
        Assert.Contains(entry, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_are_no_holidays_are_named_at_once() => Assert.Collection(
        Assert.Throws<InvalidSettingsException>(() => Read("Christmas", "2026-12-25", "2026-12-25..")).Faults,
        f => Assert.StartsWith("Holidays:CN:0 is 'Christmas', which is neither a date", f, StringComparison.Ordinal),
        f => Assert.StartsWith("Holidays:CN:2 is '2026-12-25..', which has no end", f, StringComparison.Ordinal));

    [Fact]
    public void A_file_that_is_no_calendar_is_refused()
    {
        File.WriteAllText(file, "Christmas is on the 25th");
        Assert.Contains("cannot be read", Assert.Throws<InvalidSettingsException>(() => Read(file)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(file);

    private static Holidays Read(params string[] entries) => HolidaySettings.Read(
        SettingsReading.Read(
            new ConfigurationBuilder().AddInMemoryCollection(entries.Select((e, i) => KeyValuePair.Create($"Holidays:CN:{i}", (string?)e))).Build()).Holidays,
        new DateOnly(2026, 3, 2));
}
