using System.Collections.Frozen;
using KeyAccountBot.Language;

namespace KeyAccountBot.Sales.Reports;

/// <summary>The smallest stretch of a message that says one thing.</summary>
internal sealed record Statement(int Index, TextSpan Span, int Sentence, int Line, Voice Voice)
{
    /// <summary>How it stands to what has happened.</summary>
    public Tone Tone { get; set; }

    /// <summary>The date it gives, as it is meant here; <c>null</c> for none.</summary>
    public SpokenDate? Date { get; set; }

    /// <summary>Every date in it, as meant here.</summary>
    public IReadOnlyList<SpokenDate> Dates { get; set; } = [];

    /// <summary>A day of the past that was named before it and holds on.</summary>
    public SpokenDate? Since { get; set; }

    /// <summary>The opportunity it belongs to; <c>null</c> where that is not known, or somebody else's.</summary>
    public OpportunityId? Subject { get; set; }

    /// <summary>It is about a customer that is not the writer's to report on.</summary>
    public bool IsElsewhere { get; set; }
}

/// <summary>Takes a message apart into statements and says of each in which tone it is.</summary>
internal static class Statements
{
    private const int ShortSentence = 6;
    private const int LongestBehind = 92;
    private const int ShortRemark = 24;
    private const int ShortHedge = 6;
    private const int LongHedge = 16;
    private const int SmallWord = 4;
    private const int NearDay = 2;
    private const int FarAhead = 260;
    private static readonly LanguageFiles Wording = LanguageFiles.Part("reports");
    private static readonly LanguageFiles Moods = LanguageFiles.Part("moods");
    private static readonly FrozenSet<string> Abbreviations = Wording["abbreviation"].Select(l => l.Text).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The statements in the text's order.</summary>
    public static IReadOnlyList<Statement> Of(ReportText text, DateOnly today)
    {
        List<Statement> statements = [];
        var cuts = Cuts(text);
        var sentence = 0;
        var line = 0;
        foreach (var span in Sentences(text.Masked))
        {
            var start = span.Start;
            foreach (var cut in cuts.Where(c => c.Start > span.Start && c.Start < span.End).Append(new TextSpan(span.End, 0)))
            {
                Add(statements, text, start, cut.Start, sentence, line);
                start = Math.Max(start, cut.End);
            }

            line += span.End < text.Masked.Length && text.Masked[span.End] == '\n' ? 1 : 0;
            sentence++;
        }

        Judge(statements, text, today);
        return statements;
    }

    /// <summary>The statement that holds a stretch, or where it begins.</summary>
    public static Statement? At(IReadOnlyList<Statement> statements, TextSpan span) =>
        statements.FirstOrDefault(s => s.Span.Start <= span.Start && span.Start < s.Span.End);

    private static void Add(List<Statement> statements, ReportText text, int start, int end, int sentence, int line)
    {
        while (start < end && (char.IsWhiteSpace(text.Masked[start]) || text.Masked[start] is ',' or '，' or '、' or '-' or '>' or '•' or '*' or '–' or '—' or '(' or ')' or '→' or '（' or '）' or '"' or '“' or '”'))
        {
            start++;
        }

        while (end > start && (char.IsWhiteSpace(text.Masked[end - 1]) || text.Masked[end - 1] is ',' or '(' or '-' or '–' or '"'))
        {
            end--;
        }

        if (end > start && text.Voices[start] != Voice.Injected)
        {
            statements.Add(new Statement(statements.Count, new TextSpan(start, end - start), sentence, line, text.Voices[start]));
        }
    }

    private static IEnumerable<TextSpan> Sentences(string masked)
    {
        var start = 0;
        for (var i = 0; i < masked.Length; i++)
        {
            if (EndsSentence(masked, i))
            {
                if (i > start)
                {
                    // the mark belongs to its sentence: a question shows in it
                    yield return new TextSpan(start, i - start + (masked[i] is '?' or '？' ? 1 : 0));
                }

                start = i + 1;
            }
        }

        if (start < masked.Length)
        {
            yield return new TextSpan(start, masked.Length - start);
        }
    }

