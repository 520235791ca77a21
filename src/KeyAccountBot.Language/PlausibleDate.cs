namespace KeyAccountBot.Language;

/// <summary>What a date is for; it decides how far away one may be before it is doubted.</summary>
public enum DateSense
{
    /// <summary>Something to come: a step, a visit, an absence. Two years at most.</summary>
    Ahead,

    /// <summary>Something that happened. Two years at most.</summary>
    Past,

    /// <summary>A decision far away. Ten years at most.</summary>
    FarAhead,
}

/// <summary>Dates that are hardly meant: a year mistyped, such as 9999, 2127 or 0026.</summary>
public static class PlausibleDate
{
    private const int FirstYear = 2000;

    /// <summary>The date that was probably meant where this one is hardly: the same day in a likely year. <c>null</c> where there is nothing to doubt.</summary>
    /// <param name="date">As read.</param>
    /// <param name="today">Where the writer is.</param>
    /// <param name="sense">What it is for.</param>
    public static DateOnly? Likely(DateOnly date, DateOnly today, DateSense sense)
    {
        var years = sense == DateSense.FarAhead ? 10 : 2;
        if (date.Year >= FirstYear && date >= Moved(today, -years) && date <= Moved(today, years))
        {
            return null;
        }

        return Enumerable.Range(-8, 17).Select(years => today.Year + years).Select(year => OnCalendar(year, date))
            .OfType<DateOnly>()
            .Where(d => sense == DateSense.Past ? d <= today : d >= today)
            .MinBy(d => Math.Abs(d.DayNumber - today.DayNumber));
    }

    // only a 29 February is not in every year; the calendar itself ends
    private static DateOnly? OnCalendar(int year, DateOnly date) =>
        year is >= 1 and <= 9999 && date.Day <= DateTime.DaysInMonth(year, date.Month) ? new DateOnly(year, date.Month, date.Day) : null;

    private static DateOnly Moved(DateOnly date, int years) =>
        date.Year + years is >= 1 and <= 9999 ? date.AddYears(years) : years < 0 ? DateOnly.MinValue : DateOnly.MaxValue;
}
