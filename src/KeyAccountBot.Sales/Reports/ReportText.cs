using KeyAccountBot.Language;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Whose words a stretch of a message is.</summary>
internal enum Voice
{
    /// <summary>The writer tells.</summary>
    Writer,

    /// <summary>Somebody else's words: a forwarded mail, a quotation, what a customer wrote in a chat.</summary>
    Quoted,

    /// <summary>Orders to a machine in somebody else's words: nothing is read there.</summary>
    Injected,

    /// <summary>Who was there of our own people.</summary>
    OurPeople,
}

/// <summary>A message as it is read: its text in one spelling, and what was found in it.</summary>
/// <param name="Text">As written.</param>
/// <param name="Masked">Folded, with what was found in place of its words: see <see cref="Placeholder"/>.</param>
/// <param name="Plain">The same without words that only look like a denial or a doubt.</param>
/// <param name="Names">In the text's order.</param>
/// <param name="Newcomers">People who are not on record.</param>
/// <param name="Dates">In the text's order, without bare times.</param>
/// <param name="Amounts">In the text's order.</param>
/// <param name="Voices">Of each position.</param>
internal sealed record ReportText(
    string Text, string Masked, string Plain, IReadOnlyList<NameMention> Names, IReadOnlyList<Newcomer> Newcomers,
    IReadOnlyList<SpokenDate> Dates, IReadOnlyList<AmountMention> Amounts, Voice[] Voices)
{
    /// <summary>The longest text that is read; what stands behind is only noted.</summary>
    public const int Longest = 12_000;

    private static readonly LanguageFiles Wording = LanguageFiles.Part("reports");

    private readonly Marks maskedMarks = new(Masked);
    private readonly Marks plainMarks = new(Plain);

    /// <summary>Whether a line of a list of how reports are written fits within the stretch.</summary>
    public bool Has(string list, TextSpan within) => Wording.Lists.Contains(list, StringComparer.Ordinal) && maskedMarks.Has(Wording.Pattern(list), within);

    /// <summary>Whether a line of a list of moods fits within the stretch, beside what only looks like it.</summary>
    public bool IsMood(string list, TextSpan within) => plainMarks.Has(LanguageFiles.Part("moods").Pattern(list), within);

    /// <summary>The first place within the stretch where a line of a list of how reports are written fits.</summary>
    public TextSpan? First(string list, TextSpan within) => Wording.Lists.Contains(list, StringComparer.Ordinal) ? maskedMarks.First(Wording.Pattern(list), within) : null;

    /// <summary>Every place within the stretch where a line of a list of how reports are written fits.</summary>
    public IEnumerable<TextSpan> All(string list, TextSpan within) => Wording.Pattern(list) is { IsAnchored: true } anchored
        ? anchored.In(Masked.Substring(within.Start, within.Length)).Where(m => m.Length > 0).Select(m => new TextSpan(within.Start + m.Index, m.Length))
        : maskedMarks.All(Wording.Pattern(list)).Where(within.Holds);

    /// <summary>Every place in the text where a line of a list of how reports are written fits.</summary>
    public IEnumerable<TextSpan> All(string list) => All(list, new TextSpan(0, Masked.Length));

    /// <summary>The tones of a stretch.</summary>
    public Tone ToneOf(TextSpan within) => Tones.Of(plainMarks, within);

    /// <summary>The tones of a stretch beside some words of it.</summary>
    public Tone ToneBeside(TextSpan within, TextSpan words) => Tones.Beside(plainMarks, within, words);

    /// <summary>The message prepared.</summary>
    public static ReportText Of(string text, ReportScene scene)
    {
        var read = text.Length > Longest ? text[..Longest] : text;
        var folded = Spelling.Fold(read);
        var names = Chosen(NameMentions.In(read, scene.Names), scene);
        var newcomers = Reports.Newcomers.In(read, folded, names, scene);
        var people = names.Where(n => n.Kind != NameKind.Opportunity && !n.IsLoose).Select(n => n.Span).Concat(newcomers.Select(n => n.Named)).ToList();
        var dates = SpokenDates.In(read, scene.Today, scene.Culture, people).Where(d => d.Shape != SpokenDateShape.TimeOnly && d.Span.Length > 0).ToList();
        var amounts = Amounts_(read, dates);
        var blanked = Spoken(folded).ToCharArray();
        foreach (var date in dates.Where(d => d.Shape != SpokenDateShape.Unreadable))
        {
            Fill(blanked, date.Span, Placeholder.Date);
        }

        foreach (var amount in amounts)
        {
            Fill(blanked, amount.Span, Placeholder.Amount);
        }

        foreach (var name in names.Where(n => !n.IsLoose))
        {
            Fill(blanked, name.Span, Placeholder.Of(name.Kind));
        }

        foreach (var newcomer in newcomers)
        {
            Fill(blanked, newcomer.Named, Placeholder.Newcomer);
        }

        var whole = new string(blanked);
        return new ReportText(read, whole, Tones.Plainly(whole), names, newcomers, dates, amounts, Sections.Voices(read, whole, names, scene));
    }

    // a number that is a date is no amount
    private static List<AmountMention> Amounts_(string text, List<SpokenDate> dates) =>
        [.. KeyAccountBot.Language.Amounts.In(text).Where(a => a.Span.Length > 0 && !dates.Exists(d => d.Shape != SpokenDateShape.Unreadable && d.Span.Start < a.Span.End && a.Span.Start < d.Span.End))];

    // a contact of the writer's customers rather than a colleague, one or the other where both fit
    private static List<NameMention> Chosen(IReadOnlyList<NameMention> names, ReportScene scene)
    {
        List<NameMention> chosen = [];
        foreach (var at in names.GroupBy(n => n.Span))
        {
            var contact = at.FirstOrDefault(n => n.Kind == NameKind.Contact);
            var colleague = at.FirstOrDefault(n => n.Kind == NameKind.Colleague);
            chosen.Add(contact is not null && colleague is not null
                ? (colleague.Fits.Any(f => f.Id == scene.Writer.Value) ? colleague : contact)
                : at.First());
        }

        return chosen;
    }

    // dictated marks: "full stop" ends a sentence
    private static string Spoken(string folded)
    {
        char[]? marked = null;
        foreach (var (list, mark) in new[] { ("stop", '.'), ("line", '\n'), ("colon", ':'), ("comma", ','), ("question", '?') })
        {
            foreach (var match in Wording.Pattern("spoken/" + list).In(folded))
            {
                marked ??= folded.ToCharArray();
                marked.AsSpan(match.Index, match.Length).Fill(' ');
                marked[match.Index] = mark;
            }
        }

        return marked is null ? folded : new string(marked);
    }

    private static void Fill(char[] text, TextSpan span, char with) => text.AsSpan(span.Start, span.Length).Fill(with);
}
