namespace KeyAccountBot.Language;

/// <summary>Finds customers whose name somebody cut short: "Nord" for Nordwind and Nordstern, where a word such as "with" stands before it.</summary>
public static class ShortNames
{
    private const int Shortest = 4;
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
                if (fits.Count > 0 && mentions.All(m => m.Span.End <= start || m.Span.Start >= end))
                {
                    return [.. mentions.Append(new NameMention(new TextSpan(start, end - start), NameKind.Account, fits)).OrderBy(m => m.Span.Start)];
                }
            }

            start = Math.Max(end, start) + 1;
        }

        return mentions;
    }
}
