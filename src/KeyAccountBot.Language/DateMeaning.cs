using System.Runtime.InteropServices;

namespace KeyAccountBot.Language;

/// <summary>How large a stretch of the calendar is named.</summary>
internal enum Grain
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>A day of the week, without its date.</summary>
    Weekday,

    /// <summary>A week, or a weekend.</summary>
    Week,

    /// <summary>A month.</summary>
    Month,

    /// <summary>A quarter, half a year, or a year.</summary>
    Longer,

    /// <summary>The beginning, middle or end of one of these.</summary>
    Part,
}

/// <summary>Some days in a row.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
/// <param name="On">The one to take where one is needed.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Days(DateOnly From, DateOnly To, DateOnly On)
{
    /// <summary>One day.</summary>
    public Days(DateOnly day)
        : this(day, day, day)
    {
    }
}

/// <summary>What the words of a date mean.</summary>
/// <param name="Days">The days.</param>
/// <param name="Grain">How large a stretch they name.</param>
internal sealed record DateMeaning(Days Days, Grain Grain)
{
    /// <summary>The time of day that stands with it.</summary>
    public TimeOnly? Time { get; init; }

    /// <summary>The afternoon, evening or night of the day: an hour that stands with it is counted from noon.</summary>
    public bool IsLate { get; init; }

    /// <summary>Nothing but a time was said.</summary>
    public bool IsTimeOnly { get; init; }

    /// <summary>Something lasts until then or is to happen before.</summary>
    public bool IsUntil { get; init; }

    /// <summary>Day and month can be taken for one another.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>No calendar holds such a day.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>A holiday by its name: what happens before it happens on the day before at the latest.</summary>
    public bool IsHoliday { get; init; }

    /// <summary>The ones before, where the words fit those just as well.</summary>
    public Days? Earlier { get; init; }

    /// <summary>The ones after, where the words fit those just as well.</summary>
    public Days? Later { get; init; }

    /// <summary>How it is given.</summary>
    public SpokenDateShape Shape =>
        IsUnreadable ? SpokenDateShape.Unreadable
        : IsTimeOnly ? SpokenDateShape.TimeOnly
        : IsAmbiguous ? SpokenDateShape.Ambiguous
        : Grain == Grain.Day ? SpokenDateShape.Day
        : Grain == Grain.Weekday ? SpokenDateShape.BareWeekday
        : SpokenDateShape.Span;
}
