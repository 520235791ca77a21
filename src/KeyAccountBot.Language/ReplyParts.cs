namespace KeyAccountBot.Language;

/// <summary>A reply cut into the things it says: sentences, and what is joined by "oh and", "also".</summary>
/// <param name="Span">Its words.</param>
/// <param name="Asks">It is put as a question or an order to the bot.</param>
internal sealed record ReplyPart(TextSpan Span, bool Asks)
{
    private static readonly char[] Ends = ['.', '!', '?', '\n', '。', ';'];

    /// <summary>The parts in the order said; none for a reply without words.</summary>
    public static IReadOnlyList<ReplyPart> Of(string folded)
    {
        List<ReplyPart> parts = [];
        var start = 0;
        foreach (var cut in Cuts(folded).Append(folded.Length))
        {
            if (cut > start)
            {
                Add(folded, new TextSpan(start, cut - start), parts);
                start = cut;
            }
        }

        return parts;
    }

    /// <summary>The stretches between commas, marks and the words that turn a sentence.</summary>
    public static IReadOnlyList<TextSpan> Clauses(string folded, TextSpan within)
    {
        List<TextSpan> clauses = [];
        var start = within.Start;
        for (var i = within.Start; i < within.End; i++)
        {
            if (folded[i] is ',' or '、' or ':' or '\n' or '(' or ')' or '/' || (folded[i] is '-' or '–' or '—' && i > 0 && folded[i - 1] == ' ') || IsEnd(folded, i))
            {
                Add(i);
                start = i + 1;
            }
        }

        Add(within.End);
        return clauses;

        void Add(int end)
        {
            if (ReplyWords.Trim(folded, new TextSpan(start, Math.Max(0, end - start))) is { Length: > 0 } clause)
            {
                clauses.Add(clause);
            }
        }
    }

    /// <summary>Whether the words ask or order something, once what holds up the question is taken off.</summary>
    public static bool IsAsked(string words)
    {
        var all = new TextSpan(0, words.Length);
        var joined = ReplyWords.Without(words, all, "andAlso", ReplyWords.Nothing);
        var plain = ReplyWords.Without(words, joined, "before", ReplyWords.Nothing);
        var held = ReplyWords.Without(words, ReplyWords.Without(words, plain, "holdOn", ReplyWords.Nothing), "before", ReplyWords.Nothing);
        if (held != plain && ReplyWords.Leads("questionWords", held.Of(words)) > 0)
        {
            return true;
        }

        return IsAskedFrom(joined) || (plain != joined && IsAskedFrom(plain)) || (held != plain && IsAskedFrom(held));

        bool IsAskedFrom(TextSpan span)
        {
            var said = words[span.Start..].Trim();
            return ReplyWords.IsAll("asks", said.TrimEnd('?', ' ', '!', '.', '。') + (said.Contains('?', StringComparison.Ordinal) ? "?" : ""));
        }
    }

    private static void Add(string folded, TextSpan span, List<ReplyPart> parts)
    {
        var trimmed = ReplyWords.Trim(folded, span);
        if (trimmed.Length > 0 && !IsFiller(trimmed.Of(folded)))
        {
            parts.Add(new ReplyPart(trimmed, IsAsked(span.Of(folded))));
        }
    }

    // "wait.", "hang on,", "sorry": nothing is said yet
    private static bool IsFiller(string words) => ReplyWords.IsAll("holdOn", words) || ReplyWords.IsAll("before", words)
        || ReplyWords.IsAll("holdOn", ReplyWords.Bare(words, new TextSpan(0, words.Length)).Of(words));

    private static IEnumerable<int> Cuts(string folded)
    {
        SortedSet<int> cuts = [];
        for (var i = 0; i < folded.Length; i++)
        {
            if (IsEnd(folded, i))
            {
                cuts.Add(i + 1);
            }
        }

        foreach (var joint in ReplyWords.Places("andAlso", folded).Where(j => j.Start > 0))
        {
            cuts.Add(joint.Start);
        }

        return cuts;
    }

    // a full stop ends a sentence before a space or the end, so that 3.5, a web address and "15.12." stay whole
    private static bool IsEnd(string folded, int at) => Ends.Contains(folded[at])
        && (folded[at] != '.' || ((at + 1 == folded.Length || char.IsWhiteSpace(folded[at + 1]) || folded[at + 1] == '.') && !(at > 0 && char.IsDigit(folded[at - 1]) && folded[..at].Contains('.', StringComparison.Ordinal) && at + 2 < folded.Length && char.IsDigit(folded[at + 2])) && !IsShort(folded, at)))
        && !(at + 1 < folded.Length && folded[at + 1] == folded[at]);

    // "mr.", "dr.", "no." end no sentence
    private static bool IsShort(string folded, int at)
    {
        var start = at;
        while (start > 0 && char.IsLetter(folded[start - 1]))
        {
            start--;
        }

        return at - start is 1 or 2 && at + 1 < folded.Length;
    }
}
