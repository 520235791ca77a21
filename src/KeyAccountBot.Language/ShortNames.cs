namespace KeyAccountBot.Language;

/// <summary>Finds customers whose name somebody cut short: "Nord" for Nordwind and Nordstern, where a word such as "with" stands before it.</summary>
public static class ShortNames
{
    private const int Shortest = 4;
    private const int LongEnough = 6;
    private static readonly LanguageFiles Files = LanguageFiles.Part("slots");

    /// <summary>The mentions with those that are names cut short.</summary>
    public static IReadOnlyList<NameMention> With(string text, IReadOnlyList<NameMention> mentions, IReadOnlyList<KnownName> known)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(mentions);
        ArgumentNullException.ThrowIfNull(known);
        if (text.Length > 200 || mentions.Any(m => m is { IsLoose: false, Kind: NameKind.Account or NameKind.Opportunity }))
        {
            return mentions;
        }

        var folded = Spelling.Fold(text);
        for (var start = 0; start < folded.Length;)
        {
            var end = start;
            while (end < folded.Length && Spelling.IsLetter(folded[end]))
            {
                end++;
            }

            if (end - start >= Shortest && Files.Pattern("beforeName").In(folded[..start]).LastOrDefault() is { } before && folded[(before.Index + before.Length)..start].Trim() is "" or "the" or "our" or "my")
            {
                var word = folded[start..end];
                List<KnownName> fits = [.. known.Where(n => n.Kind == NameKind.Account && Spelling.Fold(n.Name) is var name && name.StartsWith(word, StringComparison.Ordinal) && name.Length > word.Length)];
                if (fits.Count == 0 && word.Length >= LongEnough && known.Where(n => n.Kind == NameKind.Account && HasWord(n, word)).DistinctBy(n => n.Id, StringComparer.Ordinal).ToList() is [var kind])
                {
                    // "the clinic", where one customer is one
                    fits = [kind];
                }

                if (fits.Count > 0 && mentions.All(m => m.Span.End <= start || m.Span.Start >= end))
                {
                    return [.. mentions.Append(new NameMention(new TextSpan(start, end - start), NameKind.Account, fits)).OrderBy(m => m.Span.Start)];
                }
            }

            start = Math.Max(end, start) + 1;
        }

        return ByTrade(folded, known) is { } trade && mentions.All(m => m.Span.End <= trade.Span.Start || m.Span.Start >= trade.Span.End)
            ? [.. mentions.Append(trade).OrderBy(m => m.Span.Start)]
            : mentions;
    }

    private static bool HasWord(KnownName name, string word) => Spelling.Fold(name.Name).Split(' ', '-', '.', ',').Contains(word, StringComparer.Ordinal);

    // a customer called by its trade alone, where it is the only one: 地铁 for 江城轨道交通
    private static NameMention? ByTrade(string folded, IReadOnlyList<KnownName> known)
    {
        foreach (var (said, meant) in Trades.Value)
        {
            var at = folded.IndexOf(said, StringComparison.Ordinal);
            if (at >= 0 && !Files.Pattern("noTrade").IsIn(folded)
                && known.Where(n => n.Kind == NameKind.Account && Spelling.Fold(n.Name).Contains(meant, StringComparison.Ordinal)).DistinctBy(n => n.Id, StringComparer.Ordinal).ToList() is [var only])
            {
                return new NameMention(new TextSpan(at, said.Length), NameKind.Account, [only]);
            }
        }

        return null;
    }

    private static readonly Lazy<IReadOnlyList<(string Said, string Meant)>> Trades = new(static () =>
    {
        var names = LanguageFiles.Part("names");
        var trades = names["industry"].Where(t => !LanguageFiles.SetsWordsApart(t)).Select(t => (t.Text, t.Text));
        var shorter = names["short"].Where(t => !LanguageFiles.SetsWordsApart(t) && t.Text.All(c => c is '=' or '>' || Spelling.IsHan(c))).Select(t => t.Text.Split("=>")).Select(t => (t[1], t[0]));
        return [.. trades.Concat(shorter).Where(t => t.Item1.Length > 1).OrderByDescending(t => t.Item1.Length)];
    });
}
