using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using KeyAccountBot.Language;

namespace KeyAccountBot.Sales.Reports;

/// <summary>
/// Finds a playbook's phrases: whole words in their order, with a few words between them where the phrase says <c>…</c>. A phrase may give
/// choices, <c>(bid|tender)</c>, and what may be left out, <c>( been)?</c>: it is a regular expression over small letters.
/// </summary>
internal sealed class Phrase
{
    private const string Gap = "[^.;!?\\n]{0,30}";
    private const RegexOptions Plain = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly ConcurrentDictionary<string, Phrase> Single = new(StringComparer.Ordinal);

    private const int MostShared = 500;
    private static readonly ConcurrentDictionary<string, Lazy<Phrase>> Shared = new(StringComparer.Ordinal);

    private const int Message = 20_000;

    // those of a message are made at once and bounded by time, each asked only where the message has its words; the others are linear and dear to make, for a page and what takes the first too long
    private readonly LineExpressions quick;
    private readonly Lazy<IReadOnlyList<Regex>> linear;
    private readonly bool hasAnchor;

    private Phrase(IEnumerable<string> phrases)
    {
        var all = phrases.Select(Spelling.Fold).Where(p => p.Trim('…', ' ').Length > 0).Select(Expression).ToList();
        hasAnchor = all.Exists(e => e.Contains('^', StringComparison.Ordinal) || e.Contains('$', StringComparison.Ordinal));
        quick = new LineExpressions(all, Plain, Patience);
        linear = new(() => [.. Joined([.. all.Where(e => !Looks(e))], RegexOptions.NonBacktracking), .. Joined([.. all.Where(Looks)], RegexOptions.None)]);
    }

    /// <summary>What fits any of the phrases; made once for the same phrases, since it is dear to make.</summary>
    public static Phrase Any(IEnumerable<string> phrases)
    {
        List<string> all = [.. phrases];
        if (Shared.Count > MostShared)
        {
            Shared.Clear();
        }

        return Shared.GetOrAdd(string.Join('\n', all), _ => new Lazy<Phrase>(() => new Phrase(all))).Value;
    }

    /// <summary>Where the phrase stands within a stretch of a folded text, or <c>null</c>.</summary>
    public static TextSpan? Find(string phrase, string folded, TextSpan within) => Single.GetOrAdd(phrase, p => new Phrase([p])).In(folded, within);

    /// <summary>Where a phrase first stands within a stretch of a folded text, or <c>null</c>.</summary>
    public TextSpan? In(string folded, TextSpan within) => Asked(
        within.Length,
        () => quick.First(folded, within) is { Length: > 0 } match ? new TextSpan(match.Index, match.Length) : (TextSpan?)null,
        expressions =>
        {
            TextSpan? first = null;
            foreach (var expression in expressions)
            {
                var match = expression.Match(folded, within.Start, within.Length);
                if (match is { Success: true, Length: > 0 } && (first is null || match.Index < first.Value.Start))
                {
                    first = new TextSpan(match.Index, match.Length);
                }
            }

            return first;
        });

    /// <summary>Every place in a folded text where a phrase stands, in order.</summary>
    public List<TextSpan> All(string folded) => Asked(
        folded.Length,
        () => Spans(quick.All(folded)),
        expressions => Spans(expressions.SelectMany(e => e.Matches(folded)).OrderBy(m => m.Index)));

    /// <summary>Whether a phrase may stand in a folded text, whatever its statements; one that begins or ends a statement is not told so.</summary>
    public bool IsIn(string folded) => hasAnchor || Asked(folded.Length, () => quick.IsMatch(folded), expressions => expressions.Any(e => e.IsMatch(folded)));

    private static List<TextSpan> Spans(IEnumerable<Match> matches) => [.. matches.Where(m => m.Length > 0).Select(m => new TextSpan(m.Index, m.Length))];

    private T Asked<T>(int length, Func<T> askQuick, Func<IReadOnlyList<Regex>, T> askLinear)
    {
        if (length <= Message)
        {
            try
            {
                return askQuick();
            }
            catch (RegexMatchTimeoutException)
            {
                // too much for the engine that goes back: the linear one decides
            }
        }

        return askLinear(linear.Value);
    }

    private static bool Looks(string expression) => expression.Contains("(?!", StringComparison.Ordinal) || expression.Contains("(?=", StringComparison.Ordinal) || expression.Contains("(?<!", StringComparison.Ordinal) || expression.Contains("(?<=", StringComparison.Ordinal);

    // the linear engine is bounded by the text, so a busy machine fails no turn; and it takes so much at once: what is more is cut in two
    private static IEnumerable<Regex> Joined(IReadOnlyList<string> some, RegexOptions engine)
    {
        if (some.Count == 0)
        {
            return [];
        }

        try
        {
            return [new Regex(string.Join('|', some), Plain | engine, engine == RegexOptions.NonBacktracking ? Regex.InfiniteMatchTimeout : Patience)];
        }
        catch (NotSupportedException) when (engine == RegexOptions.NonBacktracking)
        {
            return some.Count == 1 ? Joined(some, RegexOptions.None) : [.. Joined([.. some.Take(some.Count / 2)], engine), .. Joined([.. some.Skip(some.Count / 2)], engine)];
        }
    }

    // a phrase that is no regular expression is taken by its letters
    private static string Expression(string phrase)
    {
        var expression = new StringBuilder();
        foreach (var piece in phrase.Split('…', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            expression.Append(expression.Length > 0 ? Gap : "").Append(Whole(piece));
        }

        var whole = Placeholder.Expanded(expression.ToString());
        try
        {
            _ = new Regex(whole, Plain, Patience);
            return whole;
        }
        catch (ArgumentException)
        {
            return Regex.Escape(phrase);
        }
    }

    // whole words: "bid" is not in "forbidden"; Chinese sets no words apart
    private static string Whole(string piece)
    {
        var (start, end) = (piece.TrimStart('(', '^', '?', ':'), piece.TrimEnd(')', '?', '*', '+', '$', '|'));
        return (start.Length > 0 && Spelling.IsLetter(start[0]) ? "\\b" : "") + $"(?:{piece})" + (end.Length > 0 && Spelling.IsLetter(end[^1]) ? "\\b" : "");
    }
}
