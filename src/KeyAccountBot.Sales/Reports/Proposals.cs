using KeyAccountBot.Language;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Makes of what a message tells the proposal that is shown.</summary>
public static class Proposals
{
    // what goes on record is shown on cards, which have a size of their own to keep
    private const int LongestText = 1000;

    /// <summary>The proposal of a report.</summary>
    /// <param name="report">What the message tells.</param>
    /// <param name="text">The message.</param>
    /// <param name="visitOn">The visit that was planned for a day; <c>null</c> for none, or several.</param>
    public static Proposal Of(MessageReport report, string text, Func<OpportunityId, DateOnly?, VisitId?> visitOn) =>
        new(Cut(text), [.. report.Opportunities.Select(o => Of(o, text, visitOn))]);

    /// <summary>The part of one opportunity.</summary>
    public static OpportunityProposal Of(OpportunityReport report, string text, Func<OpportunityId, DateOnly?, VisitId?> visitOn) => new(report.Opportunity)
    {
        Candidates = report.Candidates,
        Visit = report.Opportunity is { } id && report.Met.Count + report.Answers.Count > 0 ? visitOn(id, report.On) : null,
        On = report.On,
        Met = [.. report.Met.Select(m => m.Contact).Distinct()],
        NewContacts = [.. report.NewContacts.Select(c => new ContactToAdd(Cut(c.Name), c.Department, c.Level, c.Role, c.IsMet))],
        Milestones = [.. report.Milestones.Select(m => new MilestoneToRecord(m.Milestone, m.Dated is null ? null : m.On, Cut(m.Clause.Of(text))))],
        Later = [.. report.Later.Select(m => m.Milestone)],
        TakenBack = [.. report.TakenBack.Select(m => new MilestoneToTakeBack(m.Milestone, Cut(m.Clause.Of(text))))],
        Answers = [.. report.Answers.Select(a => new GivenAnswer(a.Question, Cut(a.Clause.Of(text))))],
        NextSteps = [.. report.NextSteps.Select(s => new StepToCome(Cut(s.Text.Length > 0 ? s.Text : s.What.Of(text)), s.Due))],
        Status = report.Status is { } status
            ? new StatusToRecord(status.To, status.Reason is { } why ? Cut(why) : null) { Competitor = status.Competitor, Until = status.Until, Rep = status.Rep }
            : null,
        Facts = [.. report.Facts.Select(f => new FactToRecord(f.Field, f.Value)
        {
            Amount = f.Amount, Currency = f.Currency, On = f.On, Contact = f.Contact, Scores = f.Scores, Said = Cut(f.Said.Of(text)),
        })],
        Left = [.. report.Left.Select(l => new LeftOut(Cut(l.Words.Of(text)), l.Why, l.Milestone))],
    };

    /// <summary>The text, cut where it is too long to be kept.</summary>
    public static string Cut(string text) => text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";
}
