namespace KeyAccountBot.Language;

/// <summary>What of a list a reply takes: by its words, its place, its number; all, none, all but some.</summary>
internal sealed class ChoiceReplies
{
    private const int ShortestTypo = 4;
    private const int ShortestLongWord = 8;
    private const int ShortestStem = 5;

    private readonly IReadOnlyList<ReplyChoice> choices;
    private readonly List<List<string>> words;
    private readonly Dictionary<string, int> count = new(StringComparer.Ordinal);

    /// <summary>Reads of these.</summary>
    public ChoiceReplies(IReadOnlyList<ReplyChoice> choices)
    {
        this.choices = choices;
        words = [.. choices.Select(c => WordsOf(c))];
        foreach (var word in words.SelectMany(w => w.Distinct(StringComparer.Ordinal)))
        {
            count[word] = count.GetValueOrDefault(word) + 1;
        }
    }

    /// <summary>What the words take.</summary>
    /// <param name="Taken">Places of what is taken, in the order of the list.</param>
    /// <param name="Denied">Places of what the words say is not.</param>
    /// <param name="IsSaid">The words speak of the list at all.</param>
    public sealed record Taking(IReadOnlyList<int> Taken, IReadOnlyList<int> Denied, bool IsSaid)
    {
        /// <summary>In words, a name or a place, not only a number.</summary>
        public bool IsNone => IsSaid && Taken.Count == 0 && Denied.Count == 0;
    }

    /// <summary>The place whose value, label or synonym the words are; <c>null</c> for none or several.</summary>
    public int? Exact(string folded)
    {
        var plain = ReplyWords.Trim(folded, new TextSpan(0, folded.Length)).Of(folded);
        var fits = Enumerable.Range(0, choices.Count).Where(i => Names(choices[i]).Any(n => n == plain)).ToList();
        return fits.Count == 1 ? fits[0] : null;
    }

    /// <summary>Reads the words.</summary>
    public Taking Read(string folded)
    {
        if (Numbers(folded) is { } numbers)
        {
            return new Taking(numbers, [], true);
        }

        SortedSet<int> taken = [];
        SortedSet<int> denied = [];
        var (isSaid, all, only) = (false, false, false);
        foreach (var clause in Clauses(folded))
        {
            var said = clause.Of(folded);
            var mentions = Mentions(said);
            var denials = ReplyWords.Places("not", said).Concat(ReplyWords.Places("markNo", said)).Select(d => d.Start).ToList();
            if (mentions.Count == 0 && ByNumber(said) is { Count: > 0 } numbered)
            {
                mentions = numbered;
            }

            var excepts = ReplyWords.Places("except", said).Select(d => d.Start).ToList();
            var others = ReplyWords.In("others", said);
            if (ReplyWords.Is("none", said) || (mentions.Count == 0 && ReplyWords.Leads("none", said) > 0 && !others))
            {
                isSaid = true;
                continue;
            }

            if (others)
            {
                isSaid = true;
                if (denials.Count == 0 && taken.Count + denied.Count > 0)
                {
                    taken.UnionWith(Enumerable.Range(0, choices.Count).Where(i => !denied.Contains(i)));
                }
                else if (taken.Count > 0)
                {
                    denied.UnionWith(Enumerable.Range(0, choices.Count).Where(i => !taken.Contains(i)));
                }

                continue;
            }

            var isAll = ReplyWords.Places("all", said).FirstOrDefault() is { Length: > 0 } whole && !denials.Any(d => d < whole.Start && whole.Start - d < 5);
            if (isAll && mentions.Count == 0 && Shared(said) is { Count: > 0 } some)
            {
                isSaid = true;
                taken.UnionWith(some);
                continue;
            }

            if (isAll && (mentions.Count == 0 || excepts.Count > 0))
            {
                (isSaid, all) = (true, true);
                denied.UnionWith(mentions.Where(m => excepts.Any(e => e < m.At)).Select(m => m.Index));
                continue;
            }

            if (mentions.Count == 0)
            {
                continue;
            }

            isSaid = true;
            if (!only && denials.Count == 0 && ReplyWords.In("only", said))
            {
                only = true;
                denied.UnionWith(taken);
                taken.Clear();
            }

            var last = mentions.Max(m => m.At);
            foreach (var mention in mentions)
            {
                // "not signed", "signed no", "the map isn't finished"; but "approved is not signed" takes nothing from the first
                var isDenied = denials.Any(d => d < mention.At) || (mention.At == last && denials.Any(d => d > mention.At))
                    || excepts.Any(e => e < mention.At);
                (isDenied ? denied : taken).Add(mention.Index);
                if (!isDenied)
                {
                    denied.Remove(mention.Index);
                }
            }
        }

        if (all)
        {
            taken.UnionWith(Enumerable.Range(0, choices.Count).Where(i => !denied.Contains(i)));
        }

        taken.ExceptWith(denied.Where(d => !only || !taken.Contains(d)));
        return new Taking([.. taken], [.. denied], isSaid);
    }

