namespace KeyAccountBot.Language;

/// <summary>Finds names in scripts that set their words apart.</summary>
internal static class LatinNames
{
    private const int Titled = 0;
    private const int Plain = 1;
    private const int Person = 2;
    private const int Loose = 3;

    public static void Find(string text, string folded, NameIndex known, List<Found> found)
    {
        var words = LatinWords.In(folded).ToList();
        var whole = new Words(text, folded, words);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i].Of(folded);
            if (!Match(whole, i, word, known.LatinBy(word), found)
                && !Match(whole, i, word, word.Length > 3 && word[^1] == 's' && !IsWord(word) ? known.LatinBy(word[..^1]).Where(f => f.Words.Length == 1 && f.Use != NameUse.Loose) : [], found)
                && !IsWord(word)
                && known.Misspelt(word) is { } meant && !word.Any(char.IsAsciiDigit))
            {
                Match(whole, i, word, known.LatinBy(meant), found);
            }

            if (word.Length == 1 && char.IsAsciiLetter(word[0]) && i + 1 < words.Count)
            {
                Abbreviated(whole, i, known, found);
            }
        }
    }

    private static bool IsWord(string word) =>
        NameForms.Common.Contains(word) || NameForms.Ordinary.Contains(word) || (word[^1] == 's' && NameForms.Common.Contains(word[..^1]));

    private static bool Match(in Words whole, int i, string word, IEnumerable<LatinForm> forms, List<Found> found)
    {
        var any = false;
        foreach (var form in forms)
        {
            if (!whole.Fit(i, form.Words) || !Stands(whole, i, form))
            {
                continue;
            }

            any = true;
            var title = whole.TitleBefore(i);
            var rank = form.Use == NameUse.Loose ? Loose
                : form.Name.Kind is NameKind.Contact or NameKind.Colleague ? (title is not null || form.Words.Length > 1 ? Titled : Person)
                : Plain;
            var start = whole.Spans[i].Start;
            found.Add(new Found(new TextSpan(start, whole.Spans[i + form.Words.Length - 1].End - start), form.Name, rank, form.Use == NameUse.Loose));
        }

        _ = word;
        return any;
    }

    // "K. Mansoor": indexed by its one letter
    private static void Abbreviated(in Words whole, int i, NameIndex known, List<Found> found) =>
        Match(whole, i, "", known.LatinBy(whole.Of(i)), found);

    private static bool Stands(in Words whole, int i, LatinForm form)
    {
        var word = form.Words[0];
        switch (form.Use)
        {
            case NameUse.Whole when form.Words.Length > 1:
                return form.Words.All(w => w.Length > 1) || whole.IsCapital(i) || whole.IsCapital(i + form.Words.Length - 1);
            case NameUse.Initials:
                return whole.IsAllCapitals(i);
            case NameUse.Loose:
                return true;
            case NameUse.First when form.Name.Kind == NameKind.Opportunity:
                return form.Words.Length > 1 || !NameForms.Ordinary.Contains(word) || whole.IsCapital(i);
        }

        if (whole.TitleBefore(i) is not null || whole.TitleAfter(i + form.Words.Length - 1))
        {
            return form.Use != NameUse.Given || true;
        }

        if (form.Words.Length == 1 && IsWord(word) && !StandsAsName(whole, i))
        {
            return false;
        }

        if (word.Length < 3 && !whole.IsCapital(i) && !(i > 0 && NameForms.BeforeShort.Contains(whole.Of(i - 1))))
        {
            return false;
        }

        return form.Use switch
        {
            // another's name: "Thomas Gruber" is not our Thomas Reuter
            NameUse.Given => !whole.IsOtherName(i, i + 1),
            NameUse.Family => !whole.IsOtherName(i, i - 1),
            _ => true,
        };
    }

    // a word that is a name as well: with a capital where words have none, or doing what people do
    private static bool StandsAsName(in Words whole, int i)
    {
        if (!whole.IsCapital(i) || whole.IsShouted(i))
        {
            return false;
        }

        if (i > 0 && NameForms.BeforeMonth.Contains(whole.Of(i - 1)) && NameForms.BeforeMonth.Count > 0 && IsMonth(whole.Of(i)))
        {
            return false;
        }

        return !whole.BeginsSentence(i) || (i + 1 < whole.Spans.Count && NameForms.Acts.Contains(whole.Of(i + 1)));
    }

    private static bool IsMonth(string word) => LanguageFiles.Part("names").Pattern("month").IsIn(word);

    /// <summary>The words of a text and how they stand.</summary>
    private readonly record struct Words(string Text, string Folded, IReadOnlyList<TextSpan> Spans)
    {
        public string Of(int i) => Spans[i].Of(Folded);

        public bool IsCapital(int i) => char.IsUpper(Text[Spans[i].Start]);

        public bool IsAllCapitals(int i)
        {
            var span = Spans[i];
            for (var at = span.Start; at < span.End; at++)
            {
                if (char.IsLower(Text[at]))
                {
                    return false;
                }
            }

            return span.Length > 1;
        }

        /// <summary>In capitals among others in capitals: they say nothing then.</summary>
        public bool IsShouted(int i) =>
            IsAllCapitals(i) && ((i > 0 && IsAllCapitals(i - 1)) || (i + 1 < Spans.Count && IsAllCapitals(i + 1)) || Spans.Count == 1);

        public bool BeginsSentence(int i)
        {
            for (var at = Spans[i].Start - 1; at >= 0; at--)
            {
                if (Text[at] is '.' or '!' or '?' or ':' or ';' or '\n' or '•' or '。' or '！' or '？')
                {
                    return true;
                }

                if (!char.IsWhiteSpace(Text[at]) && Text[at] is not ('-' or '"' or '“' or '(' or '*'))
                {
                    return false;
                }
            }

            return true;
        }

        public bool Fit(int i, string[] words)
        {
            if (i + words.Length > Spans.Count)
            {
                return false;
            }

            for (var n = 1; n < words.Length; n++)
            {
                if (!Adjoin(i + n - 1, i + n, n == 1 && words.Length > 1))
                {
                    return false;
                }

                var span = Spans[i + n];
                if (!Folded.AsSpan(span.Start, span.Length).SequenceEqual(words[n]))
                {
                    return false;
                }
            }

            return true;
        }

        public string? TitleBefore(int i) =>
            i > 0 && Adjoin(i - 1, i, false) && NameForms.Titles.Contains(Of(i - 1)) ? Of(i - 1) : null;

        public bool TitleAfter(int i) => i + 1 < Spans.Count && Adjoin(i, i + 1, false) && NameForms.TitlesAfter.Contains(Of(i + 1));

        /// <summary>Whether the word beside is a capitalised one that is not known as a word: part of another's name.</summary>
        public bool IsOtherName(int i, int beside) =>
            beside >= 0 && beside < Spans.Count && Adjoin(Math.Min(i, beside), Math.Max(i, beside), false)
            && IsCapital(beside) && !IsAllCapitals(beside) && IsCapital(i) && Spans[beside].Length > 2
            && !IsWord(Of(beside)) && !NameForms.Titles.Contains(Of(beside)) && !NameForms.Acts.Contains(Of(beside)) && !Of(beside).Any(char.IsAsciiDigit)
            && !(beside < i && BeginsSentence(beside) && !IsNameLike(beside));

        private bool IsNameLike(int i) => Spans[i].Length > 3;

        // a space, a point after an initial, a comma in "Kerr, Fiona"
        private bool Adjoin(int first, int second, bool orComma)
        {
            var gap = Folded.AsSpan(Spans[first].End, Spans[second].Start - Spans[first].End);
            return gap is " " or ". " or "." or "-" or "  " || (orComma && gap is ", ");
        }
    }
}
