using KeyAccountBot.Language;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Finds what comes next: what is announced as such, and what is ours to do or fixed for a day to come.</summary>
internal static class Steps
{
    private const int Longest = 160;
    private const Tone Against = Tone.Denied | Tone.Asked | Tone.Ironic | Tone.Retracted | Tone.Foreign;
    private static readonly LanguageFiles Wording = LanguageFiles.Part("reports");

    /// <summary>The steps with the statement that says them; those announced, where there are any, else those with a day.</summary>
    public static IReadOnlyList<(ProposedStep Step, Statement In)> In(ReportText text, IReadOnlyList<Statement> statements, DateOnly today)
    {
        if (text.All("noNext").Any())
        {
            return [];
        }

        List<(ProposedStep, Statement)> announced = [];
        List<(ProposedStep, Statement)> dated = [];
        for (var i = 0; i < statements.Count; i++)
        {
            var statement = statements[i];
            if (statement.Voice is Voice.Injected or Voice.OurPeople)
            {
                continue;
            }

            TextSpan? intro = statement.Voice == Voice.Quoted ? null : text.First("nextIntro", WithMark(text, statement)) is { } said && said.Start <= statement.Span.Start + 4 ? said : null;
            if (intro is { } begun && (statement.Tone & (Tone.Denied | Tone.Retracted)) == Tone.Stated)
            {
                if (IsHead(text, statements, i, begun.End))
                {
                    announced.AddRange(Listed(text, statements, i, today));
                    i = announced.Count > 0 ? announced[^1].Item2.Index : i;
                    continue;
                }

                var (what, last) = Whole(text, statements, i, begun.End - statement.Span.Start);
                if (what is { } span && Made(text, Together(statements, i, last, span), span, today) is { } step && !IsNothing(step.Text))
                {
                    announced.Add((step, statement));
                    i = last;
                    continue;
                }
            }

            if (statement.Date is { } when && when.To >= today && text.Has("agreed", statement.Span)
                && statements.LastOrDefault(s => s.Index < statement.Index && s.Index >= statement.Index - 3 && text.Has("askedOfUs", s.Span)) is { } asked
                && Made(text, statement.Span, asked.Span, today) is { } promised)
            {
                dated.Add((promised, statement));
                continue;
            }

            if (statement.Date is { } date && date.To >= today && statement.Dates.Any(d => d.To >= today) && (statement.Tone & Against) == Tone.Stated
                && (statement.Tone & Tone.Planned) != Tone.Stated && !IsFact(text, statement) && (text.Has("step", statement.Span) || Wording.Pattern("step").IsIn(Spelling.Fold(date.Span.Of(text.Text))))
                && (statement.Tone & Tone.Conditional) == Tone.Stated
                && (statement.Voice == Voice.Writer || text.Has("askedOfUs", statement.Span))
                && !(i > 0 && statements[i - 1].Date == statement.Date && statements[i - 1].Sentence == statement.Sentence)
                && Made(text, Together(statements, i, date.Span.Start >= statement.Span.End && i + 1 < statements.Count ? i + 1 : i, statement.Span), statement.Span, today) is { } plain)
            {
                dated.Add((plain, statement));
            }
        }

        var all = announced.Count > 0 ? announced : dated;
        return [.. all.OrderBy(s => s.Item1.Due is null).ThenBy(s => s.Item1.Due)];
    }

    // "Next steps:" on a line of its own: the lines behind it say them
    private static bool IsHead(ReportText text, IReadOnlyList<Statement> statements, int i, int end)
    {
        var rest = text.Masked.IndexOf('\n', end);
        return rest >= 0 && text.Masked[end..rest].Trim(' ', ':', '：', '-').Length == 0 && i + 1 < statements.Count && statements[i + 1].Line > statements[i].Line;
    }

    private static IEnumerable<(ProposedStep, Statement)> Listed(ReportText text, IReadOnlyList<Statement> statements, int head, DateOnly today)
    {
        var previous = statements[head].Line;
        foreach (var line in statements.Skip(head + 1).GroupBy(s => s.Line))
        {
            var first = line.First();
            var last = line.Last();
            var start = text.Masked.LastIndexOf('\n', first.Span.Start) + 1;
            var span = new TextSpan(start, last.Span.End - start);
            if (line.Key > previous + 1 || text.Has("openList", span) || text.Has("theirList", span) || text.Masked[last.Span.End - 1] is ':' or '：')
            {
                yield break;
            }

            previous = line.Key;
            if (!text.Has("theirTodo", span) && Made(text, span, Unnumbered(text, span), today) is { } step && !IsNothing(step.Text))
            {
                yield return (step, last);
            }
        }
    }

    private static TextSpan Unnumbered(ReportText text, TextSpan line)
    {
        var start = line.Start;
        while (start < line.End && (char.IsAsciiDigit(text.Masked[start]) || text.Masked[start] is ' ' or '.' or ')' or '、' or '-' or '•' or '*' or '）'))
        {
            start++;
        }

        return new TextSpan(start, line.End - start);
    }

