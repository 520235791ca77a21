using System.Globalization;

namespace KeyAccountBot.Language;

/// <summary>Finds the dates and times in a text, in every language that has a file.</summary>
public static class SpokenDates
{
    // stands for words that are something else: no letter, no digit, no space
    private const char Taken = '\u25a1';

    /// <summary>The dates of a text, in its order; none overlaps another.</summary>
    /// <remarks>
    /// Without a year, the nearest such date to <paramref name="today"/>; a bare weekday and a bare day of the month are the first from today
    /// on. <see cref="SpokenDate.Behind"/> and <see cref="SpokenDate.Ahead"/> give the one that fits what the sentence is about. This, next and last
    /// (这 下 上, diese, nächste, letzte) count calendar weeks from Monday.
    /// </remarks>
    /// <param name="text">As written.</param>
    /// <param name="today">Where the writer is.</param>
    /// <param name="culture">Decides whether 12/3 begins with the day or the month.</param>
    public static IReadOnlyList<SpokenDate> In(string text, DateOnly today, CultureInfo culture) => In(text, today, culture, []);

    /// <summary>The dates of a text beside words that are known to be something else, such as the name Will May.</summary>
    /// <param name="text">As written.</param>
    /// <param name="today">Where the writer is.</param>
    /// <param name="culture">Decides whether 12/3 begins with the day or the month.</param>
    /// <param name="ignore">What is no date.</param>
    public static IReadOnlyList<SpokenDate> In(string text, DateOnly today, CultureInfo culture, IEnumerable<TextSpan> ignore)
    {
        var folded = Spelling.Fold(text).ToCharArray();
        foreach (var span in ignore)
        {
            folded.AsSpan(span.Start, span.Length).Fill(Taken);
        }

        return [.. new DateGrammar(new string(folded), today, culture).All().Select(found => Spoken(found.Span, found.Meaning))];
    }

    private static SpokenDate Spoken(TextSpan span, DateMeaning meaning)
    {
        return Of(meaning.Days) with
        {
            Earlier = meaning.Earlier is { } earlier ? Of(earlier) : null,
            Later = meaning.Later is { } later ? Of(later) : null,
        };

        SpokenDate Of(Days days) => new(span, days.From, days.To, meaning.Shape) { On = days.On, Time = meaning.Time, IsUntil = meaning.IsUntil };
    }
}
