using KeyAccountBot.Language;

namespace KeyAccountBot.Sales.Reports;

/// <content>How somebody who is not on record is written.</content>
internal sealed partial class CorrectionReader
{
    private const int LongestName = 4;
    private const int FurtherLetters = 3;

    // "it's Pedersen", "her name is Anna Rothe": a name much like the one shown
    private bool TakeName(CorrectionSegment segment)
    {
        var stretch = Words(segment);
        if (CorrectionWords.List("nameIs").In(stretch).FirstOrDefault(m => m.Index == 0 || CorrectionWords.IsOnly(stretch[..m.Index].Trim(), "no")) is not { } lead)
        {
            return false;
        }

        var said = text[(segment.Span.Start + lead.Index + lead.Length)..segment.Span.End].Trim(' ', '.', ',', '!', '"', '“', '”', '。', '，');
        var words = said.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > LongestName || said.Any(char.IsDigit))
        {
            return false;
        }

        for (var part = 0; part < now.Opportunities.Count; part++)
        {
            for (var i = 0; i < Part(part).NewContacts.Count; i++)
            {
                if (Written(Part(part).NewContacts[i].Name, words) is { } name)
                {
                    var at = i;
                    Change(part, Part(part) with { NewContacts = [.. Part(part).NewContacts.Select((c, n) => n == at ? c with { Name = name } : c)] }, ProposalFields.NewContacts);
                    return true;
                }
            }
        }

        return false;
    }

    // one word takes the place of the word most like it; more are the whole name
    private static string? Written(string shown, string[] said)
    {
        var parts = Spelling.IsHan(shown[0]) ? [shown] : shown.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.FindLastIndex(parts, p => IsLike(p, said[^1]));
        return at < 0 ? null
            : said.Length > 1 ? string.Join(' ', said.Select(Capital))
            : string.Join(' ', parts.Select((p, i) => i == at ? Capital(said[0]) : p));
    }

    private static bool IsLike(string one, string other) =>
        Spelling.Fold(one)[0] == Spelling.Fold(other)[0] && !one.Equals(other, StringComparison.Ordinal) && Math.Abs(one.Length - other.Length) <= FurtherLetters;

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
