using NodaTime;

namespace KeyAccountBot.Sales.Calendar;

/// <summary>Somebody's business days and working hours in their time zone: the days of their week less their country's holidays, between two local times.</summary>
/// <remarks>Time zones from NodaTime's own copy of the IANA database, so a bare container counts as a full machine does.</remarks>
public sealed class WorkCalendar
{
    private static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);

    // a country may rest for weeks, never for months: a calendar of holidays alone is a mistake in a file, not a reason to count forever
    private const int LongestRest = 62;

    private readonly DateTimeZone zone;
    private readonly TimeOnly from;
    private readonly TimeOnly to;
    private readonly WorkingDays week;
    private readonly CountryHolidays holidays;

    /// <summary>Working hours from <paramref name="from"/> until just before <paramref name="to"/> in an IANA zone; an unknown zone counts as UTC.</summary>
    public WorkCalendar(string timeZone, TimeOnly from, TimeOnly to, WorkingDays week = default, CountryHolidays? holidays = null)
    {
        zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) ?? DateTimeZone.Utc;
        this.from = from;
        this.to = to;
        this.week = week;
        this.holidays = holidays ?? CountryHolidays.None;
    }

    /// <summary>Monday to Friday, for dates that belong to nobody in particular.</summary>
    public static WorkCalendar Weekdays { get; } = new("Etc/UTC", new TimeOnly(9, 0), new TimeOnly(18, 0));

    /// <summary>The local date at an instant.</summary>
    public DateOnly DateAt(DateTimeOffset instant) => Local(instant).Date.ToDateOnly();

    /// <summary>The local date and time at an instant, with its offset.</summary>
    public DateTimeOffset LocalTime(DateTimeOffset instant) =>
        Instant.FromDateTimeOffset(instant).InZone(zone).ToDateTimeOffset();

    /// <summary>A day of the working week that is no holiday, or one worked in exchange for a holiday.</summary>
    public bool IsBusinessDay(DateOnly day) =>
        holidays.Work.Contains(day) || (week.Contains(day.DayOfWeek) && !holidays.Rest.Contains(day));

    /// <summary>The day that is so many business days later; with 0 the day itself, or the next business day.</summary>
    public DateOnly AddBusinessDays(DateOnly day, int days)
    {
        // a day of rest counts as the business day before it: one business day after Saturday is Monday
        for (var left = days; left > 0; left--)
        {
            day = NextBusinessDay(day.AddDays(1));
        }

        return NextBusinessDay(day);
    }

    /// <summary>The day that is so many business days earlier; with 0 the day itself, or the business day before it.</summary>
    public DateOnly SubtractBusinessDays(DateOnly day, int days)
    {
        day = PreviousBusinessDay(day);
        for (; days > 0; days--)
        {
            day = PreviousBusinessDay(day.AddDays(-1));
        }

        return day;
    }

    /// <summary>So many business days after an instant, at the same local time, moved into working hours. UTC.</summary>
    public DateTimeOffset AddBusinessDays(DateTimeOffset instant, int days)
    {
        var local = Local(instant);
        var day = AddBusinessDays(local.Date.ToDateOnly(), days);
        return NextWorkingMoment(At(day, new TimeOnly(local.TimeOfDay.TickOfDay)));
    }

    /// <summary>So much business time after an instant: its days first, then its hours, which pass only while people work. UTC.</summary>
    public DateTimeOffset Add(DateTimeOffset instant, BusinessSpan span)
    {
        var at = AddBusinessDays(instant, span.Days);
        for (var left = TimeSpan.FromHours(span.Hours); left > TimeSpan.Zero;)
        {
            var end = At(DateAt(at), to);
            if (at + left < end)
            {
                return at + left;
            }

            left -= end > at ? end - at : TimeSpan.Zero;
            at = NextWorkingMoment(end > at ? end : at);
        }

        return at;
    }

    /// <summary>The start of work on a day. UTC.</summary>
    public DateTimeOffset StartOfWork(DateOnly day) => At(day, from);

    /// <summary>A local time on a day, UTC; a time that daylight saving skips counts as the moment after the gap.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time) =>
        zone.AtLeniently(LocalDate.FromDateOnly(day) + LocalTimeOf(time)).ToDateTimeOffset().ToUniversalTime();

    /// <summary>The instant itself within working hours, else when work next begins. UTC.</summary>
    public DateTimeOffset NextWorkingMoment(DateTimeOffset instant)
    {
        var local = Local(instant);
        var day = local.Date.ToDateOnly();
        var time = new TimeOnly(local.TimeOfDay.TickOfDay);
        var works = IsBusinessDay(day);
        if (works && time >= from && time < to)
        {
            return instant.ToUniversalTime();
        }

        return StartOfWork(works && time < from ? day : NextBusinessDay(day.AddDays(1)));
    }

    /// <summary>The instant itself within working hours, else half an hour before the end of the work before it. UTC.</summary>
    /// <remarks>Half an hour, so that what is sent then is read the same day.</remarks>
    public DateTimeOffset PreviousWorkingMoment(DateTimeOffset instant)
    {
        var local = Local(instant);
        var day = local.Date.ToDateOnly();
        var time = new TimeOnly(local.TimeOfDay.TickOfDay);
        if (IsBusinessDay(day) && time >= from && time < to)
        {
            return instant.ToUniversalTime();
        }

        var late = to - from > HalfAnHour ? to.Add(-HalfAnHour) : from;
        return At(PreviousBusinessDay(time < from ? day.AddDays(-1) : day), late);
    }

    private DateOnly NextBusinessDay(DateOnly day)
    {
        for (var rested = 0; !IsBusinessDay(day) && rested < LongestRest; rested++)
        {
            day = day.AddDays(1);
        }

        return day;
    }

    private DateOnly PreviousBusinessDay(DateOnly day)
    {
        for (var rested = 0; !IsBusinessDay(day) && rested < LongestRest; rested++)
        {
            day = day.AddDays(-1);
        }

        return day;
    }

    private LocalDateTime Local(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(zone).LocalDateTime;

    private static LocalTime LocalTimeOf(TimeOnly time) => NodaTime.LocalTime.FromTicksSinceMidnight(time.Ticks);
}
