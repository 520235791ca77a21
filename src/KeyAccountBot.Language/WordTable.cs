using System.Collections.Frozen;

namespace KeyAccountBot.Language;

/// <summary>
/// Words of all languages and what each stands for. A line of such a list is <c>value: word, other word</c>; what stands before the colon
/// is a number or a name that code knows.
/// </summary>
internal sealed class WordTable
{
    private readonly FrozenDictionary<char, Word[]> byFirst;

    private WordTable(IEnumerable<Word> words) => byFirst = words
        .DistinctBy(w => w.Text, StringComparer.Ordinal)
        .GroupBy(w => w.Text[0])
        .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(w => w.Text.Length).ToArray());

    /// <summary>A word, folded, and its value: an <see cref="int"/> where it is one, otherwise a string.</summary>
    public sealed record Word(string Text, object Value);

    /// <summary>How a word may begin.</summary>
    public IEnumerable<Beginning> Beginnings => byFirst.Values.SelectMany(words => words).Select(w => Beginning.Of(w.Text));

    /// <summary>The table of these lines.</summary>
    public static WordTable Of(IEnumerable<LanguageFiles.Entry> lines) => new(lines.SelectMany(Words));

    /// <summary>The words that stand at a place of a folded text, the longest first; what follows them is not looked at.</summary>
    public IEnumerable<Word> At(string folded, int place)
    {
        if (place >= folded.Length || !byFirst.TryGetValue(folded[place], out var words))
        {
            yield break;
        }

        foreach (var word in words)
        {
            if (string.CompareOrdinal(folded, place, word.Text, 0, word.Text.Length) == 0)
            {
                yield return word;
            }
        }
    }

    private static IEnumerable<Word> Words(LanguageFiles.Entry line)
    {
        var colon = line.Text.IndexOf(": ", StringComparison.Ordinal);
        var name = line.Text[..colon];
        object value = int.TryParse(name, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : name;
        return line.Text[(colon + 2)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(word => new Word(Spelling.Fold(word), value));
    }
}
