using System.Globalization;
using System.Text;
using KeyAccountBot.Language;

namespace KeyAccountBot.Sayings.Judging;

/// <summary>Compares what was said with how it was kept, in any language: spelling, case and small words count for nothing.</summary>
internal static class Likeness
{
    private const char Cjk = '\u2e80';
    private const int Stem = 4;

    // of a phrase of so many words, or pairs of characters, this part has to be there
    private const int Half = 2;

    /// <summary>One spelling.</summary>
    public static string Plain(string text) => string.Concat(Spelling.Fold(text).Normalize(NormalizationForm.FormKD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).Trim();

    /// <summary>Whether one name is the other, or a part of it.</summary>
    public static bool IsName(string one, string other)
    {
        var (a, b) = (Plain(one), Plain(other));
        return a.Length > 0 && b.Length > 0 && (a == b || IsPart(a, b) || IsPart(b, a));

        static bool IsPart(string part, string whole) => part.Any(c => c >= Cjk)
            ? whole.Contains(part, StringComparison.Ordinal)
            : Split(part) is { Count: > 0 } words && words.All(Split(whole).Contains);
    }

    /// <summary>Whether a text tells what a phrase says: half of its words at least, by their beginnings.</summary>
    public static bool Tells(string text, string phrase)
    {
        var (plain, wanted) = (Plain(text), Plain(phrase));
        if (wanted.Length == 0 || plain.Contains(wanted, StringComparison.Ordinal))
        {
            return true;
        }

        var words = Split(wanted);
        var said = Split(plain);
        return words.Count > 0 && words.Count(w => said.Any(s => Begins(s, w))) * Half >= words.Count;
    }

    private static bool Begins(string said, string wanted) =>
        said == wanted || (wanted.Length >= Stem && said.Length >= Stem && string.CompareOrdinal(said, 0, wanted, 0, Stem) == 0);

    // Chinese has no spaces: two characters in a row are a word
    private static List<string> Split(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsLetterOrDigit(text[i]) && text[i] < Cjk)
            {
                word.Append(text[i]);
                continue;
            }

            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (text[i] >= Cjk && i + 1 < text.Length && text[i + 1] >= Cjk && char.IsLetter(text[i]) && char.IsLetter(text[i + 1]))
            {
                words.Add(text.Substring(i, 2));
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