    private static bool EndsSentence(string masked, int i)
    {
        switch (masked[i])
        {
            case '!' or '?' or ';' or '\n' or '。' or '！' or '？' or '；':
                return true;
            case not '.':
                return false;
        }

        var next = i + 1 < masked.Length ? masked[i + 1] : ' ';
        if (!char.IsWhiteSpace(next) && !Spelling.IsHan(next) && next != '.')
        {
            return false;
        }

        var start = i;
        while (start > 0 && Spelling.IsLetter(masked[start - 1]))
        {
            start--;
        }

        var word = masked[start..i];
        if (word.Length == 0)
        {
            return true;
        }

        // "1." at the head of a line numbers it; "no. 5" and "K. Mansoor" go on
        var isNumber = word.All(char.IsAsciiDigit);
        return !Abbreviations.Contains(word) && !(word.Length == 1 && char.IsAsciiLetter(word[0])) && !(isNumber && word.Length < 3 && masked.AsSpan(0, start).TrimEnd(' ').EndsWith("\n"))
            && !(isNumber && word.Length < 3 && start == 0);
    }

    // where clauses end; a cut that stands within a name or a date is none, since those are masked
    private static List<TextSpan> Cuts(ReportText text)
    {
        var masked = text.Masked;
        List<TextSpan> cuts = [];
        for (var i = 0; i < masked.Length; i++)
        {
            var isBetweenDigits = i > 0 && i + 1 < masked.Length && char.IsAsciiDigit(masked[i - 1]) && char.IsAsciiDigit(masked[i + 1]);
            if (masked[i] is '，' or '：' or '(' or ')' or '（' or '）' or '—' or '→' or '…' or '“' or '”' or '"' || (masked[i] is ',' or ':' && !isBetweenDigits)
                || (masked[i] is '-' or '–' && i > 0 && i + 1 < masked.Length && masked[i - 1] == ' ' && masked[i + 1] is ' ' or '>')
                || (masked[i] == ' ' && i > 0 && i + 1 < masked.Length && Spelling.IsHan(text.Text[i - 1]) && Spelling.IsHan(text.Text[i + 1])))
            {
                cuts.Add(new TextSpan(i, 1));
            }
        }

        cuts.AddRange(Wording.Pattern("clauseEnd").In(masked).Select(m => new TextSpan(m.Index, m.Length)));
        cuts.AddRange(Wording.Pattern("newSubject").In(masked).Select(m => new TextSpan(m.Index, m.Length)));
        cuts.AddRange(Moods.Pattern("correction").In(masked).Select(m => new TextSpan(m.Index, 0)));
        return [.. cuts.OrderBy(c => c.Start)];
    }

    private static void Judge(List<Statement> statements, ReportText text, DateOnly today)
    {
        foreach (var statement in statements)
        {
            statement.Tone = text.ToneOf(statement.Span) | (statement.Voice == Voice.Quoted ? Tone.Quoted : Tone.Stated);
            if (statement.Voice == Voice.Quoted)
            {
                statement.Tone &= ~Tone.Hearsay;
            }
        }

        foreach (var sentence in statements.GroupBy(s => s.Sentence))
        {
            var clauses = sentence.ToList();
            var end = clauses[^1].Span.End;
            var asks = end < text.Masked.Length && text.Masked[end] is '?' or '？';
            for (var i = 0; i < clauses.Count; i++)
            {
                Spread(clauses, i, text);
                if (text.First("nextIntro", clauses[i].Span) is { } intro && intro.Start <= clauses[i].Span.Start + 4)
                {
                    // a plan goes on to the end of its sentence
                    foreach (var later in clauses.Skip(i).Where(c => !text.IsMood("past", c.Span)))
                    {
                        later.Tone |= Tone.Planned;
                    }
                }

                clauses[i].Tone |= asks && i >= clauses.Count - 2 ? Tone.Asked : Tone.Stated;
            }
        }

        // "... in your dreams": a short remark turns what it follows
        for (var i = 1; i < statements.Count; i++)
        {
            if ((statements[i].Tone & Tone.Ironic) != Tone.Stated && statements[i].Span.Length < ShortRemark && statements[i].Line == statements[i - 1].Line)
            {
                foreach (var before in statements.Where(s => s.Sentence == statements[i - 1].Sentence))
                {
                    before.Tone |= Tone.Ironic;
                }
            }
        }

        Dated(statements, text, today);
        DatedNext(statements, today);
        Correct(statements, text);
    }

