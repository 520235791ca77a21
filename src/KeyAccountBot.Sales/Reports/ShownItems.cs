using KeyAccountBot.Language;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Something that stands on a shown proposal and can be spoken of.</summary>
/// <param name="Part">Of which opportunity, counted from 0.</param>
/// <param name="Field">Which list it stands in, one of <see cref="ProposalFields"/>.</param>
/// <param name="Index">Its place in that list.</param>
/// <param name="Names">The words that it goes by.</param>
/// <param name="Phrases">How people speak of it, from the playbook.</param>
internal sealed record ShownItem(int Part, string Field, int Index, IReadOnlyList<string> Names, IReadOnlyList<string> Phrases);

/// <summary>Tells which of the things shown some words speak of.</summary>
internal static class ShownItems
{
    private const int ShortestStem = 4;
    private const int PhraseCounts = 3;

    /// <summary>All that is shown beside the people met.</summary>
    public static IReadOnlyList<ShownItem> Of(Proposal shown, Playbook playbook)
    {
        List<ShownItem> items = [];
        for (var part = 0; part < shown.Opportunities.Count; part++)
        {
            var of = shown.Opportunities[part];
            Add(part, ProposalFields.Milestones, of.Milestones, m => playbook.Find(m.Milestone) is { } known ? ([.. known.Name.Values, m.Evidence ?? ""], [.. known.Phrases.All]) : ([m.Evidence ?? ""], []));
            Add(part, ProposalFields.Answers, of.Answers, a => playbook.Find(a.Question) is { } known ? ([.. known.Text.Values, a.Text], [.. known.Phrases.All]) : ([a.Text], []));
            Add(part, ProposalFields.NextStep, of.NextSteps, s => ([s.What], []));
            Add(part, ProposalFields.NewContacts, of.NewContacts, c => ([c.Name], []));
            Add(part, "facts", of.Facts, f => ([f.Value, f.Said], []));
        }

        return items;

        void Add<T>(int part, string field, IReadOnlyList<T> list, Func<T, (IReadOnlyList<string> Names, IReadOnlyList<string> Phrases)> wordsOf)
        {
            for (var i = 0; i < list.Count; i++)
            {
                var (texts, phrases) = wordsOf(list[i]);
                items.Add(new ShownItem(part, field, i, texts, phrases));
            }
        }
    }

    /// <summary>The things that the words fit best; several where they fit them alike, none where they fit nothing.</summary>
    public static IReadOnlyList<ShownItem> Named(string words, IReadOnlyList<ShownItem> items)
    {
        var scored = items.Select(i => (Item: i, Score: Score(words, i))).Where(s => s.Score > 0).ToList();
        var best = scored.Count == 0 ? 0 : scored.Max(s => s.Score);
        return [.. scored.Where(s => s.Score == best).Select(s => s.Item)];
    }

    /// <summary>Whether the words speak of any milestone or question of the playbook, shown or not.</summary>
    public static bool IsOfPlaybook(string words, Playbook playbook) =>
        playbook.Stages.Any(s => s.Milestones.Any(m => Score(words, new ShownItem(0, "", 0, [.. m.Name.Values], [.. m.Phrases.All])) > 0)
            || s.Questions.Any(q => Score(words, new ShownItem(0, "", 0, [.. q.Text.Values], [.. q.Phrases.All])) > 1));

    private static int Score(string words, ShownItem item)
    {
        var all = new TextSpan(0, words.Length);
        var score = item.Phrases.Any(p => Phrase.Find(p, words, all) is not null) ? PhraseCounts : 0;
        var said = StemsOf(words);
        return score + item.Names.Select(t => Spelling.Fold(t)).Max(t => StemsOf(t).Count(w => said.Any(s => IsSame(s, w))) + Han(words, t));
    }

    // the longest run of Chinese characters that both have; one alone says nothing
    private static int Han(string words, string text)
    {
        var best = 0;
        for (var i = 0; i < words.Length; i++)
        {
            var length = 0;
            while (i + length < words.Length && Spelling.IsHan(words[i + length]) && text.Contains(words.Substring(i, length + 1), StringComparison.Ordinal))
            {
                length++;
            }

            best = Math.Max(best, length);
        }

        return best > 1 ? best - 1 : 0;
    }

    private static HashSet<string> StemsOf(string folded)
    {
        HashSet<string> stems = new(StringComparer.Ordinal);
        for (var i = 0; i < folded.Length;)
        {
            var end = i;
            while (end < folded.Length && Spelling.IsLetter(folded[end]))
            {
                end++;
            }

            if (end - i > 1 && folded[i..end] is var word && !CorrectionWords.IsCommon(word))
            {
                stems.Add(word);
            }

            i = end + 1;
        }

        return stems;
    }

    // "mapping" is "mapped"; short words only as they are
    private static bool IsSame(string a, string b)
    {
        var shorter = Math.Min(a.Length, b.Length);
        if (shorter < ShortestStem)
        {
            return a == b;
        }

        var common = 0;
        while (common < shorter && a[common] == b[common])
        {
            common++;
        }

        return common >= ShortestStem && common >= Math.Max(a.Length, b.Length) - ShortestStem + 1;
    }
}
