namespace KeyAccountBot.Language;

/// <summary>Finds names in Chinese characters: whole, by family name and title, by a short form, by a piece of an opportunity's name.</summary>
internal static class HanNames
{
    private const int Whole = 0;
    private const int Called = 1;
    private const int Piece = 2;
    private const int Loose = 3;
    private const int StrongPiece = 4;
    private const int NearOwner = 8;

    public static void Find(string folded, NameIndex known, List<Found> found)
    {
        List<HanMatch> ordinary = [];
        for (var i = 0; i < folded.Length; i++)
        {
            if (!Spelling.IsHan(folded[i]) && !char.IsAsciiLetterOrDigit(folded[i]))
            {
                continue;
            }

            if (Spelling.IsHan(folded[i]))
            {
                Names(folded, i, known, found, ordinary);
                CalledBy(folded, i, known, found);
            }

            Pieces(folded, i, known, found);
        }

        // an ordinary word is a customer's name where its own people follow
        foreach (var (span, form) in ordinary)
        {
            if (found.Any(f => f.Name.Kind == NameKind.Contact && f.Name.Account == form.Name.Id && f.Span.Start >= span.End && f.Span.Start <= span.End + NearOwner))
            {
                found.Add(new Found(span, form.Name, Whole, false));
            }
        }
    }

    /// <summary>The rank that a form of address gives; <c>null</c> for none.</summary>
    public static NameRank? RankIn(string words)
    {
        foreach (var (title, rank) in NameForms.Ranks)
        {
            if (words.EndsWith(title, StringComparison.Ordinal))
            {
                return rank;
            }
        }

        return null;
    }

    /// <summary>How long the form of address at this place is, 0 for none.</summary>
    public static int TitleAt(string folded, int at)
    {
        foreach (var (title, _) in NameForms.Ranks)
        {
            var end = at + title.Length;
            if (end <= folded.Length && string.CompareOrdinal(folded, at, title, 0, title.Length) == 0)
            {
                return end < folded.Length && NameForms.NotRank.TryGetValue(title[^1], out var not) && not.Contains(folded[end], StringComparison.Ordinal) ? 0 : title.Length;
            }
        }

        return 0;
    }

    private static void Names(string folded, int i, NameIndex known, List<Found> found, List<HanMatch> ordinary)
    {
        foreach (var form in known.HanBy(folded[i]))
        {
            if (string.CompareOrdinal(folded, i, form.Text, 0, form.Text.Length) != 0)
            {
                continue;
            }

            var span = new TextSpan(i, form.Text.Length);
            var isPerson = form.Name.Kind is NameKind.Contact or NameKind.Colleague;
            if (isPerson && form.Text.Length == 2 && span.End < folded.Length && NameForms.GivenEndings.Contains(folded[span.End]) && TitleAt(folded, span.End) == 0)
            {
                continue;
            }

            var isGivenAlone = isPerson && form.Text.Length < form.Name.Name.Length;
            if (form.IsOrdinary && !(isPerson && TitleAt(folded, span.End) > 0))
            {
                ordinary.Add(new HanMatch(span, form));
                continue;
            }

            if (isGivenAlone && i > 0 && NameForms.SingleFamilies.Contains(folded[i - 1]))
            {
                continue;
            }

            // the title belongs to the name
            var title = isPerson ? TitleAt(folded, span.End) : 0;
            found.Add(new Found(new TextSpan(i, span.Length + title), form.Name, Whole, false));
        }
    }

    private readonly record struct HanMatch(TextSpan Span, HanForm Form);

    private static void CalledBy(string folded, int i, NameIndex known, List<Found> found)
    {
        foreach (var name in known.FamilyBy(folded[i]))
        {
            var family = NameForms.FamilyOf(name.Name);
            if (string.CompareOrdinal(folded, i, family, 0, family.Length) == 0 && TitleAt(folded, i + family.Length) is > 0 and var length)
            {
                found.Add(new Found(new TextSpan(i, family.Length + length), name, Called, false));
            }
        }

        if (NameForms.Familiar.Contains(folded[i]) && i + 1 < folded.Length)
        {
            foreach (var name in known.FamilyBy(folded[i + 1]))
            {
                var family = NameForms.FamilyOf(name.Name);
                if (string.CompareOrdinal(folded, i + 1, family, 0, family.Length) == 0 && !IsWithin(folded, i))
                {
                    found.Add(new Found(new TextSpan(i, 1 + family.Length), name, Called, false));
                }
            }
        }
    }

    // a word that only ends so is no form of address
    private static bool IsWithin(string folded, int i) => i > 0 && NameForms.NotFamiliar.Contains(folded[i - 1]);

    private static void Pieces(string folded, int i, NameIndex known, List<Found> found)
    {
        if (i + 1 >= folded.Length)
        {
            return;
        }

        foreach (var (name, text, at) in known.PartsBy(folded[i], folded[i + 1]))
        {
            if (i > 0 && at > 0 && folded[i - 1] == text[at - 1])
            {
                continue;
            }

            var length = 2;
            while (i + length < folded.Length && at + length < text.Length && folded[i + length] == text[at + length])
            {
                length++;
            }

            var piece = folded.Substring(i, length);
            if (!piece.Any(Spelling.IsHan) && (!piece.Any(char.IsAsciiDigit) || !piece.Any(char.IsAsciiLetter) || !text.Any(Spelling.IsHan)
                || (i > 0 && char.IsAsciiLetterOrDigit(folded[i - 1])) || (i + length < folded.Length && char.IsAsciiLetterOrDigit(folded[i + length]))))
            {
                continue;
            }

            if (piece.Contains(' ', StringComparison.Ordinal) || !text.Any(Spelling.IsHan))
            {
                continue;
            }

            // a number that is cut off says nothing: "8号" of "18号线"
            if (char.IsAsciiDigit(piece[0]) && i > 0 && char.IsAsciiDigit(folded[i - 1]))
            {
                continue;
            }

            var isStrong = length >= StrongPiece || (piece.Any(char.IsAsciiDigit) && length >= 3) || (!piece.Any(Spelling.IsHan) && length >= 2) || length == text.Length;
            found.Add(new Found(new TextSpan(i, length), name, isStrong ? Piece : Loose, !isStrong));
        }
    }
}
