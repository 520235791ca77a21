using System.Globalization;
using System.Resources;

namespace KeyAccountBot;

/// <summary>What a feature says to people, in each of its languages: one <c>.resx</c> a language beside the feature.</summary>
/// <remarks>The feature's texts are named after it: <c>FollowUps/FollowUpTexts.resx</c>, <c>FollowUpTexts.zh-Hans.resx</c>.</remarks>
internal sealed class Texts(string name)
{
    private readonly ResourceManager resources = new($"KeyAccountBot.{name}", typeof(Texts).Assembly);

    /// <summary>A text in the reader's language, its numbers, dates and money in their culture.</summary>
    /// <exception cref="MissingManifestResourceException">The feature has no such text.</exception>
    public string this[string key, CultureInfo culture, params ReadOnlySpan<object?> values]
    {
        get
        {
            var text = resources.GetString(key, culture) ?? throw new MissingManifestResourceException($"{name} has no text '{key}'.");
            return values.Length == 0 ? text : string.Format(culture, text, values);
        }
    }
}
