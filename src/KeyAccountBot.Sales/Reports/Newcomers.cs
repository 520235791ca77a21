using KeyAccountBot.Language;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Somebody of the customer who is not on record, as the text names them.</summary>
internal sealed record Newcomer(string Name, TextSpan Named, string? Department, Level? Level, BuyingRole? Role);

/// <summary>Finds people who are not on record: words that look like a name, beside a title, a role or a word for somebody new.</summary>
internal static class Newcomers
{
    private const int Before = 46;
    private const int After = 40;
    private const int LongestHanName = 3;
    private static readonly LanguageFiles Wording = LanguageFiles.Part("reports");
    private static readonly LanguageFiles Names = LanguageFiles.Part("names");
    private static readonly HashSet<string> Words = [.. new[] { "common", "acts", "beforeMonth", "titleAfter", "legal" }.SelectMany(l => Names[l]).SelectMany(l => l.Text.Split(' ')).Select(Spelling.Fold)];
    private static readonly HashSet<string> Ordinary = [.. Names["ordinary"].SelectMany(l => l.Text.Split(' ')).Select(Spelling.Fold)];
    private static readonly HashSet<string> Titles = [.. Names["title"].Select(l => Spelling.Fold(l.Text))];
    private static readonly HashSet<string> Particles = [.. Names["particle"].Select(l => l.Text)];
    private static readonly HashSet<char> Families = [.. Names["family"].SelectMany(l => l.Text)];
    private static readonly HashSet<char> NotGiven = [.. Wording["notGiven"].SelectMany(l => l.Text)];
    private static readonly HashSet<string> Roles = [.. Wording["role"].Select(l => l.Text)];

    /// <summary>Those named, each once.</summary>
    public static IReadOnlyList<Newcomer> In(string text, string folded, IReadOnlyList<NameMention> names, ReportScene scene)
    {
        List<Newcomer> found = [];
        Latin(text, folded, names, scene, found);
        Han(text, folded, names, scene, found);
        return found;
    }

    /// <summary>What the words around a name say of the one who bears it.</summary>
    public static Newcomer Described(string name, TextSpan named, string folded, Playbook playbook, int until)
    {
        var from = Math.Max(0, named.Start - Before);
        // not the words about somebody else: a sentence ends
        for (var i = named.Start - 1; i > from; i--)
        {
            if (folded[i] is '.' or '!' or '?' or '\n' or ';' or '。' or '；' or '）' && !(i + 1 < folded.Length && folded[i] == '.' && i > 1 && char.IsLetter(folded[i - 1]) && char.IsLetter(folded[i - 2]) && Titles.Contains(Last(folded, i))))
            {
                from = i + 1;
                break;
            }
        }

        var end = Math.Min(until, named.End + After);
        for (var i = named.End; i < end; i++)
        {
            if (folded[i] is '.' or '!' or '?' or '\n' or ';' or '。' or '；' or '、')
            {
                end = i;
                break;
            }
        }

        var behind = folded[named.End..end];
        var ahead = folded[from..named.Start];
        // what stands right behind the name, in brackets, says most
        var said = behind.Length > 0 && behind.TrimStart().StartsWith('(') || behind.StartsWith('（') ? behind : ahead + " · " + behind;
        Level? level = Has("level/executive", said) ? Level.Executive : Has("level/manager", said) ? Level.Manager : Has("level/staff", said) ? Level.Staff : null;
        var department = playbook.Coverage.Departments.Select(d => d.Id.Value)
            .OrderBy(id => id == "management")
            .FirstOrDefault(id => (Wording.Lists.Contains("department/" + id, StringComparer.Ordinal) && Has("department/" + id, said))
                || playbook.Coverage.Find(new DepartmentId(id))!.Phrases.All.Any(p => Phrase.Find(p, said, new TextSpan(0, said.Length)) is not null));
        department ??= level == Level.Executive ? playbook.Coverage.Departments.FirstOrDefault(d => d.Id.Value == "management")?.Id.Value : null;
        BuyingRole? role = Wording.Pattern("decisionMaker").IsIn(Placeholding(said)) && level == Level.Executive ? BuyingRole.DecisionMaker : department switch
        {
            "purchasing" => BuyingRole.Purchaser,
            "technical" => BuyingRole.TechnicalEvaluator,
            "quality" => BuyingRole.QualityInspector,
            "user" => BuyingRole.User,
            _ => null,
        };
        return new Newcomer(name, named, department, level, role);
    }