    // with the colon behind it
    private static TextSpan WithMark(ReportText text, Statement statement) => new(statement.Span.Start, Math.Min(statement.Span.Length + 2, text.Masked.Length - statement.Span.Start));

    // a date that has its own place: a deadline, an absence, a decision of theirs
    private static bool IsFact(ReportText text, Statement statement) =>
        text.Has("noStep", statement.Span) || text.IsMood("absence", statement.Span) || text.Has("bidDeadline", statement.Span) || text.Has("expectedClose", statement.Span);

    // the announced step: the rest of its statement, or what follows the colon, to the end of the sentence where the date stands only there
    private static (TextSpan? What, int Last) Whole(ReportText text, IReadOnlyList<Statement> statements, int i, int from)
    {
        var start = statements[i].Span.Start + Math.Max(0, from);
        var last = i;
        while (last + 1 < statements.Count && statements[last + 1].Sentence == statements[i].Sentence && statements[last].Span.End - start < Longest
            && (statements[last].Span.End - start < 4 || (!Dates(text, start, statements[last].Span.End) && Dates(text, start, statements[last + 1].Span.End)) || statements[last + 1].Span.Length < 14))
        {
            last++;
        }

        // "Next:" on a line of its own: the next line says it
        if (statements[last].Span.End - start < 3 && last + 1 < statements.Count && statements[last + 1].Line - statements[i].Line <= 1)
        {
            last++;
        }

        var end = Math.Min(statements[last].Span.End, text.Masked.Length);
        return (end - start > 2 ? new TextSpan(start, end - start) : null, last);
    }

    private static bool Dates(ReportText text, int from, int to) => text.Dates.Any(d => d.Span.Start >= from && d.Span.End <= to);

    private static bool IsNothing(string words) => words.Length < 2 || Wording.Pattern("noNext").IsIn("next: " + Spelling.Fold(words));

    private static TextSpan Together(IReadOnlyList<Statement> statements, int first, int last, TextSpan what) =>
        new(statements[first].Span.Start, Math.Max(what.End, statements[last].Span.End) - statements[first].Span.Start);

    private static ProposedStep? Made(ReportText text, TextSpan dated, TextSpan what, DateOnly today)
    {
        var spoken = text.Dates.Where(d => d.Span.Start >= dated.Start && d.Span.End <= dated.End).ToList();
        var readable = spoken.Where(d => d.Shape != SpokenDateShape.Unreadable).Select(d => d.Ahead(today)).Where(d => d.To >= today).ToList();
        var date = readable.Count > 0 ? readable[0] : null;
        var trimmed = Trimmed(what, text.Text);
        if (trimmed.Length == 0)
        {
            return null;
        }

        return new ProposedStep(trimmed, date is null ? null : date.From < today ? today : date.From, date?.To, date?.Span ?? spoken.FirstOrDefault()?.Span)
        {
            Text = Tidied(text, trimmed, date?.Span),
        };
    }

    private static TextSpan Trimmed(TextSpan span, string text)
    {
        var (start, end) = (span.Start, Math.Min(span.End, text.Length));
        while (start < end && (char.IsWhiteSpace(text[start]) || text[start] is ':' or '：' or '=' or '-' or '–' or ',' or '，' or '•'))
        {
            start++;
        }

        while (end > start && (char.IsWhiteSpace(text[end - 1]) || text[end - 1] is ',' or '，'))
        {
            end--;
        }

        return new TextSpan(start, end - start);
    }

    // without the date and without what introduces it
    private static string Tidied(ReportText text, TextSpan what, TextSpan? date)
    {
        var words = what.Of(text.Text);
        if (date is { } dated && dated.Start >= what.Start && dated.End <= what.End && dated.Length < what.Length)
        {
            var before = Cut(words[..(dated.Start - what.Start)], false);
            var after = words[(dated.End - what.Start)..].Trim(' ', ',', '，', '.', ')', '(', '、');
            words = before.Length > 0 && after.Length > 0 ? (Spelling.IsHan(after[0]) ? before + after : before + " " + after) : before + after;
        }

        words = Cut(Cut(words, true), false).Trim(' ', ',', '，', '.', '。', ':', '：', '–', '-', '=');
        return words.Length == 0 ? what.Of(text.Text) : words.Length > Longest ? words[..Longest] : words;
    }

    private static string Cut(string words, bool atStart)
    {
        var folded = Spelling.Fold(words);
        foreach (var match in Wording.Pattern("stepTrim").In(folded))
        {
            if (match.Length > 0 && match.Length < words.Length && (atStart ? match.Index == 0 : match.Index + match.Length == words.Length && match.Index > 0))
            {
                return atStart ? words[match.Length..] : words[..match.Index];
            }
        }

        return words;
    }
}
