using KeyAccountBot.Language;

namespace KeyAccountBot.Sales.Reports;

/// <summary>The words of all languages by which people answer and correct what is shown to them, and what they mean in a stretch of a folded text.</summary>
internal static class CorrectionWords
{
    private static readonly LanguageFiles Files = LanguageFiles.Part("proposals");

    /// <summary>What the lists of this name fit.</summary>
    public static Pattern List(string name) => Files.Pattern(name);

    /// <summary>Whether a list of this name fits somewhere in the words.</summary>
    public static bool Has(string words, string list) => List(list).IsIn(words);

    /// <summary>Whether the words say nothing but what these lists hold.</summary>
    public static bool IsOnly(string said, params ReadOnlySpan<string> lists)
    {
        // "ok没问题": each script by itself
        var words = Spaced(said);
        var one = false;
        foreach (var list in lists)
        {
            one |= Has(words, list);
        }

        return one && !SaysMore(words, [.. lists, "filler"]);
    }

    private static string Spaced(string words)
    {
        var spaced = new System.Text.StringBuilder(words.Length + 4);
        for (var i = 0; i < words.Length; i++)
        {
            if (i > 0 && ((Spelling.IsHan(words[i]) && Spelling.IsLetter(words[i - 1])) || (Spelling.IsLetter(words[i]) && Spelling.IsHan(words[i - 1]))))
            {
                spaced.Append(' ');
            }

            spaced.Append(words[i]);
        }

        return spaced.ToString();
    }

    /// <summary>Whether letters remain once what these lists hold is taken away.</summary>
    public static bool SaysMore(string words, params ReadOnlySpan<string> lists) => Without(words, lists).Any(char.IsLetterOrDigit);

    /// <summary>The words without what these lists hold, place by place the same.</summary>
    public static string Without(string words, params ReadOnlySpan<string> lists)
    {
        // single words last: "it's" before "it"
        var left = words.ToCharArray();
        foreach (var list in lists.ToArray().OrderBy(l => l switch { "filler" => 4, "common" => 3, "that" => 2, "before" => 1, _ => 0 }))
        {
            foreach (var match in List(list).In(new string(left)))
            {
                left.AsSpan(match.Index, match.Length).Fill(' ');
            }
        }

        return new string(left);
    }

    /// <summary>Where a list's first match ends right at the end of the words.</summary>
    public static bool EndsWith(string words, string list)
    {
        var trimmed = words.TrimEnd();
        return trimmed.Length > 0 && List(list).In(trimmed).Any(m => m.Index + m.Length == trimmed.Length);
    }

    /// <summary>Whether the words begin with what a list holds.</summary>
    public static bool BeginsWith(string words, string list) => words.TrimStart() is { Length: > 0 } trimmed && List(list).In(trimmed).Any(m => m.Index == 0);

    /// <summary>The words without what introduces them: "and", "oh wait", "please".</summary>
    public static string WithoutBefore(string words)
    {
        var rest = words.TrimStart(' ', ',', ';', '-');
        while (List("before").In(rest).FirstOrDefault(m => m.Index == 0 && m.Length > 0) is { } before)
        {
            rest = rest[before.Length..].TrimStart(' ', ',', ';', '-');
        }

        return rest;
    }

    /// <summary>The place that the words name, counted from 1, 0 for the last; <c>null</c> for none.</summary>
    public static int? PlaceIn(string words) =>
        Has(words, "place/last") ? 0 : Enumerable.Range(1, 5).Select(n => (int?)n).FirstOrDefault(n => Has(words, $"place/{n}"));

    /// <summary>The number that the words name; <c>null</c> for none.</summary>
    public static int? CountIn(string words) => Enumerable.Range(1, 8).Reverse().Select(n => (int?)n).FirstOrDefault(n => Has(words, $"count/{n}"));

    /// <summary>The list that the words speak of; <c>null</c> for none.</summary>
    public static string? KindIn(string words) =>
        new[] { ProposalFields.Contacts, ProposalFields.Milestones, ProposalFields.Answers, "steps" }.FirstOrDefault(kind => Has(words, $"of/{kind}"));

    /// <summary>Whether a word tells no thing from another.</summary>
    public static bool IsCommon(string word) => List("common").In(word).Any(m => m.Length == word.Length);
}
