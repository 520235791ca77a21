using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace KeyAccountBot.Language;

/// <summary>Cues of the language files that speak for a wish, with masked names and dates in them.</summary>
internal sealed partial class WishCues
{
    private static readonly LanguageFiles Files = LanguageFiles.Part("wishes");

    private static readonly FrozenDictionary<string, string> Masks = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["account"] = $"{WishText.Account}+",
        ["deal"] = $"[{WishText.Account}{WishText.Opportunity}][{WishText.Account}{WishText.Opportunity} ,·'’-]*(?:'s|s)?",
        ["contact"] = $"[{WishText.Contact}{WishText.Somebody}]+",
        ["colleague"] = $"[{WishText.Colleague}{WishText.Somebody}]+",
        ["who"] = $"[{WishText.Contact}{WishText.Colleague}{WishText.Somebody}]+",
        ["rival"] = $"{WishText.Competitor}+",
        ["any"] = $"[{WishText.Account}{WishText.Opportunity}{WishText.Contact}{WishText.Colleague}{WishText.Somebody}]+",
        ["date"] = $"{WishText.Date}+",
        ["sum"] = $"{WishText.Sum}+",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private const RegexOptions Plain = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly IReadOnlyList<Regex> named;
    private readonly IReadOnlyList<Regex> dated;

    private WishCues(string list)
    {
        var lines = Files[list].Select(l => new LanguageFiles.Entry(LanguageFiles.Undetermined, Whole(l.Language, Expanded(l.Language, l.Text)))).ToList();
        named = Expressions([.. lines.Where(l => !IsDated(l.Text)).Select(l => l.Text)]);
        dated = Expressions([.. lines.Where(l => IsDated(l.Text)).Select(l => l.Text)]);
    }

    /// <summary>The names of the lists under this one, such as those of <c>sure</c>.</summary>
    public static IReadOnlyList<string> Under(string list) => [.. Files.Lists.Where(l => l.StartsWith(list + "/", StringComparison.Ordinal)).Select(l => l[(list.Length + 1)..])];

    /// <summary>The cues of a list.</summary>
    public static WishCues Of(string list) => new(list);

    /// <summary>The cues of a list, each line by itself.</summary>
    public static IReadOnlyList<WishCues> Each(string list) => [.. Files[list].Select((_, i) => new WishCues(list, i))];

    private WishCues(string list, int line)
    {
        var entry = Files[list][line];
        var one = new LanguageFiles.Entry(LanguageFiles.Undetermined, Whole(entry.Language, Expanded(entry.Language, entry.Text)));
        named = Expressions(IsDated(one.Text) ? [] : [one.Text]);
        dated = Expressions(IsDated(one.Text) ? [one.Text] : []);
    }

    /// <summary>Whether a cue fits the message.</summary>
    public bool IsIn(WishText text) => named.Any(r => r.IsMatch(text.Named)) || dated.Any(r => r.IsMatch(text.Dated));

    private static List<Regex> Expressions(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return [];
        }

        // what looks around itself is not for the linear engine
        var looks = lines.Where(l => l.Contains("(?!", StringComparison.Ordinal)).ToList();
        if (looks.Count > 0 && looks.Count < lines.Count)
        {
            return [.. Expressions([.. lines.Except(looks, StringComparer.Ordinal)]), .. Expressions(looks)];
        }

        try
        {
            return [new Regex(string.Join('|', lines), Plain | (looks.Count > 0 ? RegexOptions.None : RegexOptions.NonBacktracking), Patience)];
        }
        catch (NotSupportedException) when (lines.Count > 1)
        {
            // together they are too many for it
            return [.. Expressions([.. lines.Take(lines.Count / 2)]), .. Expressions([.. lines.Skip(lines.Count / 2)])];
        }
    }

    private static bool IsDated(string line) => line.Contains(WishText.Date, StringComparison.Ordinal) || line.Contains(WishText.Sum, StringComparison.Ordinal);

    // a cue may begin or end with a question mark, so that a word's end is what is no letter, not \b
    private static string Whole(string language, string line) => language.StartsWith("zh", StringComparison.Ordinal) ? Short(line) : $"(?:^|\\W)(?:{Short(line)})(?:$|\\W)";

    // what is left over at the end says nothing, and a gap ends before a word, never within one
    private static string Short(string line) => Gap().Replace(Rest().Replace(line, ""), "$0\\b");

    [GeneratedRegex(@"\( \.\{0,\d+\}\)\?(?=[(a-z])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Gap();

    [GeneratedRegex(@"(?<!\\)\( ?\.\{0,\d+\}\)\?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Rest();

    private static string Expanded(string language, string line) => Macro().Replace(line, m => Masks.TryGetValue(m.Groups["name"].Value, out var mask)
        ? $"(?:{mask})"
        : "(?:" + string.Join('|', Files["words/" + m.Groups["name"].Value].Where(w => w.Language == language).Select(w => Expanded(language, w.Text))) + ")");

    [GeneratedRegex("\\{(?<name>[a-z]+)\\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Macro();
}
