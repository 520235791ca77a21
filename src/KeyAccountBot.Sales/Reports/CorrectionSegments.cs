using KeyAccountBot.Language;

namespace KeyAccountBot.Sales.Reports;

/// <summary>A stretch of a reply that says one thing.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Sentence">Counted from 0.</param>
/// <param name="Cut">The word that it was cut off with, such as "but"; empty for a mark.</param>
internal sealed record CorrectionSegment(TextSpan Span, int Sentence, string Cut);

/// <summary>Takes a reply apart at its marks, and at words such as "but" and "except".</summary>
internal static class CorrectionSegments
{
    /// <summary>The stretches in the text's order.</summary>
    /// <param name="folded">The reply, folded.</param>
    /// <param name="whole">What no cut goes through: names, dates.</param>
    public static IReadOnlyList<CorrectionSegment> Of(string folded, IReadOnlyList<TextSpan> whole)
    {
        List<CorrectionSegment> segments = [];
        var words = CorrectionWords.List("cut").In(folded).Where(m => !Within(m.Index)).ToDictionary(m => m.Index, m => m.Length);
        var (start, sentence, cut) = (0, 0, "");
        for (var i = 0; i < folded.Length; i++)
        {
            if (words.TryGetValue(i, out var length))
            {
                Add(i);
                (cut, start) = (folded.Substring(i, length), i + length);
                i = start - 1;
            }
            else if (Picture(folded, i) is > 0 and var width)
            {
                Add(i);
                (cut, start) = ("", i);
                Add(i + width);
                start = i + width;
                i = start - 1;
            }
            else if (!Within(i) && (IsMark(folded, i) || EndsSentence(folded, i)))
            {
                Add(i);
                (cut, start) = ("", i + 1);
                sentence += EndsSentence(folded, i) ? 1 : 0;
            }
        }

        Add(folded.Length);
        return segments;

        void Add(int end)
        {
            var (from, to) = (start, end);
            while (from < to && char.IsWhiteSpace(folded[from]))
            {
                from++;
            }

            while (to > from && char.IsWhiteSpace(folded[to - 1]))
            {
                to--;
            }

            if (to > from)
            {
                segments.Add(new CorrectionSegment(new TextSpan(from, to - from), sentence, cut));
            }
        }

        bool Within(int at) => whole.Any(w => at > w.Start && at < w.End);
    }

    /// <summary>The text with a mark between its sentences that no name goes across: "not Li Junfeng. Li Jun".</summary>
    public static string Apart(string text, string folded)
    {
        var apart = text.ToCharArray();
        for (var i = 0; i < folded.Length; i++)
        {
            if (folded[i] == '.' && EndsSentence(folded, i))
            {
                apart[i] = '!';
            }
        }

        return new string(apart);
    }

    // a picture says something of its own
    private static int Picture(string folded, int at) =>
        char.IsHighSurrogate(folded[at]) && at + 1 < folded.Length ? 2 : char.GetUnicodeCategory(folded[at]) == System.Globalization.UnicodeCategory.OtherSymbol ? 1 : 0;

    private static bool IsMark(string folded, int at) => folded[at] switch
    {
        '、' or ';' => true,
        ',' => !(at > 0 && at + 1 < folded.Length && char.IsAsciiDigit(folded[at - 1]) && char.IsAsciiDigit(folded[at + 1])),
        '-' or '–' or '—' => at > 0 && at + 1 < folded.Length && folded[at - 1] == ' ' && folded[at + 1] == ' ',
        _ => false,
    };

    private static bool EndsSentence(string folded, int at) => folded[at] switch
    {
        '!' or '?' or '。' or '\n' => true,
        '.' => (at + 1 == folded.Length || char.IsWhiteSpace(folded[at + 1])) && !IsShort(folded[..at])
            && !(at > 0 && char.IsAsciiDigit(folded[at - 1]) && folded[(at + 1)..].TrimStart() is [>= '0' and <= '9', ..]),
        _ => false,
    };

    private static bool IsShort(string before) => CorrectionWords.EndsWith(before, "titles");
}
