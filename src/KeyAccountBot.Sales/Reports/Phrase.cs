using KeyAccountBot.Language;
namespace KeyAccountBot.Sales.Reports;

/// <summary>Finds a playbook's phrases: whole words in their order, with a few words between them where the phrase says <c>…</c>.</summary>
internal static class Phrase
{
    private const int WidestGap = 24;

    /// <summary>Where the phrase stands within a stretch of a folded text, or <c>null</c>.</summary>
    public static TextSpan? Find(string phrase, string folded, TextSpan within)
    {
        var pieces = Spelling.Fold(phrase).Split('…', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (pieces.Length == 0)
        {
            return null;
        }

        for (var from = within.Start; Next(pieces[0], folded, from, within.End) is { } start; from = start + 1)
        {
            var end = start + pieces[0].Length;
            var found = true;
            foreach (var piece in pieces.Skip(1))
            {
                if (Next(piece, folded, end, Math.Min(within.End, end + WidestGap + piece.Length)) is not { } next)
                {
                    found = false;
                    break;
                }

                end = next + piece.Length;
            }

            if (found)
            {
                return new TextSpan(start, end - start);
            }
        }

        return null;
    }

    // the piece as whole words: "bid" is not in "forbidden"; Chinese sets no words apart
    private static int? Next(string piece, string folded, int from, int until)
    {
        while (from + piece.Length <= until)
        {
            var at = folded.IndexOf(piece, from, until - from, StringComparison.Ordinal);
            if (at < 0)
            {
                return null;
            }

            var end = at + piece.Length;
            if (!(Spelling.IsLetter(piece[0]) && at > 0 && Spelling.IsLetter(folded[at - 1]))
                && !(Spelling.IsLetter(piece[^1]) && end < folded.Length && Spelling.IsLetter(folded[end])))
            {
                return at;
            }

            from = at + 1;
        }

        return null;
    }
}
