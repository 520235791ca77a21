using System.Text.RegularExpressions;

namespace KeyAccountBot.Language;

/// <summary>
/// Regular expressions in their order. They fit as one alternation of them would: at the first place where any does, the first of them that
/// fits there. Each is asked only about texts that have the words it requires.
/// </summary>
public sealed class LineExpressions
{
    private readonly LineIndex lines;

    /// <summary>Of these expressions.</summary>
    /// <param name="expressions">In their order.</param>
    /// <param name="options">Of their engines; none that changes what letters mean.</param>
    /// <param name="patience">How long one may take over one text.</param>
    public LineExpressions(IEnumerable<string> expressions, RegexOptions options, TimeSpan patience) =>
        lines = new LineIndex(expressions.Select(e => new LineExpression(e, options, patience)));

    /// <summary>Whether one fits somewhere in the text.</summary>
    /// <exception cref="RegexMatchTimeoutException">One took too long.</exception>
    public bool IsMatch(ReadOnlySpan<char> text)
    {
        var letters = LettersTogether.Of(text);
        foreach (var line in lines.In(text, letters))
        {
            if (line.Engine.IsMatch(text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first place of a text where one fits; <c>null</c> for none.</summary>
    /// <exception cref="RegexMatchTimeoutException">One took too long.</exception>
    public Match? First(string text) => First(text, new TextSpan(0, text?.Length ?? 0));

    /// <summary>The first place of a stretch of a text where one fits, as if the stretch were all; <c>null</c> for none.</summary>
    /// <exception cref="RegexMatchTimeoutException">One took too long.</exception>
    public Match? First(string text, TextSpan within)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.AsSpan(within.Start, within.Length);
        var letters = LettersTogether.Of(words);
        Match? first = null;
        foreach (var line in lines.In(words, letters))
        {
            if (line.Engine.Match(text, within.Start, within.Length) is { Success: true } match && (first is null || match.Index < first.Index))
            {
                first = match;
            }
        }

        return first;
    }

    /// <summary>Where they fit in the text, in its order; none overlaps another.</summary>
    /// <exception cref="RegexMatchTimeoutException">One took too long.</exception>
    public IReadOnlyList<Match> All(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var letters = LettersTogether.Of(text);
        List<(Regex Engine, Match Next)> found = [];
        foreach (var line in lines.In(text, letters))
        {
            if (line.Engine.Match(text) is { Success: true } match)
            {
                found.Add((line.Engine, match));
            }
        }

        if (found.Count == 0)
        {
            return [];
        }

        List<Match> all = [];
        while (true)
        {
            Match? next = null;
            foreach (var (_, match) in found)
            {
                next = match.Success && (next is null || match.Index < next.Index) ? match : next;
            }

            if (next is null)
            {
                return all;
            }

            all.Add(next);

            // what fits nothing at a place is not tried there again
            var from = next.Index + Math.Max(1, next.Length);
            for (var i = 0; i < found.Count; i++)
            {
                if (found[i].Next is { Success: true } passed && passed.Index < from)
                {
                    found[i] = (found[i].Engine, from > text.Length ? Match.Empty : found[i].Engine.Match(text, from));
                }
            }
        }
    }
}
