using System.Text.RegularExpressions;

namespace KeyAccountBot.Language;

/// <summary>
/// What the lines of a language file fit. A message is held against engines that are made at once and bounded by time, a line by itself and only
/// where the message has its words; a page, and whatever takes those too long, against one that is linear in the text's length and dear to make. A line that looks around itself, which the linear
/// engine does not know, is bounded by time alone.
/// </summary>
public sealed class Pattern
{
    private const RegexOptions Plain = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const int LongestEngine = 4000;
    private const int FewWords = 300;
    private const int Message = 20_000;

    private readonly Lazy<IReadOnlyList<LineExpressions>> quick;
    private readonly Lazy<IReadOnlyList<Regex>> everywhere;
    private readonly Lazy<IReadOnlyList<LineExpressions>> whole;
    private readonly Lazy<IReadOnlyList<LineExpressions>> leading;
    private readonly Lazy<IReadOnlyList<LineExpressions>> trailing;

    private Pattern(IReadOnlyList<LanguageFiles.Entry> written)
    {
        IReadOnlyList<LanguageFiles.Entry> lines = [.. written.Select(l => l with { Text = Placeholder.Expanded(Unaccented(l.Text)) })];

        IsAnchored = lines.Any(l => l.Text.Contains('^', StringComparison.Ordinal) || l.Text.EndsWith('$') || l.Text.Contains("$)", StringComparison.Ordinal) || l.Text.Contains("|$", StringComparison.Ordinal));

        // each made when it is first asked for: an engine is dear to make, and most lists are asked in one way only
        quick = new(() => Quick(lines, WholeWords));
        everywhere = new(() => Linear(lines, WholeWords));
        whole = new(() => Quick(lines, static l => $"^(?:{l.Text})$"));
        leading = new(() => Quick(lines, static l => LanguageFiles.SetsWordsApart(l) ? $"^(?:{l.Text})(?:$|[^\\p{{L}}\\p{{N}}])" : $"^(?:{l.Text})"));
        trailing = new(() => Quick(lines, static l => LanguageFiles.SetsWordsApart(l) ? $"(?:^|[^\\p{{L}}\\p{{N}}])(?:{l.Text})$" : $"(?:{l.Text})$"));
    }

    /// <summary>Whether a line says where a text begins or ends: it has to be tried on each piece by itself.</summary>
    public bool IsAnchored { get; }

    /// <summary>The pattern of these lines.</summary>
    public static Pattern Of(IEnumerable<LanguageFiles.Entry> lines) => new([.. lines]);

    // lines of which one alone fits at a place; those that look around themselves are apart, as the linear engine has them
    private static List<LineExpressions> Quick(IReadOnlyList<LanguageFiles.Entry> lines, Func<LanguageFiles.Entry, string> write)
    {
        List<LineExpressions> groups = [];
        Add([.. lines.Where(l => !Looks(l.Text)).Select(write)]);
        Add([.. lines.Where(l => Looks(l.Text)).Select(write)]);
        return groups;

        void Add(IReadOnlyList<string> some)
        {
            if (some.Count == 0)
            {
                return;
            }

            if (some.Count == 1 || some.Sum(s => s.Length + 1) - 1 <= LongestEngine)
            {
                groups.Add(new LineExpressions(some, Plain, Patience));
                return;
            }

            Add([.. some.Take(some.Count / 2)]);
            Add([.. some.Skip(some.Count / 2)]);
        }
    }

    private static List<Regex> Linear(IReadOnlyList<LanguageFiles.Entry> lines, Func<LanguageFiles.Entry, string> write)
    {
        List<Regex> engines = [];
        Add([.. lines.Where(l => !Looks(l.Text))], RegexOptions.NonBacktracking);
        Add([.. lines.Where(l => Looks(l.Text))], RegexOptions.None);
        return engines;

        // an engine takes so much and no more: a long list is cut in two, as often as needed
        void Add(IReadOnlyList<LanguageFiles.Entry> some, RegexOptions engine)
        {
            if (some.Count == 0)
            {
                return;
            }

            var joined = string.Join('|', some.Select(write));
            if (joined.Length <= LongestEngine || some.Count == 1)
            {
                try
                {
                    // a linear engine needs no bound, and a busy machine must not fail a turn
                    engines.Add(new Regex(joined, Plain | engine, engine == RegexOptions.NonBacktracking ? Regex.InfiniteMatchTimeout : Patience));
                    return;
                }
                catch (NotSupportedException)
                {
                    // larger than it looks
                    if (some.Count == 1)
                    {
                        engines.Add(new Regex(joined, Plain, Patience));
                        return;
                    }
                }
            }

            Add([.. some.Take(some.Count / 2)], engine);
            Add([.. some.Skip(some.Count / 2)], engine);
        }
    }

