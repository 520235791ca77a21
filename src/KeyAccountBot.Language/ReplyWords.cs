namespace KeyAccountBot.Language;

/// <summary>The lists of <c>replies.json</c>, asked of stretches of a reply.</summary>
internal static class ReplyWords
{
    private static readonly LanguageFiles Files = LanguageFiles.Part("replies");
    private static readonly HashSet<string> Lists = [.. Files.Lists];

    /// <summary>A list that no language has.</summary>
    public const string Nothing = "";

    /// <summary>Whether a language has such a list.</summary>
    public static bool Has(string list) => Lists.Contains(list);

    /// <summary>Whether a line of the list fits somewhere.</summary>
    public static bool In(string list, string folded) => Has(list) && Bounded(() => Files.Pattern(list).IsIn(folded));

    /// <summary>Whether a line of the list fits all of the words as they are.</summary>
    public static bool IsAll(string list, string folded) => Has(list) && Bounded(() => Files.Pattern(list).IsAll(folded));

    /// <summary>Where lines of the list fit.</summary>
    public static IEnumerable<TextSpan> Places(string list, string folded) =>
        Has(list) ? Bounded(() => Files.Pattern(list).In(folded).Where(m => m.Length > 0).Select(m => new TextSpan(m.Index, m.Length)).ToList()) ?? [] : [];

    /// <summary>Whether the list fits all of the words, as they are or without what is said around an answer.</summary>
    public static bool Is(string list, string folded)
    {
        if (!Has(list))
        {
            return false;
        }

        var plain = Trim(folded, new TextSpan(0, folded.Length));
        if (plain.Length == 0)
        {
            // only signs: a dash, a question mark
            return IsAll(list, folded.Trim());
        }

        if (IsAll(list, plain.Of(folded)) || IsAll(list, folded.Trim()))
        {
            return true;
        }

        var bare = Bare(folded, plain);
        return bare.Length > 0 && bare != plain && IsAll(list, bare.Of(folded));
    }

    /// <summary>How much of the beginning a line fits; 0 for nothing.</summary>
    public static int Leads(string list, string folded) => Has(list) ? Bounded(() => Files.Pattern(list).Leads(folded)) : 0;

    /// <summary>How much of the end a line fits; 0 for nothing.</summary>
    public static int Trails(string list, string folded) => Has(list) ? Bounded(() => Files.Pattern(list).Trails(folded)) : 0;

    /// <summary>The stretch without signs and space around it.</summary>
    public static TextSpan Trim(string folded, TextSpan span)
    {
        var (start, end) = (span.Start, span.End);
        while (start < end && IsEdge(folded[start]))
        {
            start++;
        }

        while (end > start && IsEdge(folded[end - 1]))
        {
            end--;
        }

        return new TextSpan(start, end - start);
    }

    /// <summary>The stretch without what people say before and after an answer.</summary>
    public static TextSpan Bare(string folded, TextSpan span) => Without(folded, span, "before", "after");

    /// <summary>The stretch without what the lists fit at its beginning and its end, as often as they do; never empty.</summary>
    public static TextSpan Without(string folded, TextSpan span, string before, string after)
    {
        span = Trim(folded, span);
        for (var i = 0; i < MostStripped; i++)
        {
            var words = span.Of(folded);
            var lead = Leads(before, words);
            var rest = lead > 0 ? Trim(folded, new TextSpan(span.Start + lead, span.Length - lead)) : span;
            var tail = rest.Length > 0 ? Trails(after, rest.Of(folded)) : 0;
            rest = tail > 0 ? Trim(folded, new TextSpan(rest.Start, rest.Length - tail)) : rest;
            if (rest.Length == 0 || rest == span)
            {
                return span;
            }

            span = rest;
        }

        return span;
    }

    /// <summary>The number that the word is, from 0 to 10; <c>null</c> for none.</summary>
    public static int? Number(string word)
    {
        if (int.TryParse(word, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var digits))
        {
            return digits;
        }

        for (var number = 0; number <= MostInWords; number++)
        {
            if (Files.Pattern($"numbers/{number}").IsAll(word))
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>Signs and space, which are no part of an answer at its edges.</summary>
    public static bool IsEdge(char c) => char.IsWhiteSpace(c) || c is ',' or '.' or ';' or ':' or '!' or '?' or '"' or '\'' or '“' or '”' or '…' or '、' or '。' or '·' or '~' or '*';

    // what takes too long fits nothing
    private static T? Bounded<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            return default;
        }
    }

    private const int MostStripped = 6;
    private const int MostInWords = 10;
}
