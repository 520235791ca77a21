using System.Globalization;
using System.Text;

namespace KeyAccountBot.Language;

/// <summary>A text that is one date, as people write them, in every language that has a file.</summary>
public static class DateReading
{
    private const int Longest = 60;

    /// <summary>The day meant by the words, or null where they are no date.</summary>
    /// <remarks>
    /// Without a year, the nearest such date to <paramref name="today"/>. A bare weekday is the first one from today on;
    /// this, next and last (这 下 上) count calendar weeks from Monday, so "next friday" and 下周五 are the same day.
    /// </remarks>
    /// <param name="text">As written.</param>
    /// <param name="today">Where the writer is.</param>
    /// <param name="culture">Decides whether 12/3 begins with the day or the month.</param>
    public static DateOnly? Read(string text, DateOnly today, CultureInfo culture) =>
        Whole(text, today, culture) is { Time: null, IsTimeOnly: false } day ? day.Days.On : null;

    /// <summary>What the words mean as one date; <c>null</c> where they are none.</summary>
    internal static DateMeaning? Whole(string text, DateOnly today, CultureInfo culture)
    {
        var plain = Plainly(text);
        return plain.Length is 0 or > Longest || new DateGrammar(plain, today, culture).Whole() is not { IsUnreadable: false } meaning ? null : meaning;
    }

    /// <summary>The words without what ends a sentence.</summary>
    internal static string Plainly(string text)
    {
        var plain = Spelling.Fold(text.Length > 4 * Longest ? "" : text.Normalize(NormalizationForm.FormKC)).Trim();
        return plain.EndsWith('.') && plain.Length > 1 && char.IsAsciiDigit(plain[^2]) && plain.AsSpan(0, plain.Length - 1).Contains('.') ? plain : plain.TrimEnd('.', '!', '。').Trim();
    }
}
