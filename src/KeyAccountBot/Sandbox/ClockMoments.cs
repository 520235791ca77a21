using KeyAccountBot.Sales.Calendar;

namespace KeyAccountBot.Sandbox;

/// <summary>The moments of a working week that the sandbox's clock is sent to by name, to see what is told then and what waits. Pure.</summary>
internal static class ClockMoments
{
    // dinner is over, and nobody works late enough to be disturbed
    private static readonly TimeOnly Evening = new(20, 0);
    private static readonly TimeOnly LateMorning = new(11, 0);

    private const int LookedAhead = 366;

    /// <summary>
    /// The next <c>evening</c>, <c>weekend</c> (a day off) or <c>morning</c> (when work begins) after an instant, UTC; <c>null</c> for
    /// another name, and where a calendar has none of it within a year.
    /// </summary>
    public static DateTimeOffset? Next(string name, WorkCalendar calendar, DateTimeOffset now) => name switch
    {
        "evening" => After(now, calendar, day => calendar.At(day, Evening)),
        "weekend" => After(now, calendar, day => calendar.IsBusinessDay(day) ? null : calendar.At(day, LateMorning)),
        "morning" => After(now, calendar, day => calendar.IsBusinessDay(day) ? calendar.StartOfWork(day) : null),
        _ => null,
    };

    private static DateTimeOffset? After(DateTimeOffset now, WorkCalendar calendar, Func<DateOnly, DateTimeOffset?> momentOf)
    {
        var today = calendar.DateAt(now);
        return Enumerable.Range(0, LookedAhead).Select(d => momentOf(today.AddDays(d))).FirstOrDefault(moment => moment > now);
    }
}
