using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using KeyAccountBot.Messages;

namespace KeyAccountBot;

/// <summary>What a feature says to people, in each of its languages: one <c>.resx</c> a language beside the feature.</summary>
/// <remarks>
/// The feature's texts are named after it: <c>FollowUps/FollowUpTexts.resx</c>, <c>FollowUpTexts.zh-Hans.resx</c>. In them <c>**bold**</c>,
/// <c>*italic*</c> and line breaks are <see cref="Marks"/>; the values put into them are words and stay as they are.
/// </remarks>
internal sealed partial class Texts(string name)
{
    // as many as there are texts
    private static readonly ConcurrentDictionary<string, string> MarkedTexts = new(StringComparer.Ordinal);
    private readonly ResourceManager resources = new($"KeyAccountBot.{name}", typeof(Texts).Assembly);

    /// <summary>A text in the reader's language, its numbers, dates and money in their culture.</summary>
    /// <exception cref="MissingManifestResourceException">The feature has no such text.</exception>
    public string this[string key, CultureInfo culture, params ReadOnlySpan<object?> values]
    {
        get
        {
            var text = resources.GetString(key, culture) ?? throw new MissingManifestResourceException($"{name} has no text '{key}'.");
            var marked = MarkedTexts.GetOrAdd(text, Marked);
            return values.Length == 0 ? marked : string.Format(culture, marked, values);
        }
    }

    /// <summary>Whether there is such a text.</summary>
    public bool Has(string key) => resources.GetString(key, CultureInfo.InvariantCulture) is not null;

    private static string Marked(string text)
    {
        if (text.AsSpan().IndexOfAny('*', '\n') < 0)
        {
            return text;
        }

        text = Bold().Replace(text, m => Marks.Bold(m.Groups["words"].Value));
        text = Italic().Replace(text, m => Marks.Italic(m.Groups["words"].Value));
        return Paragraph().Replace(text, m => m.Value.Count(c => c == '\n') > 1 ? Marks.Paragraph : Marks.Line);
    }

    [GeneratedRegex(@"\*\*(?<words>[^*\n]+)\*\*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Bold();

    [GeneratedRegex(@"\*(?<words>[^*\n]+)\*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Italic();

    [GeneratedRegex(@"(\r?\n)+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Paragraph();
}