    private static bool Looks(string line) => line.Contains("(?=", StringComparison.Ordinal) || line.Contains("(?!", StringComparison.Ordinal)
        || line.Contains("(?<=", StringComparison.Ordinal) || line.Contains("(?<!", StringComparison.Ordinal);

    /// <summary>Whether a line fits somewhere in the folded text.</summary>
    /// <exception cref="RegexMatchTimeoutException">A line that looks around itself took too long.</exception>
    public bool IsIn(ReadOnlySpan<char> folded)
    {
        if (folded.Length <= Message)
        {
            try
            {
                return IsIn(quick.Value, folded);
            }
            catch (RegexMatchTimeoutException)
            {
                // too much for the engine that goes back: the linear one decides
            }
        }

        return IsIn(everywhere.Value, folded);
    }

    /// <summary>Where lines fit in the folded text, in its order.</summary>
    /// <exception cref="RegexMatchTimeoutException">A line that looks around itself took too long.</exception>
    public IEnumerable<Match> In(string folded)
    {
        if (folded.Length <= Message)
        {
            try
            {
                return In(quick.Value, folded);
            }
            catch (RegexMatchTimeoutException)
            {
                // too much for the engine that goes back: the linear one decides
            }
        }

        return In(everywhere.Value, folded);
    }

    private static bool IsIn(IReadOnlyList<LineExpressions> groups, ReadOnlySpan<char> folded)
    {
        foreach (var group in groups)
        {
            if (group.IsMatch(folded))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIn(IReadOnlyList<Regex> engines, ReadOnlySpan<char> folded)
    {
        foreach (var engine in engines)
        {
            if (engine.IsMatch(folded))
            {
                return true;
            }
        }

        return false;
    }

    private static IReadOnlyList<Match> In(IReadOnlyList<LineExpressions> groups, string folded) => groups is [var only]
        ? only.All(folded)
        : [.. groups.SelectMany(g => g.All(folded)).OrderBy(m => m.Index).ThenByDescending(m => m.Length)];

    private static IReadOnlyList<Match> In(IReadOnlyList<Regex> engines, string folded) => engines is [var only]
        ? only.Matches(folded).ToList()
        : [.. engines.SelectMany(e => e.Matches(folded)).OrderBy(m => m.Index).ThenByDescending(m => m.Length)];

    /// <summary>Whether a line fits all of the folded text. A few words: a long text is no answer of this kind and fits nothing.</summary>
    /// <exception cref="RegexMatchTimeoutException">A line took too long.</exception>
    public bool IsAll(ReadOnlySpan<char> folded)
    {
        return folded.Length <= FewWords && IsIn(whole.Value, folded);
    }

    /// <summary>How much of the folded text's beginning a line fits, words as a whole; 0 for nothing.</summary>
    /// <exception cref="RegexMatchTimeoutException">A line that looks around itself took too long.</exception>
    public int Leads(string folded) => leading.Value.Select(g => g.First(folded.Length > FewWords ? folded[..FewWords] : folded)).OfType<Match>().Select(m => m.Value.TrimEnd(Edges).Length).DefaultIfEmpty().Max();

    /// <summary>How much of the folded text's end a line fits, words as a whole; 0 for nothing.</summary>
    /// <exception cref="RegexMatchTimeoutException">A line that looks around itself took too long.</exception>
    public int Trails(string folded) => trailing.Value.Select(g => g.First(folded.Length > FewWords ? folded[^FewWords..] : folded)).OfType<Match>().Select(m => m.Value.TrimStart(Edges).Length).DefaultIfEmpty().Max();

    private static readonly char[] Edges = [' ', ',', '.', ';', ':', '!', '?', '\n', '\r', '\t', '、', '。', '…', '-'];

    // a file is written as its language is; what it is held against has no accents
    private static string Unaccented(string line) => string.Concat(line.Select(c => c is >= '\u00c0' and <= '\u024f' ? Spelling.Fold(c.ToString())[0] : c));

    // Chinese sets no words apart, and a picture is no word
    private static string WholeWords(LanguageFiles.Entry line) => LanguageFiles.SetsWordsApart(line)
        ? $"{(IsEdge(line.Text[0]) ? "\\b" : "")}(?:{line.Text}){(IsEdge(line.Text[^1]) ? "\\b" : "")}"
        : $"(?:{line.Text})";

    // a word may end there, rather than a mark such as a colon
    private static bool IsEdge(char c) => char.IsLetterOrDigit(c) || c is '(' or ')' or '[' or ']' or '\\' or '?' or '*' or '+' or '}';
}
