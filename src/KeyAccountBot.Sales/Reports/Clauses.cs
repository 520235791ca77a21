using KeyAccountBot.Language;
using System.Text.RegularExpressions;

namespace KeyAccountBot.Sales.Reports;

/// <summary>A clause of the report: the smallest stretch that says one thing.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Sentence">Counted from 0.</param>
/// <param name="Mood">How it stands to what has happened.</param>
/// <param name="Date">The date it gives, as it is meant; <c>null</c> for none.</param>
/// <param name="Dated">The words that give the date.</param>
internal sealed record Clause(TextSpan Span, int Sentence, Mood Mood, DateOnly? Date, DateMention? Dated);

/// <summary>Takes a text apart into sentences and clauses and says of each in which mood it is.</summary>
internal static partial class Clauses
{
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const int PatienceMs = 1000;

    /// <summary>The clauses in the text's order.</summary>
    /// <param name="text">As written.</param>
    /// <param name="dates">Found in it; no clause ends within one.</param>
    /// <param name="today">Where the writer is: a later date makes a clause a plan.</param>
    public static IReadOnlyList<Clause> Of(string text, IReadOnlyList<DateMention> dates, DateOnly today)
    {
        List<Clause> clauses = [];
        var folded = Spelling.Fold(text);
        var sentence = 0;
        foreach (var span in Cut(folded, new TextSpan(0, text.Length), SentenceEnd(), dates))
        {
            var open = Moods.IsOpen(span.Of(text) + Ending(text, span.End));
            foreach (var part in Cut(folded, span, ClauseEnd(), dates))
            {
                Add(clauses, text, folded, part, sentence, open, dates, today);
            }

            sentence++;
        }

        return clauses;
    }

    // a mark of doubt or denial holds for what follows it across an "and", not for what stands before
    private static void Add(
        List<Clause> clauses, string text, string folded, TextSpan part, int sentence, bool open, IReadOnlyList<DateMention> dates, DateOnly today)
    {
        var whole = Judge(text, part, sentence, open, dates, today);
        if (whole.Mood is Mood.Open)
        {
            clauses.Add(whole);
            return;
        }

        if (whole.Mood is Mood.Stated)
        {
            // "it was approved and we call on Friday": each half has its own day, where the second gives one
            var halves = Cut(folded, part, NewSubject(), dates).ToList();
            var apart = halves.Skip(1).Any(half => dates.Any(d => half.Holds(d.Words)));
            clauses.AddRange(apart ? halves.Select(half => Judge(text, half, sentence, open, dates, today)) : [whole]);
            return;
        }

        var inherited = Mood.Stated;
        foreach (var piece in Cut(folded, part, Conjunction(), dates))
        {
            var clause = Judge(text, piece, sentence, open, dates, today);
            inherited = clause.Mood == Mood.Stated ? inherited : clause.Mood;
            clauses.Add(clause with { Mood = inherited });
        }
    }

    private static Clause Judge(string text, TextSpan span, int sentence, bool open, IReadOnlyList<DateMention> dates, DateOnly today)
    {
        var words = span.Of(text);
        var dated = dates.FirstOrDefault(d => span.Holds(d.Words));
        var mood = open ? Mood.Open : Moods.Of(words);
        if (dated is null)
        {
            return new Clause(span, sentence, mood, null, null);
        }

        var on = dated.IsBareWeekday && dated.On > today && mood != Mood.Planned && Moods.IsPast(words) ? dated.On.AddDays(-7) : dated.On;
        return new Clause(span, sentence, mood == Mood.Stated && on > today ? Mood.Planned : mood, on, dated);
    }

    private static IEnumerable<TextSpan> Cut(string folded, TextSpan span, Regex at, IReadOnlyList<DateMention> dates)
    {
        var start = span.Start;
        for (var match = at.Match(folded, span.Start); match.Success && match.Index < span.End; match = match.NextMatch())
        {
            if (dates.Any(d => match.Index > d.Words.Start && match.Index < d.Words.End))
            {
                continue;
            }

            if (Trimmed(folded, start, match.Index) is { Length: > 0 } part)
            {
                yield return part;
            }

            start = match.Index + match.Length;
        }

        if (start < span.End && Trimmed(folded, start, span.End) is { Length: > 0 } last)
        {
            yield return last;
        }
    }

    private static TextSpan Trimmed(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return new TextSpan(start, end - start);
    }

    private static string Ending(string text, int end) => end < text.Length ? text[end].ToString() : "";

    // a full stop ends a sentence where a space follows, and not after "Mr" or a number
    [GeneratedRegex(@"(?<!\b(mr|mrs|ms|dr|prof|corp|inc|approx|no|st))(?<![0-9]\.)\.(?=\s|$|[\u3400-\u9fff])|[!?;\n。]", Plain, PatienceMs)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"(?<![0-9]),|,(?![0-9])|:(?![0-9])|\s[-–—]+\s|—+|\b(but(?! also)|however|though|although|while|then)\b|但是?|不过|可是|然后|而且", Plain, PatienceMs)]
    private static partial Regex ClauseEnd();

    [GeneratedRegex(@"\band(?=\s+(we|they)\b)|并且", Plain, PatienceMs)]
    private static partial Regex NewSubject();

    [GeneratedRegex(@"\band\b|并且", Plain, PatienceMs)]
    private static partial Regex Conjunction();
}