    /// <summary>The places that the words name, each where it is named.</summary>
    public IReadOnlyList<(int Index, int At)> Mentions(string said)
    {
        List<(int Index, int At)> found = [.. Places(said)];
        Dictionary<int, (double Score, int At)> scores = [];
        foreach (var (word, at) in Tokens(said))
        {
            var fits = words.Select((of, index) => (index, fit: Fit(word, of))).Where(f => f.fit.Word is not null).ToList();
            if (fits.Count == 0)
            {
                continue;
            }

            var best = fits.Max(f => f.fit.Score);
            foreach (var (index, fit) in fits.Where(f => f.fit.Score >= best - 0.05))
            {
                var score = fit.Score / fits.Count;
                scores[index] = scores.TryGetValue(index, out var before) ? (before.Score + score, Math.Min(before.At, at)) : (score, at);
            }
        }

        // of other words for two values the longer ones count: 总经理 is no 经理
        var meant = choices.Select((c, i) => (Index: i, Span: Meant(c, said))).Where(m => m.Span is not null).Select(m => (m.Index, Span: m.Span!.Value)).ToList();
        meant.RemoveAll(m => meant.Any(o => o.Index != m.Index && o.Span.Length > m.Span.Length && o.Span.Holds(m.Span)));
        foreach (var (index, _) in choices.Index())
        {
            var at = meant.Where(m => m.Index == index).Select(m => (int?)m.Span.Start).FirstOrDefault() ?? (meant.Count == 0 ? NamedInHan(index, said) : null);
            at ??= words[index].Where(w => count[w] == 1 && ReplyWords.Has("short/" + w)).SelectMany(w => ReplyWords.Places("short/" + w, said)).Select(p => (int?)p.Start).FirstOrDefault();
            if (at is { } place)
            {
                scores[index] = scores.TryGetValue(index, out var before) ? (before.Score + 1, Math.Min(before.At, place)) : (1, place);
            }
        }

        // what only one choice has counts; what several share does only where nothing else is said
        var sure = scores.Where(s => s.Value.Score >= 0.7).Select(s => (s.Key, s.Value.At)).ToList();
        found.AddRange(sure.Count > 0 ? sure : TheBest(scores));
        return [.. found.GroupBy(f => f.Index).Select(g => g.MinBy(f => f.At))];
    }

    // what "both the bid ones" share that others have not
    private List<int> Shared(string said)
    {
        HashSet<int>? shared = null;
        foreach (var (word, _) in Tokens(said))
        {
            var fits = Enumerable.Range(0, choices.Count).Where(i => Fit(word, words[i]).Score > 0).ToList();
            if (fits.Count > 0)
            {
                shared = shared is null ? [.. fits] : [.. shared.Intersect(fits)];
            }
        }

        return shared is { Count: > 0 } && shared.Count < choices.Count ? [.. shared.Order()] : [];
    }

    // "not three" among words
    private List<(int Index, int At)> ByNumber(string said)
    {
        var from = ReplyWords.Places("not", said).Concat(ReplyWords.Places("except", said)).Concat(ReplyWords.Places("but", said)).Concat(ReplyWords.Places("only", said)).Select(p => p.End).DefaultIfEmpty(0).Max();
        return from < said.Length && Numbers(said[from..]) is { } numbers ? [.. numbers.Select(n => (n, said.Length - 1))] : [];
    }

    private static IEnumerable<(int, int)> TheBest(Dictionary<int, (double Score, int At)> scores)
    {
        if (scores.Count == 0)
        {
            return [];
        }

        var best = scores.Max(s => s.Value.Score);
        var bests = scores.Where(s => s.Value.Score >= best - 0.01).ToList();
        return bests.Count == 1 ? [(bests[0].Key, bests[0].Value.At)] : [];
    }

    // numbers and nothing else: "1 and 3", "1-3", "#2"; 1和3
    private List<int>? Numbers(string folded)
    {
        SortedSet<int> found = [];
        int? before = null;
        var through = false;
        foreach (var (word, _) in NumberTokens(folded))
        {
            if (ReplyWords.Number(word) is { } number && !(word is "a" or "an"))
            {
                if (number < 1 || number > choices.Count)
                {
                    return null;
                }

                if (through && before is { } from && from < number)
                {
                    found.UnionWith(Enumerable.Range(from - 1, number - from + 1));
                }

                found.Add(number - 1);
                (before, through) = (number, false);
                continue;
            }

            if (word is "-" or "–" || (ReplyWords.Is("through", word) && before is not null))
            {
                through = true;
                continue;
            }

            through = false;
            if (!ReplyWords.Is("besideNumbers", word) && word.Any(char.IsLetterOrDigit))
            {
                return null;
            }
        }

        return found.Count > 0 ? [.. found] : null;
    }