    // another site, irony and a condition colour the whole sentence, where it is a short one; a doubt that stands alone colours what it hangs on
    private static void Spread(List<Statement> clauses, int i, ReportText text)
    {
        var wide = clauses[i].Tone & (Tone.Foreign | Tone.Ironic | Tone.OneSided | Tone.Conditional);
        for (var n = 0; n < clauses.Count; n++)
        {
            if (n != i && (clauses.Count <= ShortSentence || Math.Abs(n - i) == 1))
            {
                clauses[n].Tone |= (wide & ~Tone.Conditional) | ((wide & Tone.Conditional) != Tone.Stated && n != i ? SpreadCondition(clauses, i, n) : Tone.Stated);
            }
        }

        var isBare = clauses[i].Span.Length < (text.Masked.AsSpan(clauses[i].Span.Start, clauses[i].Span.Length).ContainsAnyInRange('\u3400', '\u9fff') ? ShortHedge : LongHedge);
        if (isBare && i > 0 && (clauses[i].Tone & (Tone.Doubted | Tone.Hearsay)) != Tone.Stated)
        {
            clauses[i - 1].Tone |= clauses[i].Tone & (Tone.Doubted | Tone.Hearsay);
        }

        if (i + 1 < clauses.Count && (clauses[i].Tone & Tone.Hearsay) != Tone.Stated && clauses.Count <= ShortSentence)
        {
            clauses[i + 1].Tone |= Tone.Hearsay;
        }

    }

    // what follows "as soon as …," hangs on it, and what stands right before
    private static Tone SpreadCondition(List<Statement> clauses, int i, int n) => Math.Abs(n - i) == 1 && clauses.Count <= ShortSentence ? Tone.Conditional : Tone.Stated;

    private static void Dated(List<Statement> statements, ReportText text, DateOnly today)
    {
        SpokenDate? since = null;
        var sinceLine = -1;
        for (var i = 0; i < statements.Count; i++)
        {
            var statement = statements[i];
            var dates = text.Dates.Where(d => d.Shape != SpokenDateShape.Unreadable && statement.Span.Start <= d.Span.Start && d.Span.Start < statement.Span.End).ToList();
            if (dates.Count > 0)
            {
                var isDateOnly = IsDateOnly(text.Masked.AsSpan(statement.Span.Start, statement.Span.Length));
                var isBehind = isDateOnly && i > 0 && statements[i - 1].Sentence == statement.Sentence ? HasHappened(text, statements, i)
                    : (text.IsMood("past", statement.Span) && (statement.Tone & Tone.Planned) == Tone.Stated)
                    || (isDateOnly && i + 1 < statements.Count && text.IsMood("past", statements[i + 1].Span) && (statements[i + 1].Tone & Tone.Planned) == Tone.Stated)
                    || (i == 0 && statements.Count > 1 && text.IsMood("past", statements[1].Span) && (statement.Tone & Tone.Planned) == Tone.Stated);
                statement.Dates = [.. dates.Select(d => isBehind ? Behind(d, today) : Ahead(d, today))];
                statement.Date = statement.Dates[0];
                if (statement.Dates.All(d => d.From > today))
                {
                    statement.Tone |= Tone.Planned;
                }

                // a day that stands alone belongs to what was said before it, or to what follows
                if (isDateOnly && i > 0 && statements[i - 1] is { Date: null } before && before.Sentence == statement.Sentence && !BeginsList(text, statement))
                {
                    before.Date = statement.Date;
                    before.Dates = statement.Dates;
                    before.Since = statement.Date.From <= today ? statement.Date : before.Since;
                    before.Tone |= statement.Dates.All(d => d.From > today) ? Tone.Planned : Tone.Stated;
                }
            }

            if (statement.Line != sinceLine && statement.Voice != Voice.Writer)
            {
                since = null;
            }

            statement.Since = statement.Date is { } own && own.From <= today ? own : since;
            if (statement.Date is { } named && named.To <= today && (statement.Tone & (Tone.Planned | Tone.Conditional)) == Tone.Stated && !text.Has("same", statement.Span))
            {
                since = named;
                sinceLine = statement.Line;
            }
        }
    }

