namespace KeyAccountBot.Language;

/// <summary>Finds the names on record that a text mentions: customers, their people, opportunities, our own people, competitors.</summary>
public static class NameMentions
{
    private const int Near = 16;

    /// <summary>Where the text mentions names on record, in its order.</summary>
    public static IReadOnlyList<NameMention> In(string text, IReadOnlyList<KnownName> known) => In(text, new NameIndex(known));

    /// <summary>Where the text mentions names on record, in its order. Where words may name a contact or a colleague, each stands there on its own.</summary>
    public static IReadOnlyList<NameMention> In(string text, NameIndex known)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(known);
        var folded = Spelling.Fold(text);
        List<Found> found = [];
        LatinNames.Find(text, folded, known, found);
        HanNames.Find(folded, known, found);
        return Settled(folded, Grouped(text, found));
    }

    /// <summary>The rank that the form of address in a name gives; <c>null</c> for none.</summary>
    public static NameRank? RankIn(string words) => HanNames.RankIn(Spelling.Fold(words));

    /// <summary>How long the Chinese form of address at this place of a folded text is, such as that of an engineer; 0 for none.</summary>
    public static int TitleAt(string folded, int at) => HanNames.TitleAt(folded, at);

    // the longest words win, a common word least; what stands within them is no name of its own
    private static List<NameMention> Grouped(string text, List<Found> found)
    {
        List<NameMention> mentions = [];
        var taken = new bool[text.Length];
        foreach (var at in found.GroupBy(f => f.Span).OrderBy(g => g.All(f => f.IsLoose)).ThenByDescending(g => g.Key.Length).ThenBy(g => g.Key.Start))
        {
            var places = taken.AsSpan(at.Key.Start, at.Key.Length);
            if (places.Contains(true))
            {
                continue;
            }

            places.Fill(true);
            var best = at.Min(f => f.Rank);
            foreach (var kind in at.Where(f => f.Rank == best).GroupBy(f => f.Name.Kind))
            {
                mentions.Add(new NameMention(at.Key, kind.Key, [.. kind.Select(f => f.Name).Distinct()]) { IsLoose = kind.All(f => f.IsLoose) });
            }
        }

        return [.. mentions.OrderBy(m => m.Span.Start)];
    }

    // of several who fit: those of the only customer that the text names, those of that title, those whose department stands beside
    private static List<NameMention> Settled(string folded, List<NameMention> mentions)
    {
        var accounts = mentions.Where(m => m is { Kind: NameKind.Account, Fits.Count: 1 }).Select(m => m.Fits[0].Id).Distinct(StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < mentions.Count; i++)
        {
            var mention = mentions[i];
            if (i + 1 < mentions.Count && mentions[i + 1].Span == mention.Span && HanNames.RankIn(mention.Span.Of(folded)) is { } called)
            {
                // a contact or a colleague: the title may tell
                var (one, other) = (mention.Fits.Any(f => f.Rank == called), mentions[i + 1].Fits.Any(f => f.Rank == called));
                if (one != other)
                {
                    mentions.RemoveAt(one ? i + 1 : i);
                    i--;
                    continue;
                }
            }

            if (mention.Fits.Count < 2)
            {
                continue;
            }

            var fits = mention.Fits;
            if (mention.Kind is NameKind.Contact or NameKind.Opportunity)
            {
                fits = Those(fits, f => f.Account is { } account && accounts.Contains(account));
            }

            if (mention.Kind is NameKind.Contact or NameKind.Colleague)
            {
                var rank = HanNames.RankIn(mention.Span.Of(folded));
                fits = rank is null ? fits : Those(fits, f => f.Rank == rank);
                var from = Math.Max(0, mention.Span.Start - Near);
                var around = folded[from..Math.Min(folded.Length, mention.Span.End + Near)];
                fits = Those(fits, f => f.Beside.Any(b => around.Contains(Spelling.Fold(b), StringComparison.Ordinal)));
            }

            mentions[i] = mention with { Fits = fits };
        }

        return mentions;
    }

    private static IReadOnlyList<KnownName> Those(IReadOnlyList<KnownName> fits, Func<KnownName, bool> which)
    {
        var some = fits.Count < 2 ? fits : [.. fits.Where(which)];
        return some.Count == 0 ? fits : some;
    }
}

/// <summary>Words that fit a name; of several at the same place the lowest rank stands.</summary>
internal readonly record struct Found(TextSpan Span, KnownName Name, int Rank, bool IsLoose);
