using System.Globalization;

namespace KeyAccountBot.Language;

/// <summary>A day as written, and the time of day where one was written with it.</summary>
/// <param name="Day">Where the writer is.</param>
/// <param name="Time">Where the writer is; <c>null</c> where only a day was written.</param>
public sealed record ReadMoment(DateOnly Day, TimeOnly? Time);

/// <summary>Times of day as people write them, alone or beside a date, in every language that has a file.</summary>
/// <remarks>
/// An hour from 1 to 6 that is spoken without its half of the day ("at 3", 3点) is in the afternoon: nobody visits before dawn.
/// On a dial (03:00) it is as written.
/// </remarks>
public static class TimeReading
{
    private const int Longest = 60;

    /// <summary>The day and time meant by the words, or null where they name no day.</summary>
    /// <param name="text">As written.</param>
    /// <param name="today">Where the writer is.</param>
    /// <param name="culture">Decides whether 12/3 begins with the day or the month.</param>
    public static ReadMoment? Read(string text, DateOnly today, CultureInfo culture) =>
        DateReading.Whole(text, today, culture) is { IsTimeOnly: false } moment ? new ReadMoment(moment.Days.On, moment.Time) : null;

    /// <summary>The time of day meant by the words, or null where they are none.</summary>
    public static TimeOnly? ReadTime(string text)
    {
        var plain = DateReading.Plainly(text);
        return plain.Length is 0 or > Longest ? null : new DateGrammar(plain, DateOnly.MinValue.AddDays(400), CultureInfo.InvariantCulture).WholeTime();
    }
}
