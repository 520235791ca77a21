namespace KeyAccountBot.Language;

/// <summary>
/// A message as its wish is read: in one spelling, with the names on record and the dates masked, so that a customer called Hold is no
/// order to hold, and one cue fits every name. Position by position the message's own.
/// </summary>
public sealed class WishText
{
    internal const char Account = 'ᴀ';
    internal const char Opportunity = 'ᴏ';
    internal const char Contact = 'ᴄ';
    internal const char Colleague = 'ᴘ';
    internal const char Somebody = 'ᴜ';
    internal const char Competitor = 'ᴋ';
    internal const char Date = 'ᴅ';
    internal const char Sum = 'ᴍ';

    private const int Longest = 4_000;
    private const int Page = 1_200;

    private LettersTogether? namedLetters;
    private LettersTogether? datedLetters;

    private WishText(string text, IReadOnlyList<NameMention> names, IReadOnlyList<SpokenDate> dates, IReadOnlyList<AmountMention> amounts)
    {
        Text = text;
        Folded = Spelling.Fold(text);
        Names = names;
        Dates = dates;
        Amounts = amounts;
        var masked = Folded.ToCharArray();
        foreach (var name in names.Where(n => !n.IsLoose))
        {
            var mask = name.Kind switch
            {
                NameKind.Account => Account,
                NameKind.Opportunity => Opportunity,
                NameKind.Contact => names.Any(o => o.Span == name.Span && o.Kind == NameKind.Colleague) ? Somebody : Contact,
                NameKind.Colleague => names.Any(o => o.Span == name.Span && o.Kind == NameKind.Contact) ? Somebody : Colleague,
                _ => Competitor,
            };
            Array.Fill(masked, mask, name.Span.Start, name.Span.Length);
        }

        Named = new string(masked);
        foreach (var (span, mask) in amounts.Select(a => (a.Span, Sum)).Concat(dates.Select(d => (d.Span, Date))))
        {
            if (masked.AsSpan(span.Start, span.Length).IndexOfAnyInRange(Account, Somebody) < 0)
            {
                Array.Fill(masked, mask, span.Start, span.Length);
            }
        }

        Dated = new string(masked);
    }

    /// <summary>The message as it was said; of a very long one the beginning.</summary>
    public string Text { get; }

    /// <summary>The names on record that it mentions.</summary>
    public IReadOnlyList<NameMention> Names { get; }

    /// <summary>The dates that it mentions.</summary>
    public IReadOnlyList<SpokenDate> Dates { get; }

    /// <summary>The amounts that it mentions.</summary>
    public IReadOnlyList<AmountMention> Amounts { get; }

    /// <summary>Longer than anybody asks for something.</summary>
    public bool IsPage => Text.Length > Page;

    internal string Folded { get; }

    /// <summary>Names are masked, dates stand.</summary>
    internal string Named { get; }

    /// <summary>Names, dates and amounts are masked.</summary>
    internal string Dated { get; }

    /// <summary>Which of the cues that are asked often fit it, as far as they were asked.</summary>
    internal Dictionary<WishCues, bool> Found { get; } = [];

    /// <summary>The letters of <see cref="Named"/>.</summary>
    internal LettersTogether NamedLetters => namedLetters ??= new LettersTogether(Named);

    /// <summary>The letters of <see cref="Dated"/>.</summary>
    internal LettersTogether DatedLetters => datedLetters ??= new LettersTogether(Dated);

    /// <summary>Without names, dates and amounts: blanks stand for them.</summary>
    internal string Unnamed => string.Concat(Dated.Select(static c => c is Account or Opportunity or Contact or Colleague or Somebody or Competitor or Date or Sum ? ' ' : c));

    /// <summary>A message with what it mentions.</summary>
    /// <param name="text">As written.</param>
    /// <param name="names">The names on record in it.</param>
    /// <param name="dates">The dates in it.</param>
    /// <param name="amounts">The amounts in it.</param>
    public static WishText Of(string text, IReadOnlyList<NameMention> names, IReadOnlyList<SpokenDate> dates, IReadOnlyList<AmountMention> amounts)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= Longest)
        {
            return new WishText(text, names, dates, amounts);
        }

        return new WishText(
            text[..Longest], [.. names.Where(n => n.Span.End <= Longest)], [.. dates.Where(d => d.Span.End <= Longest)], [.. amounts.Where(a => a.Span.End <= Longest)]);
    }

    /// <summary>A stretch of it by itself, trimmed.</summary>
    /// <param name="span">Which; the whole message gives the message.</param>
    public WishText Within(TextSpan span)
    {
        if (span.Start == 0 && span.Length >= Text.Length)
        {
            return this;
        }

        var (start, end) = (span.Start, span.End);
        while (start < end && char.IsWhiteSpace(Text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(Text[end - 1]))
        {
            end--;
        }

        bool Within(TextSpan s) => s.Start >= start && s.End <= end;
        TextSpan Moved(TextSpan s) => s with { Start = s.Start - start };
        return new WishText(
            Text[start..end],
            [.. Names.Where(n => Within(n.Span)).Select(n => n with { Span = Moved(n.Span) })],
            [.. Dates.Where(d => Within(d.Span)).Select(d => d with { Span = Moved(d.Span) })],
            [.. Amounts.Where(a => Within(a.Span)).Select(a => a with { Span = Moved(a.Span) })]);
    }

    /// <summary>How many words it has; two Chinese characters count as one.</summary>
    internal int Words
    {
        get
        {
            var (words, han, within) = (0, 0, false);
            foreach (var c in Folded)
            {
                han += Spelling.IsHan(c) ? 1 : 0;
                var letter = Spelling.IsLetter(c) || c == '\'';
                words += letter && !within ? 1 : 0;
                within = letter;
            }

            return words + ((han + 1) / 2);
        }
    }
}
