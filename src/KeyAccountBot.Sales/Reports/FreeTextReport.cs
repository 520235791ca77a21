using KeyAccountBot.Language;
using System.Text.RegularExpressions;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Reports;

/// <summary>
/// Reads a report in a rep's own words, by rules, in English and Chinese. Pure; the same text always gives the same. What is
/// denied, doubted, asked, planned or said of others is never proposed as reached.
/// </summary>
public static partial class FreeTextReport
{
    /// <summary>The longest text that is read; what stands behind is only noted.</summary>
    public const int LongestText = 4_000;

    /// <summary>What the text would put on record.</summary>
    /// <param name="text">As written.</param>
    /// <param name="opportunity">What it is about.</param>
    /// <param name="account">Whose contacts are looked for; <c>null</c> where there are none.</param>
    /// <param name="playbook">Whose phrases are looked for.</param>
    /// <param name="today">Where the writer is.</param>
    /// <param name="readDate">Reads the words that could be a date.</param>
    public static ReportProposal Read(
        string text, Opportunity opportunity, Account? account, Playbook playbook, DateOnly today, ReadDate readDate)
    {
        var read = text.Length > LongestText ? text[..LongestText] : text;
        var folded = Spelling.Fold(read);
        var dates = DateMentions.In(folded, readDate);
        var clauses = Clauses.Of(read, dates, today);
        var met = Touches.Among(read, ContactMentions.In(read, account, playbook), clauses);
        return SupportedReport.Of(
            text, DayOf(met, clauses, today),
            [.. met.Select(m => new ProposedContact(m.Contact.Id, m.Named))],
            [.. MilestonesOf(folded, clauses, playbook, today)],
            [.. AnswersOf(read, folded, clauses, playbook)],
            NextStepOf(read, clauses, today),
            opportunity, account, playbook);
    }

    /// <summary>Whom of the account the text names, in whatever connection: to tell which account it is about.</summary>
    public static IReadOnlyList<ContactId> Named(string text, Account? account, Playbook playbook) =>
        [.. ContactMentions.In(text, account, playbook).Select(m => m.Contact.Id).Distinct()];

    // the day of the meeting, else the only day behind that the text names
    private static DateOnly DayOf(IReadOnlyList<ContactMention> met, IReadOnlyList<Clause> clauses, DateOnly today)
    {
        var meeting = clauses.FirstOrDefault(c => c.Date <= today && met.Any(m => c.Span.Holds(m.Named)));
        return (meeting ?? clauses.FirstOrDefault(c => c.Date <= today && c.Mood == Mood.Stated))?.Date ?? today;
    }

    private static IEnumerable<ProposedMilestone> MilestonesOf(string folded, IReadOnlyList<Clause> clauses, Playbook playbook, DateOnly today)
    {
        foreach (var milestone in playbook.Stages.SelectMany(s => s.Milestones))
        {
            foreach (var clause in clauses.Where(c => c.Mood == Mood.Stated))
            {
                if (milestone.Phrases.All.Select(p => Phrase.Find(p, folded, clause.Span)).FirstOrDefault(s => s is not null) is not { } said)
                {
                    continue;
                }

                // a day named earlier in the sentence holds on: "yesterday we sat down, terms are agreed"
                var dated = clause.Date is not null ? clause
                    : clauses.LastOrDefault(c => c.Sentence == clause.Sentence && c.Span.End <= clause.Span.Start && c.Mood == Mood.Stated && c.Date <= today);
                yield return new ProposedMilestone(milestone.Id, dated?.Date ?? today, said, clause.Span, dated?.Dated?.Words);
                break;
            }
        }
    }

    private static IEnumerable<ProposedAnswer> AnswersOf(string text, string folded, IReadOnlyList<Clause> clauses, Playbook playbook)
    {
        foreach (var question in playbook.Stages.SelectMany(s => s.Questions))
        {
            var told = clauses.FirstOrDefault(c => c.Mood == Mood.Stated
                && (Telling().IsMatch(folded.AsSpan(c.Span.Start, c.Span.Length)) || question.Phrases.All.Any(p => p.Contains('…', StringComparison.Ordinal) && Phrase.Find(p, folded, c.Span) is not null))
                && question.Phrases.All.Any(p => Phrase.Find(p, folded, c.Span) is not null));
            if (told is not null && told.Span.Of(text).Length > 0)
            {
                yield return new ProposedAnswer(question.Id, told.Span);
            }
        }
    }

    private static ProposedNextStep? NextStepOf(string text, IReadOnlyList<Clause> clauses, DateOnly today) => clauses
        .Where(c => c is { Mood: Mood.Planned, Date: { } on, Dated.IsUntil: false } && on >= today && !Moods.IsAbsence(c.Span.Of(text)))
        .OrderBy(c => c.Date)
        .Select(c => new ProposedNextStep(c.Span, c.Date!.Value, c.Dated!.Words))
        .FirstOrDefault();

    [GeneratedRegex(
        @"\b(told|explained|showed|shown|answered|presented|demonstrated|proved|convinced|discussed|talked|went through|walked|accept\w*|agree\w*|satisfied|confirmed|clarified|described)\b"
        + "|告诉|解释|说明|回答|答复|介绍|展示|演示|看了|讲|证明|认可|接受|满意|确认|说了|聊了|谈了",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Telling();
}