    private static IEnumerable<(string Word, int At)> NumberTokens(string folded)
    {
        var i = 0;
        while (i < folded.Length)
        {
            var start = i;
            if (char.IsDigit(folded[i]))
            {
                while (i < folded.Length && char.IsDigit(folded[i]))
                {
                    i++;
                }
            }
            else if (Spelling.IsLetter(folded[i]))
            {
                while (i < folded.Length && (Spelling.IsLetter(folded[i]) || folded[i] == '\''))
                {
                    i++;
                }
            }
            else if (Spelling.IsHan(folded[i]))
            {
                // a run of Chinese characters that is a number or stands beside one, else one character at a time
                while (i < folded.Length && Spelling.IsHan(folded[i]))
                {
                    i++;
                }

                for (var length = i - start; length > 0; length--)
                {
                    if (length == 1 || ReplyWords.Is("besideNumbers", folded.Substring(start, length)))
                    {
                        i = start + length;
                        break;
                    }
                }
            }
            else
            {
                i++;
            }

            yield return (folded[start..i], start);
        }
    }

    private IEnumerable<(int Index, int At)> Places(string said)
    {
        for (var place = 1; place <= choices.Count && ReplyWords.Has($"places/{place}"); place++)
        {
            foreach (var span in ReplyWords.Places($"places/{place}", said).Take(1))
            {
                yield return (place - 1, span.Start);
            }
        }

        foreach (var span in ReplyWords.Places("places/lastButOne", said).Take(1))
        {
            if (choices.Count > 1)
            {
                yield return (choices.Count - 2, span.Start);
                yield break;
            }
        }

        foreach (var (index, at) in ByAmount(said))
        {
            yield return (index, at);
        }

        foreach (var span in ReplyWords.Places("places/middle", said).Take(1))
        {
            if (choices.Count % 2 == 1 && choices.Count > 1)
            {
                yield return (choices.Count / 2, span.Start);
            }
        }

        var some = false;
        foreach (var (index, at) in Some("firstSome", said, fromEnd: false).Concat(Some("lastSome", said, fromEnd: true)))
        {
            some = true;
            yield return (index, at);
        }

        foreach (var span in ReplyWords.Places("places/last", said).Take(1))
        {
            if (!some && choices.Count > 0)
            {
                yield return (choices.Count - 1, span.Start);
            }
        }
    }

    // "the big one": by the amounts that the labels give
    private IEnumerable<(int Index, int At)> ByAmount(string said)
    {
        var (big, small) = (ReplyWords.Places("biggest", said).FirstOrDefault(), ReplyWords.Places("smallest", said).FirstOrDefault());
        if (big.Length + small.Length == 0)
        {
            yield break;
        }

        var amounts = choices.Select((c, i) => (Index: i, Amount: Amounts.In(c.Label).Select(a => (decimal?)a.Amount).LastOrDefault())).ToList();
        if (amounts.Any(a => a.Amount is null) || amounts.Count < 2)
        {
            yield break;
        }

        var wanted = big.Length > 0 ? amounts.MaxBy(a => a.Amount) : amounts.MinBy(a => a.Amount);
        if (amounts.Count(a => a.Amount == wanted.Amount) == 1)
        {
            yield return (wanted.Index, Math.Max(big.Start, small.Start));
        }
    }

    private IEnumerable<(int Index, int At)> Some(string list, string said, bool fromEnd)
    {
        foreach (var match in LanguageFiles.Part("replies").Pattern(list).In(said).Take(1))
        {
            var many = Math.Min(choices.Count, ReplyWords.Number(match.Groups["n"].Value) ?? 2);
            for (var i = 0; i < many; i++)
            {
                yield return (fromEnd ? choices.Count - many + i : i, match.Index);
            }
        }
    }

    private static IEnumerable<TextSpan> Clauses(string folded)
    {
        foreach (var part in ReplyPart.Clauses(folded, new TextSpan(0, folded.Length)))
        {
            var start = part.Start;
            foreach (var cut in Turns(part.Of(folded)).Select(t => part.Start + t).Append(part.End))
            {
                if (cut > start && ReplyWords.Trim(folded, new TextSpan(start, cut - start)) is { Length: > 0 } clause)
                {
                    yield return clause;
                }

                start = Math.Max(start, cut);
            }
        }
    }

