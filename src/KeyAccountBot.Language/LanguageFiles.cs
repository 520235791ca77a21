using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;

namespace KeyAccountBot.Language;

/// <summary>
/// One part of the language files, such as <c>moods</c>: what each language's folder holds under that name, all languages together, since
/// people mix them. A file is an object of lists of patterns; lists within a named object are reached as <c>object/list</c>.
/// </summary>
/// <remarks>
/// A pattern is a regular expression over a text folded by <see cref="Spelling.Fold(string)"/>. Those of a language that sets its words apart
/// hold for whole words. Folder <c>und</c> holds what belongs to no language, such as pictures of thumbs.
/// </remarks>
public sealed class LanguageFiles
{
    /// <summary>The folder of what belongs to no language.</summary>
    public const string Undetermined = "und";

    private static readonly ConcurrentDictionary<string, LanguageFiles> Parts = new(StringComparer.Ordinal);
    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly FrozenDictionary<string, IReadOnlyList<Entry>> lists;
    private readonly ConcurrentDictionary<string, Pattern> patterns = new(StringComparer.Ordinal);
    private readonly string part;

    private LanguageFiles(string part)
    {
        this.part = part;
        Dictionary<string, List<Entry>> read = new(StringComparer.Ordinal);
        var assembly = typeof(LanguageFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith("/" + part, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var file = JsonDocument.Parse(stream, WithComments);
            Collect(file.RootElement, name[..^(part.Length + 1)], "", read);
        }

        lists = read.ToFrozenDictionary(l => l.Key, l => (IReadOnlyList<Entry>)l.Value, StringComparer.Ordinal);
    }

    /// <summary>One line of a list.</summary>
    /// <param name="Language">The folder it stands in, a culture name.</param>
    /// <param name="Text">The pattern or word as written.</param>
    public sealed record Entry(string Language, string Text);

    /// <summary>The languages that have a folder, culture names.</summary>
    public static IReadOnlyList<string> Languages { get; } =
        [.. typeof(LanguageFiles).Assembly.GetManifestResourceNames().Select(n => n.Split('/')[0]).Where(l => l != Undetermined).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Whether a language sets its words apart, so that a word of it holds as a whole.</summary>
    public static bool SetsWordsApart(string language) => language != Undetermined && !Part("language")["unspaced"].Any(l => l.Language == language);

    /// <summary>The names of the lists.</summary>
    public IEnumerable<string> Lists => lists.Keys;

    /// <summary>The part of this name; read once.</summary>
    public static LanguageFiles Part(string name) => Parts.GetOrAdd(name, static n => new LanguageFiles(n));

    /// <summary>The lines of a list in all languages, in the order of the files.</summary>
    /// <exception cref="KeyNotFoundException">No language has such a list: a fault of ours.</exception>
    public IReadOnlyList<Entry> this[string list] =>
        lists.GetValueOrDefault(list) ?? throw new KeyNotFoundException($"No language file '{part}' has a list '{list}'.");

    /// <summary>The lines of a list as plain words, in all languages; none where no language has it.</summary>
    public IReadOnlyList<string> Words(string list) => [.. lists.GetValueOrDefault(list, []).Select(l => l.Text)];

    /// <summary>A regular expression that fits any line of the list; those of a language that sets its words apart as whole words.</summary>
    /// <exception cref="KeyNotFoundException">No language has such a list: a fault of ours.</exception>
    public string AnyOf(string list)
    {
        var apart = string.Join('|', this[list].Where(SetsWordsApart).Select(l => l.Text));
        var others = string.Join('|', this[list].Where(l => !SetsWordsApart(l)).Select(l => l.Text));
        return "(?:" + string.Join('|', new[] { apart.Length > 0 ? $@"\b(?:{apart})\b" : "", others }.Where(o => o.Length > 0)) + ")";
    }

    /// <summary>Whether the language of a line sets its words apart.</summary>
    public static bool SetsWordsApart(Entry line) => SetsWordsApart(line.Language);

    /// <summary>One pattern that fits where any line of the list does.</summary>
    /// <exception cref="KeyNotFoundException">No language has such a list: a fault of ours.</exception>
    public Pattern Pattern(string list) => patterns.GetOrAdd(list, l => Language.Pattern.Of(this[l]));

    private static void Collect(JsonElement element, string language, string path, Dictionary<string, List<Entry>> into)
    {
        foreach (var property in element.EnumerateObject().Where(p => p.Name[0] != '$'))
        {
            var name = path + property.Name;
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                Collect(property.Value, language, name + "/", into);
                continue;
            }

            if (!into.TryGetValue(name, out var list))
            {
                into[name] = list = [];
            }

            list.AddRange(property.Value.EnumerateArray().Select(line => new Entry(language, line.GetString()!)));
        }
    }
}