    private static string Placeholding(string said) => said.Replace(" · ", new string(Placeholder.Newcomer, 3), StringComparison.Ordinal);

    private static bool Has(string list, string said) => Wording.Pattern(list).IsIn(said);

    private static string Last(string folded, int end)
    {
        var start = end;
        while (start > 0 && Spelling.IsLetter(folded[start - 1]))
        {
            start--;
        }

        return folded[start..end];
    }

    private static void Latin(string text, string folded, IReadOnlyList<NameMention> names, ReportScene scene, List<Newcomer> found)
    {
        var words = WordsIn(folded).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            if (Named(text, folded, words, i, names) is not { } last)
            {
                continue;
            }

            var span = new TextSpan(words[i].Start, words[last].End - words[i].Start);
            var titled = i > 0 && Titles.Contains(words[i - 1].Of(folded)) && words[i].Start - words[i - 1].End < 3;
            var hasTwo = last > i;
            var ahead = folded[Math.Max(0, span.Start - Before)..span.Start];
            var behind = folded[span.End..Math.Min(folded.Length, span.End + After)];
            var called = Wording.Pattern("newBefore").IsIn(ahead);
            var isListed = Wording.Pattern("theirList").IsIn(LineBefore(folded, span.Start)) && !Wording.Pattern("ourList").IsIn(LineBefore(folded, span.Start)) && !IsOurs(folded, span.Start, names);
            var around = Cut(ahead) + " " + Uncut(behind);
            var isSomebody = titled || (isListed && hasTwo) || (hasTwo && called && (Has("newWords", around) || Has("role", around))) || (hasTwo && Has("newWords", around) && Has("role", around))
                || (hasTwo && Wording.Pattern("metEnds").IsIn(ahead) && IsTheirs(folded, span.End, names));
            if (isSomebody && !(titled && !hasTwo && words[i].Length < 3) && !found.Exists(f => f.Name.Equals(span.Of(text), StringComparison.OrdinalIgnoreCase)))
            {
                found.Add(Described(Shown(span.Of(text)), span, folded, scene.Playbook, folded.Length));
            }

            i = last;
        }
    }

    // a list that names one of our own people lists ours
    private static bool IsOurs(string folded, int at, IReadOnlyList<NameMention> names)
    {
        var start = folded.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;
        var end = folded.IndexOf('\n', at) is > 0 and var stop ? stop : folded.Length;
        return names.Any(n => n.Kind == NameKind.Colleague && !n.IsLoose && n.Span.Start >= start && n.Span.End <= end && names.All(o => o.Kind != NameKind.Contact || o.Span != n.Span));
    }

    // "met Tom Baker at Nordwind", or with nobody's house named; "of Krones" is somebody else's
    private static bool IsTheirs(string folded, int end, IReadOnlyList<NameMention> names)
    {
        var behind = folded[end..Math.Min(folded.Length, end + After)];
        return Wording.Pattern("ofHouse").In(behind).FirstOrDefault(m => m.Index == 0) is not { } of
            || names.Any(n => n.Kind is NameKind.Account or NameKind.Opportunity && n.Span.Start >= end + of.Length && n.Span.Start - end - of.Length < 6);
    }

    private static string Cut(string ahead)
    {
        var at = ahead.LastIndexOfAny(['.', '!', '?', '\n', ';']);
        return at < 0 || (at >= 2 && char.IsLetter(ahead[at - 1]) && Titles.Contains(Last(ahead, at))) ? ahead : ahead[(at + 1)..];
    }

    private static string Uncut(string behind)
    {
        var at = behind.IndexOfAny(['.', '!', '?', '\n', ';']);
        return at < 0 ? behind : behind[..at];
    }

    private static string LineBefore(string folded, int at) => folded[(folded.LastIndexOf('\n', Math.Max(0, at - 1)) + 1)..at];

    // in small or in great letters a name is shown as names are
    private static string Shown(string name) => name.Any(char.IsLower) && name.Any(char.IsUpper) ? name
        : string.Join(' ', name.Split(' ').Select(w => Particles.Contains(w.ToLowerInvariant()) ? w.ToLowerInvariant() : w.Length < 2 ? w.ToUpperInvariant() : char.ToUpperInvariant(w[0]) + w[1..].ToLowerInvariant()));

    // one to four capitalised words that are no words of the language; in small letters only after "called"; an initial counts
    private static int? Named(string text, string folded, List<TextSpan> words, int i, IReadOnlyList<NameMention> names)
    {
        if (!CanBe(text, folded, words[i], names, true))
        {
            return null;
        }

        var isShouted = IsShouted(text, words, i);
        var ahead = folded[Math.Max(0, words[i].Start - Before)..words[i].Start];
        var isSmall = !char.IsUpper(text[words[i].Start]);
        if (isSmall && !(ahead.TrimEnd() is { Length: > 0 } && CalledEnds(ahead)))
        {
            return null;
        }

        if (isShouted && !Roles.Contains(i > 0 ? words[i - 1].Of(folded) : "") && !(i + 2 < words.Count && Roles.Contains(words[i + 2].Of(folded))))
        {
            return null;
        }

        var last = i;
        while (last + 1 < words.Count && last - i < 3 && folded[words[last].End..words[last + 1].Start] is " " or ". " or "-"
            && (Particles.Contains(words[last + 1].Of(folded)) || (CanBe(text, folded, words[last + 1], names, false) && (isSmall ? last - i < 1 : char.IsUpper(text[words[last + 1].Start])))))
        {
            last++;
        }

        return words[last].Length < 2 || Particles.Contains(words[last].Of(folded)) ? null : last;
    }

    private static bool CalledEnds(string ahead) => Wording.Pattern("calledEnds").IsIn(ahead);

    private static bool IsShouted(string text, List<TextSpan> words, int i) =>
        words[i].Length > 2 && words[i].Of(text).All(char.IsUpper) && i + 1 < words.Count && words[i + 1].Of(text).All(c => !char.IsLower(c));

    private static bool CanBe(string text, string folded, TextSpan word, IReadOnlyList<NameMention> names, bool isFirst)
    {
        var said = word.Of(folded);
        if (said.Any(char.IsAsciiDigit) || Words.Contains(said) || (isFirst && Ordinary.Contains(said) && !BeforeCapital(text, folded, word)) || Titles.Contains(said) || Roles.Contains(said) || said.Contains('\'', StringComparison.Ordinal)
            || (said.Length > 1 && Words.Contains(said.TrimEnd('s'))))
        {
            return false;
        }

        if (said.Length < 2 && !(word.End < text.Length && text[word.End] == '.' && char.IsUpper(text[word.Start])))
        {
            return false;
        }

        return !(said.Length is > 1 and < 5 && word.Of(text).All(char.IsUpper) && said.Length < 4 && isFirst)
            && !names.Any(n => !n.IsLoose && n.Span.Start < word.End && word.Start < n.Span.End);
    }

    // "Grace Palmer": a word that is a name as well, with another name behind it
    private static bool BeforeCapital(string text, string folded, TextSpan word)
    {
        var next = word.End + 1;
        if (!char.IsUpper(text[word.Start]) || next + 1 >= text.Length || text[word.End] != ' ' || !char.IsUpper(text[next]))
        {
            return false;
        }

        var end = next;
        while (end < folded.Length && Spelling.IsLetter(folded[end]))
        {
            end++;
        }

        return end - next > 2 && !Words.Contains(folded[next..end]) && !Roles.Contains(folded[next..end]);
    }

    private static void Han(string text, string folded, IReadOnlyList<NameMention> names, ReportScene scene, List<Newcomer> found)
    {
        for (var i = 0; i + 1 < folded.Length; i++)
        {
            if (!Families.Contains(folded[i]) || !Spelling.IsHan(folded[i + 1]) || names.Any(n => !n.IsLoose && n.Span.Start < i + 2 && i < n.Span.End))
            {
                continue;
            }

            var ahead = folded[Math.Max(0, i - 16)..i];
            var line = LineBefore(folded, i);
            var isListed = Wording.Pattern("theirList").IsIn(line) && !Wording.Pattern("ourList").IsIn(line) && !IsOurs(folded, i, names) && ahead.Length > 0 && ahead[^1] is ':' or '、' or ',' or '：' or '，';
            var called = ahead.Length > 0 && Spelling.IsHan(ahead[^1]) && Wording.Pattern("newBefore").IsIn(ahead);
            var introduced = !called && Has("newWords", ahead) && EndsInRole(ahead);
            if (NameMentions.TitleAt(folded, i + 1) is > 0 and var title && Wording.Pattern("metTitled").IsIn(ahead))
            {
                // a family name with a form of address, behind words of meeting
                var titled = new TextSpan(i, 1 + title);
                if (!found.Exists(f => f.Name == titled.Of(text)))
                {
                    var described = Described(titled.Of(text), titled, folded, scene.Playbook, folded.Length);
                    found.Add(described with { Level = described.Level ?? LevelOf(NameMentions.RankIn(titled.Of(text))) });
                }

                i += title;
                continue;
            }

            if (!isListed && !called && !introduced)
            {
                continue;
            }

            var length = 1;
            while (length < LongestHanName && i + length < folded.Length && Spelling.IsHan(folded[i + length]) && !NotGiven.Contains(folded[i + length]) && !names.Any(n => !n.IsLoose && n.Span.Start <= i + length && i + length < n.Span.End))
            {
                length++;
            }

            if (length < 2 || (isListed && !called && i + length < folded.Length && Spelling.IsHan(folded[i + length])))
            {
                continue;
            }

            var span = new TextSpan(i, length);
            if (Wording.Pattern("aliasEnds").IsIn(ahead))
            {
                // the foreign name just before is theirs, too
                found.RemoveAll(f => f.Named.End <= i && i - f.Named.End < 16 && !Spelling.IsHan(f.Name[0]));
            }

            if (!found.Exists(f => f.Name == span.Of(text)))
            {
                found.Add(Described(span.Of(text), span, folded, scene.Playbook, folded.Length));
            }

            i += length - 1;
        }
    }

    private static Level? LevelOf(NameRank? rank) => rank switch
    {
        NameRank.Executive => Level.Executive,
        NameRank.Manager => Level.Manager,
        NameRank.Staff => Level.Staff,
        _ => null,
    };

    private static bool EndsInRole(string ahead) => Roles.Any(r => Spelling.IsHan(r[0]) && ahead.EndsWith(r, StringComparison.Ordinal));

    private static IEnumerable<TextSpan> WordsIn(string folded)
    {
        for (var i = 0; i < folded.Length; i++)
        {
            if (!Spelling.IsLetter(folded[i]))
            {
                continue;
            }

            var start = i;
            while (i < folded.Length && (Spelling.IsLetter(folded[i]) || (folded[i] is '\'' or '-' && i + 1 < folded.Length && Spelling.IsLetter(folded[i + 1]))))
            {
                i++;
            }

            var end = i - start > 2 && folded[i - 2] == '\'' ? i - 2 : i;
            yield return new TextSpan(start, end - start);
        }
    }
}
