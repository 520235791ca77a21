using KeyAccountBot.Language;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Finds the customer's questions that a message says were answered.</summary>
internal static class Answers
{
    private const int Within = 4;
    private const int SentencesWithin = 2;
    private const Tone Against = Tone.Planned | Tone.Retracted | Tone.Ironic | Tone.Foreign;

    /// <summary>Each question once, with the statement it is answered in.</summary>
    public static IReadOnlyList<(QuestionId Id, TextSpan Said, Statement In)> In(ReportText text, IReadOnlyList<Statement> statements, Playbook playbook)
    {
        List<(QuestionId, TextSpan, Statement)> found = [];
        var topics = PlaybookPhrases.Of(playbook).Questions.Select(q => (q.Id, At: q.Said.All(text.Masked))).Where(q => q.At.Count > 0).ToList();
        foreach (var (id, at) in topics)
        {
            foreach (var topic in at)
            {
                var statement = Statements.At(statements, topic);
                if (statement is { Voice: not Voice.OurPeople } && AnsweredIn(text, statements, statement, s => topics.Exists(t => t.Id != id && t.At.Exists(s.Span.Holds))) is { } last)
                {
                    found.Add((id, new TextSpan(statement.Span.Start, last.Span.End - statement.Span.Start), statement));
                    break;
                }
            }
        }

        return found;
    }

    // the statement that shows the answer: the topic's own, or one soon after it
    private static Statement? AnsweredIn(ReportText text, IReadOnlyList<Statement> statements, Statement statement, Func<Statement, bool> isAnotherTopic)
    {
        var head = LineHead(text, statement);
        if (text.Has("openList", head))
        {
            return null;
        }

        if (text.Has("answeredList", head))
        {
            return statement;
        }

        var isAsked = text.Has("askedOnly", statement.Span) || (statement.Tone & Tone.Asked) != Tone.Stated;
        var isTold = text.Has("told", statement.Span);
        var isDenied = (statement.Tone & Tone.Denied) != Tone.Stated;
        var isOurs = text.First("weTold", statement.Span) is { } telling && (text.ToneOf(new TextSpan(statement.Span.Start, telling.End - statement.Span.Start)) & Tone.Planned) == Tone.Stated;
        var isSettled = text.Has("settled", statement.Span);
        var isQuoted = statement.Voice == Voice.Quoted;
        if ((statement.Tone & (Against & ~Tone.Planned)) == Tone.Stated && !isDenied
            && (isSettled || (isOurs && !isAsked) || (isTold && !isAsked && !isQuoted && (statement.Tone & (Tone.Planned | Tone.Conditional)) == Tone.Stated))
            && !(isSettled && (statement.Tone & (Tone.Planned | Tone.Conditional | Tone.Asked)) != Tone.Stated))
        {
            return statement;
        }

        for (var n = statement.Index + 1; n < statements.Count && n <= statement.Index + Within && statements[n].Sentence - statement.Sentence <= SentencesWithin; n++)
        {
            var next = statements[n];
            if (n > statement.Index + 1 && isAnotherTopic(next))
            {
                return null;
            }

            var isSame = next.Sentence == statement.Sentence;
            if (!isAsked && !isSame && (statement.Tone & Tone.Planned) != Tone.Stated)
            {
                return null;
            }

            if (isSame && text.First("weTold", next.Span) is { } ours && (text.ToneOf(new TextSpan(next.Span.Start, ours.End - next.Span.Start)) & (Against | Tone.Denied)) == Tone.Stated && (next.Tone & Tone.Retracted) == Tone.Stated)
            {
                return next;
            }

            if ((next.Tone & (Against | Tone.Denied)) == Tone.Stated && next.Voice != Voice.Injected && (isSame || isAsked || next.Sentence - statement.Sentence <= 1)
                && (text.Has("weTold", next.Span) || text.Has("settled", next.Span)
                    || (!isAsked && !isDenied && isSame && (statement.Tone & Tone.Planned) == Tone.Stated && text.Has("told", next.Span) && !text.Has("askedOnly", next.Span))))
            {
                return next;
            }

            if ((next.Tone & Tone.Planned) != Tone.Stated && !isSame && next.Voice == Voice.Writer)
            {
                return null;
            }
        }

        return null;
    }

    private static TextSpan LineHead(ReportText text, Statement statement)
    {
        var start = text.Masked.LastIndexOf('\n', Math.Max(0, statement.Span.Start - 1)) + 1;
        return new TextSpan(Math.Min(start, statement.Span.Start), Math.Max(0, statement.Span.Start - start));
    }
}
