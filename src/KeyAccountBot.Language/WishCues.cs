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
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly LineIndex named;
    private readonly LineIndex dated;

    private WishCues(IEnumerable<LanguageFiles.Entry> entries)
    {
        var lines = entries.Select(l => Whole(l.Language, Expanded(l.Language, l.Text))).ToList();
        named = Expressions([.. lines.Where(l => !IsDated(l))]);
        dated = Expressions([.. lines.Where(IsDated)]);
    }

    /// <summary>The names of the lists under this one, such as those of <c>sure</c>.</summary>
    public static IReadOnlyList<string> Under(string list) => [.. Files.Lists.Where(l => l.StartsWith(list + "/", StringComparison.Ordinal)).Select(l => l[(list.Length + 1)..])];

    /// <summary>The cues of a list.</summary>
    /// <param name="list">Which.</param>
    public static WishCues Of(string list) => new(Files[list]) { IsKept = !list.Contains('/', StringComparison.Ordinal) };

    /// <summary>The cues of a list, each line by itself.</summary>
    /// <param name="list">Which.</param>
    public static IReadOnlyList<WishCues> Each(string list) => [.. Files[list].Select(l => new WishCues([l]) { IsKept = true })];

    /// <summary>The cues of single lines.</summary>
    /// <param name="lines">Which.</param>
    public static WishCues Of(IReadOnlyList<LanguageFiles.Entry> lines) => new(lines);

    /// <summary>Whether it is asked again and again of the same message, which keeps what was found.</summary>
    public bool IsKept { get; init; }

    /// <summary>Whether a cue fits the message.</summary>
    public bool IsIn(WishText text)
    {
        if (!IsKept)
        {
            return Fits(text);
        }

        if (!text.Found.TryGetValue(this, out var fits))
        {
            text.Found[this] = fits = Fits(text);
        }

        return fits;
    }

    private bool Fits(WishText text) => (named.Count > 0 && Fits(named, text.Named, text.NamedLetters)) || (dated.Count > 0 && Fits(dated, text.Dated, text.DatedLetters));

    private static bool Fits(LineIndex lines, string text, LettersTogether letters)
    {
        foreach (var line in lines.In(text, letters))
        {
            try
            {
                if (line.Engine.IsMatch(text))
                {
                    return true;
                }
            }
            catch (RegexMatchTimeoutException)
            {
                // too much for the engine that goes back: nothing is read from it
            }
        }

        return false;
    }

    // a line by itself is looked for by its first letters, which costs least; the linear engine would keep hundreds of MiB for all of them
    private static LineIndex Expressions(IReadOnlyList<string> lines) => new(lines.Select(line => new LineExpression(line, Plain, Patience)));

    private static bool IsDated(string line) => line.Contains(WishText.Date, StringComparison.Ordinal) || line.Contains(WishText.Sum, StringComparison.Ordinal);

    // a cue may begin or end with a question mark, so that a word's end is what is no letter, not \b
    private static string Whole(string language, string line) => language.StartsWith("zh", StringComparison.Ordinal) ? Start().Replace(Short(line), "") : $"(?<![a-z])(?:{Short(line)})(?![a-z])";

    // what is left over at the end says nothing, and a gap ends before a word, never within one
    private static string Short(string line) => Gap().Replace(Rest().Replace(line, ""), "(?:(?:$1)? |)");

    [GeneratedRegex(@"\((?<1> \.\{0,\d+\})\)\?(?=[(a-z])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Gap();

    // where words are not set apart, what may be left out at the beginning says nothing either
    [GeneratedRegex(@"^\(\.\{0,\d+\}\)\??(?=[(\p{IsCJKUnifiedIdeographs}])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Start();

    [GeneratedRegex(@"(?<!\\)\( ?\.\{0,\d+\}\)\?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Rest();

    private static string Expanded(string language, string line) => Macro().Replace(line, m => Masks.TryGetValue(m.Groups["name"].Value, out var mask)
        ? $"(?:{mask})"
        : "(?:" + string.Join('|', Files["words/" + m.Groups["name"].Value].Where(w => w.Language == language).Select(w => Expanded(language, w.Text))) + ")");

    [GeneratedRegex("\\{(?<name>[a-z]+)\\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Macro();
}
