using System.Collections.Frozen;

namespace KeyAccountBot.Language;

/// <summary>How much of a name a form says; it decides how the word must stand to be taken for it.</summary>
internal enum NameUse
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>A company's first word, or two words of an opportunity's name.</summary>
    First,

    /// <summary>The first letters of its words, in capitals.</summary>
    Initials,

    /// <summary>A given name alone.</summary>
    Given,

    /// <summary>A family name alone.</summary>
    Family,

    /// <summary>A common word of an opportunity's name.</summary>
    Loose,
}

/// <summary>Words in a row that stand for a name, folded; a single letter stands for any word that begins with it.</summary>
internal sealed record LatinForm(KnownName Name, string[] Words, NameUse Use);

/// <summary>Characters that stand for a name, folded.</summary>
internal sealed record HanForm(KnownName Name, string Text, bool IsOrdinary);

/// <summary>The ways in which people write a name.</summary>
internal static class NameForms
{
    private static readonly LanguageFiles Files = LanguageFiles.Part("names");

    internal static readonly FrozenSet<string> Titles = Words("title");
    internal static readonly FrozenSet<string> TitlesAfter = Words("titleAfter");
    internal static readonly FrozenSet<string> Ordinary = Words("ordinary");
    internal static readonly FrozenSet<string> Common = Words("common");
    internal static readonly FrozenSet<string> Acts = Words("acts");
    internal static readonly FrozenSet<string> BeforeMonth = Words("beforeMonth");
    internal static readonly FrozenSet<string> Process = Words("process");
    internal static readonly FrozenSet<string> Trades = Words("trade");
    internal static readonly FrozenSet<string> BeforeShort = Words("beforeShort");
    internal static readonly IReadOnlyList<string> CompoundFamilies = Lines("compoundFamily");
    internal static readonly FrozenSet<char> SingleFamilies = Characters("family");
    internal static readonly FrozenSet<char> GivenEndings = Characters("givenEnding");
    internal static readonly FrozenSet<char> Familiar = Characters("familiar");
    internal static readonly FrozenSet<char> NotFamiliar = Characters("notFamiliar");
    internal static readonly IReadOnlyList<(string Text, NameRank Rank)> Ranks =
    [
        .. new[] { ("executive", NameRank.Executive), ("manager", NameRank.Manager), ("staff", NameRank.Staff) }
            .SelectMany(r => Lines("rank/" + r.Item1).Select(t => (t, r.Item2))).OrderByDescending(r => r.t.Length),
    ];

    internal static readonly FrozenDictionary<char, string> NotRank =
        Lines("notRank").ToFrozenDictionary(l => l[0], l => l[1..]);

    private static readonly FrozenSet<string> Particles = Words("particle");
    private static readonly FrozenSet<string> Legal = Words("legal");
    private static readonly IReadOnlyList<string> Places = Lines("place");
    private static readonly IReadOnlyList<string> LegalEndings = [.. Lines("legal").Where(l => Spelling.IsHan(l[0])).OrderByDescending(l => l.Length)];
    private static readonly IReadOnlyList<string> Industries = [.. Lines("industry").OrderByDescending(l => l.Length)];
    private static readonly IReadOnlyList<(Pattern Find, string Put)> Shorter =
        [.. Files["short"].Select(l => l.Text.Split("=>")).Select(l => (Pattern.Of([new LanguageFiles.Entry(LanguageFiles.Undetermined, l[0])]), l[1]))];

    /// <summary>The forms in scripts that set their words apart.</summary>
    public static IEnumerable<LatinForm> Latin(KnownName name) =>
        new[] { name.Name }.Concat(name.Called).SelectMany(called => name.Kind switch
        {
            NameKind.Contact or NameKind.Colleague => Person(name, called),
            NameKind.Opportunity => Opportunity(name, called),
            _ => Company(name, called),
        });

