using System.Text.RegularExpressions;

namespace KeyAccountBot.Language;

/// <summary>
/// What the lines of a language file fit. Linear in the text's length; a line that looks around itself, which the linear engine does not
/// know, is bounded by time instead.
/// </summary>
public sealed class Pattern
{
    private const RegexOptions Plain = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly IReadOnlyList<Regex> expressions;

    private Pattern(IReadOnlyList<Regex> expressions) => this.expressions = expressions;

    /// <summary>The pattern of these lines.</summary>
    public static Pattern Of(IEnumerable<LanguageFiles.Entry> lines)
    {
        var all = lines.Select(l => (Text: WholeWords(l), Looks: l.Text.Contains("(?=", StringComparison.Ordinal) || l.Text.Contains("(?!", StringComparison.Ordinal) || l.Text.Contains("(?<=", StringComparison.Ordinal) || l.Text.Contains("(?<!", StringComparison.Ordinal))).ToList();
        List<Regex> engines = [];
        Add(all.Where(l => !l.Looks), RegexOptions.NonBacktracking);
        Add(all.Where(l => l.Looks), RegexOptions.None);
        return new Pattern(engines);

        void Add(IEnumerable<(string Text, bool Looks)> some, RegexOptions engine)
        {
            if (string.Join('|', some.Select(l => l.Text)) is { Length: > 0 } joined)
            {
                engines.Add(new Regex(joined, Plain | engine, Patience));
            }
        }
    }

    /// <summary>Whether a line fits somewhere in the folded text.</summary>
    /// <exception cref="RegexMatchTimeoutException">A line that looks around itself took too long.</exception>
    public bool IsIn(ReadOnlySpan<char> folded)
    {
        foreach (var expression in expressions)
        {
            if (expression.IsMatch(folded))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where lines fit in the folded text, in its order.</summary>
    /// <exception cref="RegexMatchTimeoutException">A line that looks around itself took too long.</exception>
    public IEnumerable<Match> In(string folded) => expressions.Count == 1
        ? expressions[0].Matches(folded)
        : expressions.SelectMany(e => e.Matches(folded)).OrderBy(m => m.Index).ThenByDescending(m => m.Length);

    // Chinese sets no words apart, and a picture is no word
    private static string WholeWords(LanguageFiles.Entry line) =>
        line.Language == LanguageFiles.Undetermined || line.Language.StartsWith("zh", StringComparison.Ordinal) ? $"(?:{line.Text})" : $"\\b(?:{line.Text})\\b";
}
