using KeyAccountBot.Language;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Where the lines of the language files fit in one text, each list looked for once.</summary>
/// <param name="text">Folded, with what was found masked.</param>
internal sealed class Marks(string text)
{
    private readonly Dictionary<Pattern, List<TextSpan>> found = [];

    /// <summary>Whether a line fits within the stretch.</summary>
    public bool Has(Pattern pattern, TextSpan within) => First(pattern, within) is not null;

    /// <summary>The first place within the stretch where a line fits.</summary>
    public TextSpan? First(Pattern pattern, TextSpan within)
    {
        if (pattern.IsAnchored)
        {
            return within.Length > 0 && pattern.In(text.Substring(within.Start, within.Length)).FirstOrDefault(m => m.Length > 0) is { } match ? new TextSpan(within.Start + match.Index, match.Length) : null;
        }

        foreach (var span in All(pattern))
        {
            if (span.Start >= within.End)
            {
                return null;
            }

            if (within.Holds(span))
            {
                return span;
            }
        }

        return null;
    }

    /// <summary>Every place where a line fits, in order.</summary>
    public IReadOnlyList<TextSpan> All(Pattern pattern)
    {
        if (!found.TryGetValue(pattern, out var spans))
        {
            found[pattern] = spans = [.. pattern.In(text).Where(m => m.Length > 0).Select(m => new TextSpan(m.Index, m.Length))];
        }

        return spans;
    }
}