    /// <summary>The forms in Chinese characters.</summary>
    public static IEnumerable<HanForm> Han(KnownName name)
    {
        foreach (var called in name.Called.Select(Spelling.Fold).Where(c => c.Length > 1 && c.Any(Spelling.IsHan)))
        {
            yield return new HanForm(name, called, Ordinary.Contains(called));
        }

        var whole = Spelling.Fold(name.Name).Replace(" ", "", StringComparison.Ordinal);
        if (name.Kind == NameKind.Opportunity || !whole.Any(Spelling.IsHan))
        {
            yield break;
        }

        var forms = name.Kind is NameKind.Contact or NameKind.Colleague ? HanPerson(whole) : HanCompany(whole);
        foreach (var form in forms.Where(f => f.Length > 1 && !Industries.Contains(f, StringComparer.Ordinal) && !Places.Contains(f, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal))
        {
            yield return new HanForm(name, form, Ordinary.Contains(form));
        }
    }

    /// <summary>The family name of a Chinese name in Chinese characters; empty for others.</summary>
    public static string FamilyOf(string name) =>
        name.Length is < 2 or > 4 || !name.All(Spelling.IsHan) ? ""
        : CompoundFamilies.FirstOrDefault(f => name.StartsWith(f, StringComparison.Ordinal)) ?? name[..1];

    /// <summary>The words of a folded text, without what shows possession.</summary>
    public static string[] WordsOf(string folded)
    {
        List<string> words = [];
        foreach (var word in LatinWords.In(folded))
        {
            words.Add(word.Of(folded));
        }

        return [.. words];
    }

    private static IEnumerable<LatinForm> Person(KnownName name, string called)
    {
        var words = WordsOf(Spelling.Fold(called)).Where(w => !Titles.Contains(w)).ToArray();
        if (words.Length == 0)
        {
            yield break;
        }

        yield return new LatinForm(name, words, NameUse.Whole);
        if (words.Length == 1)
        {
            yield break;
        }

        var from = Array.FindIndex(words, 1, Particles.Contains);
        from = from < 0 || from == words.Length - 1 ? words.Length - 1 : from;
        var (given, family) = (words[0], words[from..]);
        yield return new LatinForm(name, [given], NameUse.Given);
        yield return new LatinForm(name, family, NameUse.Family);
        yield return new LatinForm(name, [.. family, given], NameUse.Whole);
        yield return new LatinForm(name, [given[..1], .. family], NameUse.Whole);
        yield return new LatinForm(name, [given, family[0][..1]], NameUse.Whole);
        yield return new LatinForm(name, [given, words[^1][..1]], NameUse.Whole);
        if (family.Length > 1)
        {
            yield return new LatinForm(name, [words[^1]], NameUse.Family);
            yield return new LatinForm(name, [given, words[^1]], NameUse.Whole);
        }

        if (from > 1)
        {
            // a middle name is left out
            yield return new LatinForm(name, [given, .. family], NameUse.Whole);
        }
    }

    private static IEnumerable<LatinForm> Company(KnownName name, string called)
    {
        var all = WordsOf(Spelling.Fold(called));
        var words = all.Where((w, i) => i == 0 || !Legal.Contains(w)).ToArray();
        if (words.Length == 0)
        {
            yield break;
        }

        yield return new LatinForm(name, words, NameUse.Whole);
        if (words.Length == 1)
        {
            yield break;
        }

        if (Particles.Contains(words[0]) || words[0].Length < 3)
        {
            yield return new LatinForm(name, words[..2], NameUse.Whole);
            if (words[1].Length > 3)
            {
                yield return new LatinForm(name, [words[1]], NameUse.First);
                yield return new LatinForm(name, [words[1] + "s"], NameUse.First);
            }
        }
        else
        {
            yield return new LatinForm(name, [words[0]], NameUse.First);
        }

        // "Klinikum Wesertal": what it is stands first, what it is called last
        if (Trades.Contains(words[0]) && words.Length > 1 && words[^1].Length > 3 && !Common.Contains(words[^1]) && !Ordinary.Contains(words[^1]))
        {
            yield return new LatinForm(name, [words[^1]], NameUse.First);
            yield return new LatinForm(name, [words[^1] + "s"], NameUse.First);
        }

        for (var count = 2; count < words.Length; count++)
        {
            yield return new LatinForm(name, words[..count], NameUse.Whole);
        }

        if (words.Length > 2)
        {
            yield return new LatinForm(name, [string.Concat(words.Select(w => w[0]))], NameUse.Initials);
        }
    }

    private static IEnumerable<LatinForm> Opportunity(KnownName name, string called)
    {
        var folded = Spelling.Fold(called);
        var spans = LatinWords.In(folded).ToList();
        var words = spans.Select(s => s.Of(folded)).ToArray();
        if (words.Length == 0 || folded.Any(Spelling.IsHan))
        {
            foreach (var word in words.Where(w => w.Length > 1 && IsSign(w)))
            {
                yield return new LatinForm(name, [word], NameUse.First);
            }

            yield break;
        }

        yield return new LatinForm(name, words, NameUse.Whole);
        for (var i = 0; i + 1 < words.Length; i++)
        {
            if (words[i].Length > 2 && words[i + 1].Length > 2 && words.Length > 2)
            {
                yield return new LatinForm(name, [words[i], words[i + 1]], NameUse.First);
            }
        }

        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            var isAbbreviation = word.Length is > 1 and < 6 && called.AsSpan(spans[i].Start, spans[i].Length).ToString().All(c => !char.IsLower(c)) && word.Any(char.IsLetter);
            if (isAbbreviation || IsSign(word))
            {
                yield return new LatinForm(name, [word], NameUse.First);
                if (word.Contains('-', StringComparison.Ordinal))
                {
                    yield return new LatinForm(name, [word.Replace("-", "", StringComparison.Ordinal)], NameUse.First);
                    yield return new LatinForm(name, word.Split('-', StringSplitOptions.RemoveEmptyEntries), NameUse.First);
                }
            }
            else if (word.Length > 3 && !word.All(char.IsAsciiDigit) && !Process.Contains(word))
            {
                yield return new LatinForm(name, [word], Common.Contains(word) || Common.Contains(word.TrimEnd('s')) || Ordinary.Contains(word) ? NameUse.Loose : NameUse.First);
            }
        }
    }

