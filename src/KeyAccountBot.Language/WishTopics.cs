namespace KeyAccountBot.Language;

/// <summary>
/// What is asked for by its words alone, in whatever order they stand: a line is several cues with <c>&amp;</c> between them, all of which must be in
/// the message; one behind <c>!</c> must not. For what no whole way of saying it was known.
/// </summary>
internal sealed class WishTopics
{
    private const string And = " & ";

    private readonly IReadOnlyList<(IReadOnlyList<WishCues> All, IReadOnlyList<WishCues> None)> lines;

    private WishTopics(IEnumerable<LanguageFiles.Entry> entries) => lines = [.. entries.Select(Line)];

    /// <summary>The lines of a list.</summary>
    /// <param name="list">Which.</param>
    public static WishTopics Of(string list) => new(LanguageFiles.Part("wishes")[list]);

    /// <summary>Whether a line fits the message.</summary>
    public bool IsIn(WishText text) => lines.Any(l => l.All.All(c => c.IsIn(text)) && !l.None.Any(c => c.IsIn(text)));

    private static (IReadOnlyList<WishCues> All, IReadOnlyList<WishCues> None) Line(LanguageFiles.Entry entry)
    {
        var parts = entry.Text.Split(And);
        return ([.. parts.Where(p => p[0] != '!').Select(p => Cue(entry, p))], [.. parts.Where(p => p[0] == '!').Select(p => Cue(entry, p[1..]))]);
    }

    private static WishCues Cue(LanguageFiles.Entry entry, string part) => WishCues.Of([entry with { Text = part }]);
}
