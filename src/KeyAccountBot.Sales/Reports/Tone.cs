using KeyAccountBot.Language;

namespace KeyAccountBot.Sales.Reports;

/// <summary>How a statement stands to what has happened; several at once.</summary>
[Flags]
internal enum Tone
{
    /// <summary>It happened.</summary>
    Stated = 0,

    /// <summary>It did not happen.</summary>
    Denied = 1,

    /// <summary>Perhaps, almost, in part.</summary>
    Doubted = 2,

    /// <summary>Somebody told it.</summary>
    Hearsay = 4,

    /// <summary>It is to come, or wanted.</summary>
    Planned = 8,

    /// <summary>Only if something else happens.</summary>
    Conditional = 16,

    /// <summary>Asked, not told.</summary>
    Asked = 32,

    /// <summary>One side only, a draft, another paper.</summary>
    OneSided = 64,

    /// <summary>Another company's, another site's.</summary>
    Foreign = 128,

    /// <summary>Said the other way round.</summary>
    Ironic = 256,

    /// <summary>Taken back by the writer's next words.</summary>
    Retracted = 512,

    /// <summary>Words of somebody else, forwarded or quoted.</summary>
    Quoted = 1024,
}

/// <summary>Reads tones from words, as the language files list them.</summary>
internal static class Tones
{
    private static readonly LanguageFiles Moods = LanguageFiles.Part("moods");
    private static readonly (Tone Tone, Pattern Pattern)[] Lists =
    [
        (Tone.Denied, Moods.Pattern("deny")), (Tone.Doubted, Moods.Pattern("doubt")), (Tone.Hearsay, Moods.Pattern("hearsay")),
        (Tone.Planned, Moods.Pattern("plan")), (Tone.Conditional, Moods.Pattern("condition")), (Tone.Asked, Moods.Pattern("ask")),
        (Tone.OneSided, Moods.Pattern("oneSided")), (Tone.Foreign, Moods.Pattern("foreign")), (Tone.Ironic, Moods.Pattern("irony")),
    ];

    /// <summary>The text with what only looks like a tone blanked, position by position.</summary>
    public static string Plainly(string masked)
    {
        char[]? plain = null;
        foreach (var match in Moods.Pattern("harmless").In(masked))
        {
            plain ??= masked.ToCharArray();
            plain.AsSpan(match.Index, match.Length).Fill(' ');
        }

        return plain is null ? masked : new string(plain);
    }

    /// <summary>The tones of a stretch of a text whose harmless words are blanked.</summary>
    public static Tone Of(Marks plain, TextSpan within)
    {
        var tone = Tone.Stated;
        foreach (var (one, pattern) in Lists)
        {
            tone |= plain.Has(pattern, within) ? one : Tone.Stated;
        }

        return tone;
    }

    /// <summary>The tones of a stretch beside some words of it.</summary>
    public static Tone Beside(Marks plain, TextSpan within, TextSpan words)
    {
        var tone = Tone.Stated;
        foreach (var (one, pattern) in Lists)
        {
            tone |= plain.All(pattern).Any(s => within.Holds(s) && (s.End <= words.Start || s.Start >= words.End)) ? one : Tone.Stated;
        }

        return tone;
    }

    /// <summary>Why something said in this tone is not proposed; <c>null</c> where nothing stands against it.</summary>
    public static LeftFor? Why(Tone tone) =>
        (tone & (Tone.Denied | Tone.Retracted | Tone.Ironic)) != Tone.Stated ? LeftFor.Denied
        : (tone & Tone.Foreign) != Tone.Stated ? LeftFor.Foreign
        : (tone & Tone.OneSided) != Tone.Stated ? LeftFor.OneSided
        : (tone & (Tone.Conditional | Tone.Asked)) != Tone.Stated ? LeftFor.Conditional
        : (tone & (Tone.Hearsay | Tone.Quoted)) != Tone.Stated ? LeftFor.Hearsay
        : (tone & Tone.Planned) != Tone.Stated ? LeftFor.Planned
        : (tone & Tone.Doubted) != Tone.Stated ? LeftFor.Doubted
        : null;
}