    // letters and digits in one word: DC-4, PM6
    private static bool IsSign(string word) => word.Any(char.IsAsciiDigit) && word.Any(char.IsAsciiLetter);

    private static IEnumerable<string> HanPerson(string whole)
    {
        yield return whole;
        if (FamilyOf(whole) is { Length: > 0 } family && whole.Length - family.Length == 2)
        {
            yield return whole[family.Length..];
        }
    }

    private static IEnumerable<string> HanCompany(string whole)
    {
        var name = whole;
        foreach (var ending in LegalEndings)
        {
            if (name.Length > ending.Length + 1 && name.EndsWith(ending, StringComparison.Ordinal))
            {
                name = name[..^ending.Length];
            }
        }

        yield return whole;
        yield return name;
        foreach (var (find, put) in Shorter)
        {
            if (find.In(name).FirstOrDefault() is { } match)
            {
                var shorter = name[..match.Index] + match.Result(put) + name[(match.Index + match.Length)..];
                yield return shorter;
                if (match.Index > 0)
                {
                    yield return shorter[match.Index..];
                    yield return name[..Math.Min(2, match.Index)] + match.Result(put).TrimStart(Places.Where(p => p.Length == 1).Select(p => p[0]).ToArray());
                }
            }
        }

        // "湖北 华宁" and "华宁市": a place may stand before the core and a piece of one behind it
        var core = name;
        while (Places.FirstOrDefault(p => core.Length > p.Length + 1 && core.StartsWith(p, StringComparison.Ordinal)) is { } place)
        {
            core = core[place.Length..];
            yield return core;
        }

        var industry = "";
        while (Industries.FirstOrDefault(i => core.Length > i.Length + 1 && core.EndsWith(i, StringComparison.Ordinal)) is { } kind)
        {
            core = core[..^kind.Length];
            industry = kind + industry;
            yield return core + kind;
        }

        if (industry.Length == 0)
        {
            yield break;
        }

        yield return core;
        yield return core + industry;
        yield return core + industry[..1];
        yield return core + industry[^1..];
        yield return core + industry[..Math.Min(2, industry.Length)];
    }

    private static FrozenSet<string> Words(string list) =>
        Files[list].SelectMany(l => l.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(Spelling.Fold).ToFrozenSet(StringComparer.Ordinal);

    private static IReadOnlyList<string> Lines(string list) => [.. Files[list].Select(l => l.Text)];

    private static FrozenSet<char> Characters(string list) => Lines(list).SelectMany(l => l).ToFrozenSet();
}

/// <summary>Words of scripts that set their words apart.</summary>
internal static class LatinWords
{
    /// <summary>The words of a folded text, in its order, without what shows possession.</summary>
    public static IEnumerable<TextSpan> In(string folded)
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

            var end = i;
            if (end - start > 2 && folded[end - 2] == '\'' && folded[end - 1] == 's')
            {
                end -= 2;
            }

            yield return new TextSpan(start, end - start);
        }
    }
}
