namespace KeyAccountBot.Language;

/// <summary>Names on record, ready to be found in a text: by their first word, so that hundreds cost no more than a few.</summary>
public sealed class NameIndex
{
    private const int ShortestMisspelt = 5;

    private readonly Dictionary<string, List<LatinForm>> latin = new(StringComparer.Ordinal);
    private readonly Dictionary<char, List<string>> misspellable = [];
    private readonly Dictionary<char, List<HanForm>> han = [];
    private readonly Dictionary<char, List<KnownName>> families = [];
    private readonly Dictionary<(char First, char Second), List<(KnownName Name, string Text, int At)>> parts = [];

    /// <summary>The index of these names.</summary>
    /// <param name="known">In any order.</param>
    public NameIndex(IReadOnlyList<KnownName> known)
    {
        Known = known;
        foreach (var name in known)
        {
            foreach (var form in NameForms.Latin(name))
            {
                Add(latin, form.Words[0], form);
                if (form.Words.Length == 1 && form.Use is NameUse.First or NameUse.Given or NameUse.Family && form.Words[0].Length >= ShortestMisspelt)
                {
                    var alike = Of(misspellable, form.Words[0][0]);
                    if (!alike.Contains(form.Words[0]))
                    {
                        alike.Add(form.Words[0]);
                    }
                }
            }

            foreach (var form in NameForms.Han(name))
            {
                Add(han, form.Text[0], form);
            }

            if (name.Kind is NameKind.Contact or NameKind.Colleague && NameForms.FamilyOf(name.Name) is { Length: > 0 } family)
            {
                Add(families, family[0], name);
            }

            if (name.Kind == NameKind.Opportunity)
            {
                var text = Spelling.Fold(name.Name);
                for (var i = 0; i + 1 < text.Length; i++)
                {
                    Add(parts, (text[i], text[i + 1]), (name, text, i));
                }
            }
        }
    }

    /// <summary>The names.</summary>
    public IReadOnlyList<KnownName> Known { get; }

    internal IReadOnlyList<LatinForm> LatinBy(string word) => latin.GetValueOrDefault(word) ?? (IReadOnlyList<LatinForm>)[];

    internal IReadOnlyList<HanForm> HanBy(char first) => han.GetValueOrDefault(first) ?? (IReadOnlyList<HanForm>)[];

    internal IReadOnlyList<KnownName> FamilyBy(char first) => families.GetValueOrDefault(first) ?? (IReadOnlyList<KnownName>)[];

    internal IReadOnlyList<(KnownName Name, string Text, int At)> PartsBy(char first, char second) =>
        parts.GetValueOrDefault((first, second)) ?? (IReadOnlyList<(KnownName, string, int)>)[];

    /// <summary>The word on record that this one is, but for one letter; <c>null</c> where there is none or more than one.</summary>
    internal string? Misspelt(string word)
    {
        if (word.Length < ShortestMisspelt || !misspellable.TryGetValue(word[0], out var alike))
        {
            return null;
        }

        string? found = null;
        foreach (var one in alike)
        {
            if (Math.Abs(one.Length - word.Length) <= 1 && IsOneOff(one, word))
            {
                if (found is not null)
                {
                    return null;
                }

                found = one;
            }
        }

        return found;
    }

    private static bool IsOneOff(string one, string other)
    {
        var same = 0;
        while (same < one.Length && same < other.Length && one[same] == other[same])
        {
            same++;
        }

        var restOne = one.AsSpan(same);
        var restOther = other.AsSpan(same);
        if (restOne.Length == restOther.Length)
        {
            return restOne.Length > 0 && (restOne[1..].SequenceEqual(restOther[1..])
                || (restOne.Length > 1 && restOne[0] == restOther[1] && restOne[1] == restOther[0] && restOne[2..].SequenceEqual(restOther[2..])));
        }

        return restOne.Length > restOther.Length ? restOne[1..].SequenceEqual(restOther) : restOther[1..].SequenceEqual(restOne);
    }

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> into, TKey key, TValue value) where TKey : notnull => Of(into, key).Add(value);

    private static List<TValue> Of<TKey, TValue>(Dictionary<TKey, List<TValue>> from, TKey key) where TKey : notnull
    {
        if (!from.TryGetValue(key, out var list))
        {
            from[key] = list = [];
        }

        return list;
    }
}