    // "done, on Friday": the next clause begins with the day
    private static void DatedNext(List<Statement> statements, DateOnly today)
    {
        for (var i = 0; i + 1 < statements.Count; i++)
        {
            for (var n = i + 1; n < statements.Count && n <= i + NearDay && statements[n].Sentence == statements[i].Sentence; n++)
            {
                if (statements[i] is { Date: null, Since: null } one && statements[n].Date is { } date && date.To <= today && (statements[n].Tone & Tone.Planned) == Tone.Stated
                    && date.Span.Start - statements[n].Span.Start < (n == i + 1 ? 4 : 8) && (n == i + 1 || date.Span.End + 2 >= statements[n].Span.End))
                {
                    one.Since = date;
                }
            }
        }
    }

    // nothing but the day and a small word such as "on"
    private static bool IsDateOnly(ReadOnlySpan<char> words)
    {
        var (small, han) = (0, 0);
        foreach (var c in words)
        {
            small += c != Placeholder.Date && Spelling.IsLetter(c) ? 1 : 0;
            han += Spelling.IsHan(c) ? 1 : 0;
        }

        return han <= 1 && small + han <= SmallWord;
    }

    // what the sentence says before the day stands behind
    private static bool HasHappened(ReportText text, List<Statement> statements, int i)
    {
        for (var n = i - 1; n >= 0 && statements[n].Sentence == statements[i].Sentence; n--)
        {
            if ((statements[n].Tone & Tone.Planned) != Tone.Stated)
            {
                return false;
            }

            if (text.IsMood("past", statements[n].Span))
            {
                return true;
            }
        }

        return false;
    }

    // not the same day of next year where it was only weeks ago
    private static SpokenDate Ahead(SpokenDate date, DateOnly today) =>
        date.Ahead(today) is var ahead && ahead.From.DayNumber - today.DayNumber > FarAhead && today.DayNumber - date.From.DayNumber <= LongestBehind ? date : ahead;

    // not a day of months ago: whoever reports speaks of these weeks
    private static SpokenDate Behind(SpokenDate date, DateOnly today) =>
        date.Behind(today) is var behind && today.DayNumber - behind.From.DayNumber <= LongestBehind ? behind : date;

    private static bool BeginsList(ReportText text, Statement statement) => statement.Span.End < text.Masked.Length && text.Masked[statement.Span.End] is ':' or '：';

    // "on Monday no sorry Tuesday": what follows the correction takes the place of the same before it
    private static void Correct(List<Statement> statements, ReportText text)
    {
        foreach (var match in Moods.Pattern("correction").In(text.Masked))
        {
            var after = statements.FirstOrDefault(s => s.Span.Start <= match.Index && match.Index < s.Span.End);
            if (after is null || after.Index == 0)
            {
                continue;
            }

            var before = statements[after.Index - 1];
            if (before.Sentence != after.Sentence && before.Sentence != after.Sentence - 1)
            {
                continue;
            }

            var rest = text.Masked.AsSpan(match.Index + match.Length).TrimStart(" ,，.:：");
            if (rest.Length > 0 && rest[0] == Placeholder.Date && before.Date is not null && after.Date is { } right)
            {
                // the day is put right, the rest stands
                before.Date = right.Behind(before.Date.From);
                before.Dates = [before.Date];
                before.Since = before.Date;
                after.Date = null;
                after.Dates = [];
                after.Since = before.Date;
                after.Tone &= ~Tone.Planned;
            }
            else if (rest.Length > 0 && !(rest[0] is Placeholder.Amount or Placeholder.Contact || char.IsAsciiDigit(rest[0])))
            {
                before.Tone |= Tone.Retracted;
            }
        }
    }
}
