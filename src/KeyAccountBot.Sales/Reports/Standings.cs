using KeyAccountBot.Language;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Finds what a message says of where an opportunity stands: lost, resting, alive again, won, a colleague's.</summary>
internal static class Standings
{
    private const Tone Against = Tone.Denied | Tone.Doubted | Tone.Hearsay | Tone.Conditional | Tone.Asked | Tone.Ironic | Tone.Retracted | Tone.Quoted | Tone.Foreign;
    private const int LongestReason = 120;
    private static readonly LanguageFiles Wording = LanguageFiles.Part("reports");

    /// <summary>Whether the text says that something goes on again.</summary>
    public static bool SpeaksOfReopening(ReportText text) => Wording.Pattern("reopened").IsIn(text.Masked);

    /// <summary>The statuses said, with the statement that says them.</summary>
    public static IReadOnlyList<(ProposedStatus Status, Statement In)> In(ReportText text, IReadOnlyList<Statement> statements, ReportScene scene)
    {
        List<(ProposedStatus, Statement)> found = [];
        foreach (var statement in statements.Where(s => s.Voice == Voice.Writer))
        {
            var words = text.Masked.AsSpan(statement.Span.Start, statement.Span.Length);
            var opportunity = scene.Opportunities.FirstOrDefault(o => o.Id == statement.Subject);
            if (Said(text, statement, "handedOver", "handedOverNot") is { } handed && (statement.Tone & (Against & ~Tone.Conditional)) == Tone.Stated && Colleague(text, handed) is { } rep && rep != scene.Writer)
            {
                found.Add((new ProposedStatus(StatusChange.HandedOver, handed) { Rep = rep, Reason = Reason(text, statements, statement, handed), Until = null }, statement));
            }
            else if (Said(text, statement, "reopened", "reopenedNot") is { } again && (statement.Tone & (Against & ~Tone.Hearsay)) == Tone.Stated && opportunity?.Facts.Status is OpportunityStatus.Lost or OpportunityStatus.OnHold)
            {
                found.Add((new ProposedStatus(StatusChange.Reopened, again) { Reason = Reason(text, statements, statement, again) }, statement));
            }
            else if (Said(text, statement, "hold", "holdNot") is { } held && (Firm(text, statement, held) & (Against & ~Tone.Conditional)) == Tone.Stated)
            {
                found.Add((new ProposedStatus(StatusChange.OnHold, held) { Reason = Reason(text, statements, statement, held), Until = Until(text, statements, statement, scene.Today) }, statement));
            }
            else if (Said(text, statement, "lost", "lostNot") is { } lost && (Firm(text, statement, lost) & Against) == Tone.Stated)
            {
                found.Add((new ProposedStatus(StatusChange.Lost, lost) { Reason = Reason(text, statements, statement, lost), Competitor = Competitor(text, statement) }, statement));
            }
            else if (Said(text, statement, "won", "wonNot") is { } won && (statement.Tone & (Against | Tone.Planned | Tone.OneSided)) == Tone.Stated && !words.Contains(Placeholder.Competitor))
            {
                found.Add((new ProposedStatus(StatusChange.Won, won), statement));
            }
        }

        return found;
    }

    // the words themselves look like a denial ("cancelled", 没了) and are none then: only what else stands there counts
    private static Tone Firm(ReportText text, Statement statement, TextSpan said) =>
        text.ToneBeside(statement.Span, said) | (statement.Tone & (Tone.Foreign | Tone.Ironic | Tone.Asked | Tone.Quoted | Tone.Retracted));

    private static TextSpan? Said(ReportText text, Statement statement, string list, string except) =>
        text.First(list, statement.Span) is { } said && !text.Has(except, statement.Span) ? said : null;

    private static PersonId? Colleague(ReportText text, TextSpan said) =>
        text.Names.FirstOrDefault(n => n.Kind == NameKind.Colleague && said.Start <= n.Span.Start && n.Span.End <= said.End) is { Fits: [var one] } ? new PersonId(one.Id) : null;

    private static string? Competitor(ReportText text, Statement statement) =>
        text.Names.FirstOrDefault(n => n.Kind == NameKind.Competitor && Math.Abs(n.Span.Start - statement.Span.Start) < LongestReason)?.Fits[0].Name;

    // what gives a reason, else what else the sentence and the next one say
    private static string? Reason(ReportText text, IReadOnlyList<Statement> statements, Statement statement, TextSpan said)
    {
        foreach (var near in statements.Where(s => s.Index >= statement.Index && s.Sentence <= statement.Sentence + 2 && s.Voice == Voice.Writer && (s.Subject == statement.Subject)))
        {
            var words = text.Masked.Substring(near.Span.Start, near.Span.Length);
            if (Wording.Pattern("reason").In(words).FirstOrDefault(m => near.Index != statement.Index || near.Span.Start + m.Index >= said.End) is { } match)
            {
                var from = near.Span.Start + match.Index;
                return Shortened(text.Text[from..near.Span.End]);
            }
        }

        // the rest of the sentence, and the sentence after it
        var rest = statements.Where(s => s.Voice == Voice.Writer && s.Index != statement.Index && s.Subject == statement.Subject && s.Sentence >= statement.Sentence && s.Sentence <= statement.Sentence + 1 && s.Dates.Count == 0)
            .Select(s => s.Span.Of(text.Text)).FirstOrDefault();
        rest ??= text.Text[said.End..statement.Span.End].Trim(' ', ',', '，', '.') is { Length: > 6 } tail ? tail : null;
        return rest is null ? null : Shortened(rest);
    }

    private static string Shortened(string words) => words.Trim().TrimStart(':', '=', '：', ' ') is { Length: > LongestReason } is var isLong && isLong ? words.Trim()[..LongestReason] : words.Trim().TrimStart(':', '=', '：', ' ');

    private static DateOnly? Until(ReportText text, IReadOnlyList<Statement> statements, Statement statement, DateOnly today)
    {
        var near = statements.Where(s => s.Sentence >= statement.Sentence && s.Sentence <= statement.Sentence + 1 && s.Index >= statement.Index).ToList();
        var (start, end) = (near[0].Span.Start, near[^1].Span.End);
        var date = text.Dates.Where(d => d.Shape != SpokenDateShape.Unreadable && d.Span.Start >= start && d.Span.End <= end).Select(d => d.Ahead(today)).FirstOrDefault(d => d.To > today);
        return date?.From;
    }
}