    // after a mark or a yes or no within, before "the others", "but"
    private static SortedSet<int> Turns(string said)
    {
        SortedSet<int> cuts = [];
        cuts.UnionWith(ReplyWords.Places("markYes", said).Concat(ReplyWords.Places("markNo", said)).Select(m => m.End));
        cuts.UnionWith(ReplyWords.Places("others", said).Select(o => o.Start));
        cuts.UnionWith(ReplyWords.Places("but", said).Select(o => o.Start).Where(o => !ReplyWords.In("all", said[..o])));
        cuts.UnionWith(ReplyWords.Places("positive", said).Where(p => p.Start > 0 && p.Length < 5 && p.End < said.Length - 1).Select(p => p.End));
        cuts.Remove(0);
        return cuts;
    }

    private static IEnumerable<(string Word, int At)> Tokens(string said)
    {
        for (var i = 0; i < said.Length; i++)
        {
            var start = i;
            while (i < said.Length && Spelling.IsLetter(said[i]))
            {
                i++;
            }

            if (i > start && said[start..i] is var word && word.Length > 1 && !(word.Length < 4 && word.All(char.IsDigit)) && !ReplyWords.IsAll("empty", word))
            {
                yield return (word, start);
            }
        }
    }

    private static (string? Word, double Score) Fit(string said, List<string> of)
    {
        (string? Word, double Score) best = default;
        foreach (var word in of)
        {
            var score = Alike(said, word);
            if (score > best.Score)
            {
                best = (word, score);
            }
        }

        return best;
    }

    /// <summary>How alike two words are, from 0 to 1: the same, its beginning, another ending, a slip of the thumb.</summary>
    internal static double Alike(string said, string word)
    {
        if (said == word)
        {
            return 1;
        }

        if (said.Any(char.IsDigit))
        {
            return 0;
        }

        if (word.Length >= 3 && (said == word + "s" || said == word + "es"))
        {
            return 0.97;
        }

        if (said.Length >= 3 && word.StartsWith(said, StringComparison.Ordinal))
        {
            return 0.9;
        }

        if (ReplyWords.Has("short/" + word) && ReplyWords.Is("short/" + word, said))
        {
            return 0.95;
        }

        var shared = 0;
        while (shared < Math.Min(said.Length, word.Length) && said[shared] == word[shared])
        {
            shared++;
        }

        if (shared >= ShortestStem && shared >= 0.6 * Math.Max(said.Length, word.Length))
        {
            return 0.85;
        }

        var allowed = word.Length >= ShortestLongWord ? 2 : word.Length >= ShortestTypo ? 1 : 0;
        return allowed > 0 && said.Length >= ShortestTypo && said[0] == word[0] && Distance(said, word, allowed) <= allowed ? 0.8 : 0;
    }

    // how many letters are wrong, missing, too many or swapped
    private static int Distance(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most)
        {
            return most + 1;
        }

        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1),
                    Math.Min(
                        rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1),
                        i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] ? rows[i - 2, j - 2] + 1 : int.MaxValue));
            }
        }

        return rows[a.Length, b.Length];
    }

    // other words for well-known values: "the buyer" for purchaser
    private static TextSpan? Meant(ReplyChoice choice, string said) =>
        ReplyWords.Places("means/" + Kebab(choice.Value), said).OrderByDescending(s => s.Length).Select(s => (TextSpan?)s).FirstOrDefault();

    // Chinese sets no words apart: two characters in a row that only this choice has
    private int? NamedInHan(int index, string said)
    {
        int? at = null;
        for (var i = 0; i + 1 < said.Length; i++)
        {
            if (!Spelling.IsHan(said[i]) || !Spelling.IsHan(said[i + 1]))
            {
                continue;
            }

            var pair = said.Substring(i, 2);
            if (HasPair(index, pair) && Enumerable.Range(0, choices.Count).All(o => o == index || !HasPair(o, pair)))
            {
                at = i;
                break;
            }
        }

        return at;
    }

    private bool HasPair(int index, string pair) => Names(choices[index]).Concat(choices[index].Beside.Select(Spelling.Fold)).Any(n => n.Contains(pair, StringComparison.Ordinal));

    private static IEnumerable<string> Names(ReplyChoice choice) => choice.Synonyms.Append(choice.Label).Append(choice.Value).Select(n => Spelling.Fold(n).Trim());

    private static List<string> WordsOf(ReplyChoice choice) =>
        [.. Names(choice).Concat(choice.Beside.Select(Spelling.Fold)).SelectMany(n => Tokens(n)).Select(t => t.Word).Distinct(StringComparer.Ordinal)];

    // DecisionMaker and decision-maker are looked up the same way
    private static string Kebab(string value) =>
        string.Concat(value.Select((c, i) => char.IsUpper(c) ? (i > 0 && !char.IsUpper(value[i - 1]) ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
