using System.Text.RegularExpressions;

namespace KeyAccountBot.Tests.Lint;

/// <summary>
/// Which namespace needs which, read from sources: by its <c>using</c> lines, by the types of its own parents that it names, and by
/// types that it names with the last part of their namespace.
/// </summary>
internal sealed partial class Namespaces
{
    private const int PatienceMs = 10_000;

    // a namespace, what it needs, and one file and word that say so
    private readonly SortedDictionary<string, SortedDictionary<string, string>> needs = new(StringComparer.Ordinal);

    /// <summary>Reads sources, by path.</summary>
    public Namespaces(IReadOnlyDictionary<string, string> sources)
    {
        var files = sources.Select(s => (Path: s.Key, Namespace: Of(s.Value), Code: Code(s.Value))).Where(f => f.Namespace is not null)
            .Select(f => (f.Path, Namespace: f.Namespace!, f.Code)).ToList();
        var types = files.SelectMany(f => Declaration().Matches(f.Code).Select(m => (f.Namespace, Type: m.Groups["type"].Value)))
            .GroupBy(t => t.Namespace, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(t => t.Type).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (path, own, code) in files)
        {
            var found = needs.TryGetValue(own, out var known) ? known : needs[own] = new(StringComparer.Ordinal);
            foreach (var used in Using().Matches(code).Select(m => m.Groups["name"].Value).Select(u => types.ContainsKey(u) ? u : Parent(u)).Where(types.ContainsKey))
            {
                Note(used, "using");
            }

            var words = Word().Matches(Using().Replace(code, "")).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
            for (var parent = Parent(own); parent.Length > 0; parent = Parent(parent))
            {
                if (types.TryGetValue(parent, out var above) && words.FirstOrDefault(above.Contains) is { } named)
                {
                    Note(parent, named);
                }
            }

            foreach (var name in Qualified().Matches(Using().Replace(code, "")).Select(m => m.Groups))
            {
                for (var parent = own; parent.Length > 0; parent = Parent(parent))
                {
                    if (types.TryGetValue($"{parent}.{name["space"].Value}", out var beside) && beside.Contains(name["type"].Value))
                    {
                        Note($"{parent}.{name["space"].Value}", name["type"].Value);
                    }
                }
            }

            void Note(string other, string by)
            {
                if (other != own)
                {
                    found.TryAdd(other, $"{Path.GetFileName(path)}: {by}");
                }
            }
        }
    }

    /// <summary>The namespace of a file; <c>null</c> for one without.</summary>
    public static string? Of(string source) => Declared().Match(source) is { Success: true } match ? match.Groups["name"].Value : null;

    /// <summary>The groups of namespaces in which each needs every other, directly or over others; each in order.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Circles()
    {
        var reached = needs.Keys.ToDictionary(n => n, Reached, StringComparer.Ordinal);
        return [.. needs.Keys.Where(n => reached[n].Contains(n))
            .GroupBy(n => needs.Keys.First(other => other == n || (reached[n].Contains(other) && reached[other].Contains(n))), StringComparer.Ordinal)
            .Select(g => (IReadOnlyList<string>)[.. g.Order(StringComparer.Ordinal)])];
    }

    /// <summary>Says what a circle is made of, and where each need is found.</summary>
    public string Explain(IReadOnlyList<string> circle) => string.Join('\n', circle.SelectMany(n => needs[n]
        .Where(need => circle.Contains(need.Key, StringComparer.Ordinal))
        .Select(need => $"{n} needs {need.Key} ({need.Value})")));

    /// <summary>Says which needs go from a layer to one above it, and which namespaces stand in none.</summary>
    /// <param name="layers">From the ground up, each a list of names; <c>X.*</c> is X with all below it that no longer name covers.</param>
    /// <param name="root">What all names begin with; by itself it stands for itself.</param>
    public IReadOnlyList<string> Against(IReadOnlyList<string> layers, string root)
    {
        var heights = layers.SelectMany((line, height) => line.Split(", ").Select(name => (Name: name == root ? root : $"{root}.{name}", Height: height)))
            .ToDictionary(l => l.Name, l => l.Height, StringComparer.Ordinal);
        return [.. needs.SelectMany(n => HeightOf(n.Key) is { } own
            ? n.Value.Where(need => HeightOf(need.Key) > own).Select(need => $"{n.Key} needs {need.Key} above it ({need.Value})")
            : [$"{n.Key} stands in no layer"])];

        int? HeightOf(string name)
        {
            if (heights.TryGetValue(name, out var exact))
            {
                return exact;
            }

            for (var above = name; above.Length > 0; above = Parent(above))
            {
                if (heights.TryGetValue($"{above}.*", out var height))
                {
                    return height;
                }
            }

            return null;
        }
    }

    private HashSet<string> Reached(string from)
    {
        HashSet<string> reached = new(StringComparer.Ordinal);
        Stack<string> waiting = new([from]);
        while (waiting.TryPop(out var next))
        {
            foreach (var need in needs[next].Keys.Where(reached.Add))
            {
                waiting.Push(need);
            }
        }

        return reached;
    }

    private static string Parent(string name) => name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : "";

    // without comments and texts, which need nothing
    private static string Code(string source) => Text().Replace(Comment().Replace(source, ""), "\"\"");

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Declared();

    [GeneratedRegex(@"^(?:global )?using (?:static |\w+ = )?(?:global::)?(?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Using();

    [GeneratedRegex(
        @"^(?:public |internal |file )?(?:static |sealed |abstract |partial |readonly )*(?:record struct|record|class|struct|interface|enum|delegate [\w<>\[\]?., ]+?) (?<type>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Z]\w*\b", RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<![\w.])(?<space>[A-Z]\w*)\.(?<type>[A-Z]\w*)\b", RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Qualified();

    [GeneratedRegex("//.*", RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Comment();

    [GeneratedRegex(@"""(?:\\.|[^""\\\n])*""", RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex Text();
}
