using NodaTime;

namespace KeyAccountBot.Sales.FollowUps;

/// <summary>Business days and working hours in one time zone: Monday to Friday, between two local times.</summary>
/// <remarks>Time zones from NodaTime's own copy of the IANA database, so a bare container counts as a full machine does.</remarks>
public sealed class WorkCalendar
{
    private static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);
    private readonly DateTimeZone zone;
    private readonly TimeOnly from;
    private readonly TimeOnly to;

    /// <summary>Working hours from <paramref name="from"/> until just before <paramref name="to"/> in an IANA zone; an unknown zone counts as UTC.</summary>
    public WorkCalendar(string timeZone, TimeOnly from, TimeOnly to)
    {
        zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) ?? DateTimeZone.Utc;
        this.from = from;
        this.to = to;
    }

    /// <summary>The local date at an instant.</summary>
    public DateOnly DateAt(DateTimeOffset instant) => Local(instant).Date.ToDateOnly();

    /// <summary>The local date and time at an instant, with its offset.</summary>
    public DateTimeOffset LocalTime(DateTimeOffset instant) =>
        Instant.FromDateTimeOffset(instant).InZone(zone).ToDateTimeOffset();

    /// <summary>Monday to Friday.</summary>
    public static bool IsBusinessDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The day that is so many business days later; with 0 the day itself, or the next business day.</summary>
    public static DateOnly AddBusinessDays(DateOnly day, int days)
    {
        while (!IsBusinessDay(day))
        {
            day = day.AddDays(1);
            if (days > 0 && IsBusinessDay(day))
            {
                days--;
            }
        }

        day = day.AddDays(days / 5 * 7);
        for (days %= 5; days > 0;)
        {
            day = day.AddDays(1);
            if (IsBusinessDay(day))
            {
                days--;
            }
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
        if (IsBusinessDay(day) && time >= from && time < to)
        {
            return instant.ToUniversalTime();
        }

        return StartOfWork(IsBusinessDay(day) && time < from ? day : AddBusinessDays(day.AddDays(1), 0));
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

        for (day = time < from ? day.AddDays(-1) : day; !IsBusinessDay(day);)
        {
            day = day.AddDays(-1);
        }

        var late = to - from > HalfAnHour ? to.Add(-HalfAnHour) : from;
        return At(day, late);
    }

    private LocalDateTime Local(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(zone).LocalDateTime;

    private static LocalTime LocalTimeOf(TimeOnly time) => NodaTime.LocalTime.FromTicksSinceMidnight(time.Ticks);
}
