using KeyAccountBot.Language;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Words that somebody else, a chat model, says are in the text and mean something. Believed only as far as the text supports it.</summary>
/// <param name="Contacts">Words that name a contact the rep was in touch with.</param>
/// <param name="Milestones">A milestone's id and the words that say it was reached.</param>
/// <param name="Answers">A question's id and the words that say the customer was answered.</param>
/// <param name="NextStep">The words that say what comes next, its date among them.</param>
public sealed record ReportClaims(
    IReadOnlyList<string>? Contacts, IReadOnlyList<ClaimedPart>? Milestones, IReadOnlyList<ClaimedPart>? Answers, string? NextStep);

/// <summary>A part that is claimed to stand in the text.</summary>
/// <param name="Id">Of the playbook's milestone or question.</param>
/// <param name="Quote">The words of the text that say so.</param>
public sealed record ClaimedPart(string? Id, string? Quote);

/// <summary>Keeps of a proposal what the text supports and the record can take.</summary>
public static class SupportedReport
{
    /// <summary>
    /// What remains of claims once each is held to the text: its words stand in it, name one contact, state what they say,
    /// and hold the date that is read from them.
    /// </summary>
    public static ReportProposal Of(
        ReportClaims claims, string text, Opportunity opportunity, Account? account, Playbook playbook, DateOnly today, ReadDate readDate)
    {
        var rules = FreeTextReport.Read(text, opportunity, account, playbook, today, readDate);
        var read = text.Length > FreeTextReport.LongestText ? text[..FreeTextReport.LongestText] : text;
        var clauses = Clauses.Of(read, DateMentions.In(Spelling.Fold(read), readDate), today);
        var mentions = ContactMentions.In(read, account, playbook);
        var met = (claims.Contacts ?? [])
            .Select(quote => Find(quote, read))
            .SelectMany(span => mentions.Where(m => span is { } s && s.Holds(m.Named)))
            .Where(m => clauses.Any(c => c.Mood is Mood.Stated && c.Span.Holds(m.Named)))
            .DistinctBy(m => m.Contact.Id)
            .Select(m => new ProposedContact(m.Contact.Id, m.Named));
        var milestones =
            from claim in claims.Milestones ?? []
            where claim.Id is not null && playbook.Find(new MilestoneId(claim.Id)) is not null
            let said = Find(claim.Quote, read)
            let clause = said is { } span ? Stated(span) : null
            where clause is not null
            select new ProposedMilestone(new MilestoneId(claim.Id!), clause.Date ?? today, said.Value, clause.Span, clause.Dated?.Words);
        var answers =
            from claim in claims.Answers ?? []
            where claim.Id is not null && playbook.Find(new QuestionId(claim.Id)) is not null
            let said = Find(claim.Quote, read)
            let clause = said is { } span ? Stated(span) : null
            where clause is not null
            select new ProposedAnswer(new QuestionId(claim.Id!), clause.Span);
        var next = Find(claims.NextStep, read) is { } step
            ? clauses.FirstOrDefault(c => c is { Mood: Mood.Planned, Dated.IsUntil: false } && c.Date >= today && (c.Span.Holds(step) || step.Holds(c.Span)))
            : null;
        return Of(
            text, rules.On, [.. met], [.. milestones.DistinctBy(m => m.Milestone)], [.. answers.DistinctBy(a => a.Question)],
            next is null ? null : new ProposedNextStep(next.Span, next.Date!.Value, next.Dated!.Words), opportunity, account, playbook);

        Clause? Stated(TextSpan said) => clauses.FirstOrDefault(c => c.Mood == Mood.Stated && c.Span.Holds(said));
    }

    internal static ReportProposal Of(
        string text, DateOnly on, IReadOnlyList<ProposedContact> met, IReadOnlyList<ProposedMilestone> milestones, IReadOnlyList<ProposedAnswer> answers,
        ProposedNextStep? next, Opportunity opportunity, Account? account, Playbook playbook)
    {
        // in the playbook's order, as the record takes them: one may open the gate for the next
        var reached = new HashSet<MilestoneId>(opportunity.Facts.Reached.Keys);
        List<ProposedMilestone> open = [];
        List<ProposedMilestone> later = [];
        foreach (var milestone in milestones.OrderBy(m => playbook.NumberOf(playbook.StageOf(m.Milestone)!.Id)))
        {
            if (opportunity.Facts.Reached.ContainsKey(milestone.Milestone))
            {
                continue;
            }

            var stands = playbook.StandingAt(reached, opportunity.Facts.StartedIn);
            var isOpen = playbook.NumberOf(playbook.StageOf(milestone.Milestone)!.Id) <= playbook.NumberOf(stands);
            (isOpen ? open : later).Add(milestone);
            if (isOpen)
            {
                reached.Add(milestone.Milestone);
            }
        }

        return new ReportProposal(
            text, on, [.. met.Where(m => account?.Find(m.Contact) is { IsActive: true })], open, later,
            [.. answers.Where(a => !opportunity.Facts.Answers.ContainsKey(a.Question))], next);
    }

    // the quote as it stands in the text, whatever its capitals
    private static TextSpan? Find(string? quote, string text)
    {
        var words = quote?.Trim() ?? "";
        var at = words.Length == 0 ? -1 : Spelling.Fold(text).IndexOf(Spelling.Fold(words), StringComparison.Ordinal);
        return at < 0 ? null : new TextSpan(at, words.Length);
    }
}
