using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text;
using KeyAccountBot.Language;

namespace KeyAccountBot.Conversations;

/// <summary>
/// What people say to ask for a feature, in each of its languages: one <c>.resx</c> a language beside the feature, such as
/// <c>CheckIn/CheckInPhrases.resx</c>. An entry is a wish, its value the phrases with <c>|</c> between them. The entry <c>help-line</c> is the
/// feature's line in the help.
/// </summary>
internal sealed class Phrases
{
    private const string HelpKey = "help-line";

    // every language is understood, no matter who speaks; the one of the resources without a name is the invariant culture's
    private static readonly string Nameless = typeof(Phrases).Assembly.GetCustomAttribute<NeutralResourcesLanguageAttribute>()!.CultureName;
    private static readonly CultureInfo[] Languages = [CultureInfo.InvariantCulture, .. LanguageFiles.Languages.Where(l => l != Nameless).Select(CultureInfo.GetCultureInfo)];

    private readonly Texts texts;
    private readonly Dictionary<string, IReadOnlyList<string>> phrases = new(StringComparer.Ordinal);

    /// <summary>The phrases of a feature.</summary>
    /// <param name="name">Where they lie, such as <c>Conversations.CheckIn.CheckInPhrases</c>.</param>
    /// <exception cref="MissingManifestResourceException">There are none of this name.</exception>
    public Phrases(string name)
    {
        texts = new Texts(name);
        var resources = new ResourceManager($"KeyAccountBot.{name}", typeof(Phrases).Assembly);
        foreach (var language in Languages)
        {
            // a language that has none for this feature yet is spoken without them
            var set = resources.GetResourceSet(language, createIfNotExists: true, tryParents: false);
            if (set is null && language.Equals(CultureInfo.InvariantCulture))
            {
                throw new MissingManifestResourceException($"{name} has no phrases.");
            }

            foreach (DictionaryEntry entry in (IEnumerable?)set ?? Array.Empty<DictionaryEntry>())
            {
                var (wish, value) = ((string)entry.Key, (string)entry.Value!);
                HasHelp |= wish == HelpKey;
                phrases[wish] = [.. phrases.GetValueOrDefault(wish, []), .. wish == HelpKey ? [] : value.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
            }
        }
    }

    /// <summary>Whether the feature has a line in the help.</summary>
    public bool HasHelp { get; }

    /// <summary>The wishes that have phrases.</summary>
    public IEnumerable<string> Wishes => phrases.Keys.Where(w => w != HelpKey);

    /// <summary>The phrases that ask for a wish, in all languages.</summary>
    /// <exception cref="MissingManifestResourceException">The wish has none.</exception>
    public IReadOnlyList<string> Of(string wish) =>
        phrases.GetValueOrDefault(wish) ?? throw new MissingManifestResourceException($"The wish '{wish}' has no phrases.");

    /// <summary>The feature's line in the help.</summary>
    public string Help(CultureInfo culture) => texts[HelpKey, culture];

    /// <summary>One spelling for comparing with phrases: half-width, without closing punctuation.</summary>
    public static string Plain(string words) => words.Normalize(NormalizationForm.FormKC).Trim().TrimEnd('.', '!', '。', '！');
}
