using System.Globalization;

namespace KeyAccountBot.Language;

/// <summary>Finds why something is asked for: what follows a "because", else the part of the sentence that neither asks nor dates.</summary>
public static class Reasons
{
    private const int Longest = 2000;
    private static readonly char[] Ends = [' ', '.', '!', '。', '！', ',', '，', ';', '；', ':', '：', '-', '–', '—', '(', ')', '（', '）'];

    private static LanguageFiles Words => LanguageFiles.Part("reasons");

    /// <summary>The reason in the writer's words; <c>null</c> where the text gives none.</summary>
    /// <param name="text">As written.</param>
    /// <param name="today">Where the writer is.</param>
    /// <param name="culture">Decides whether 12/3 begins with the day or the month.</param>
    public static string? In(string text, DateOnly today, CultureInfo culture)
    {
        if (text.Length > Longest)
        {
            return null;
        }

        var folded = Spelling.Fold(text);
        if (Words.Pattern("because").In(folded).FirstOrDefault() is { } because)
        {
            // "since the budget is frozen, put it on hold" has its reason first
            var end = because.Index == 0 ? folded.AsSpan(because.Length).IndexOfAny(",，;；") is >= 0 and var at ? because.Length + at : folded.Length : folded.Length;
            return Tidy(text[(because.Index + because.Length)..end]);
        }

        string[] parts = [.. PartsOf(folded).Where(p => IsReason(folded[p], text[p], today, culture)).Select(p => Tidy(text[p])).OfType<string>()];
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }

    // a sentence of one part asks, and says no more
    private static List<Range> PartsOf(string folded)
    {
        List<Range> parts = [];
        var from = 0;
        foreach (var cut in Words.Pattern("cuts").In(folded))
        {
            parts.Add(from..cut.Index);
            from = cut.Index + cut.Length;
        }

        parts.Add(from..folded.Length);
        return parts.Count(p => folded[p].Trim(Ends).Length > 0) > 1 ? parts : [];
    }

    private static bool IsReason(string folded, string text, DateOnly today, CultureInfo culture)
    {
        var said = folded.Trim(Ends);
        if (said.Length < 2 || Words.Pattern("asks").IsIn(said) || Words.Pattern("polite").IsIn(said))
        {
            return false;
        }

        var dated = SpokenDates.In(text, today, culture).Sum(d => d.Span.Length);
        return said.Length - dated > Math.Max(2, dated / 2);
    }

    private static string? Tidy(string words) => words.Trim(Ends) is { Length: > 1 } tidy ? tidy : null;
}
