using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>A proposal as the conversation carries it until the rep has said yes.</summary>
/// <param name="Opportunity">Which.</param>
/// <param name="Visit">The planned visit it reports, if any.</param>
/// <param name="On">The day it speaks of.</param>
/// <param name="Met">Whom they met.</param>
/// <param name="Milestones">What was reached.</param>
/// <param name="Answers">What the customer was told.</param>
/// <param name="NextStep">What comes next.</param>
/// <param name="Notes">The rep's words.</param>
/// <param name="Later">Milestones that cannot be recorded yet.</param>
internal sealed record FreeTextDraft(
    string Opportunity, string? Visit, DateOnly On, IReadOnlyList<string> Met, IReadOnlyList<MilestoneClaim> Milestones,
    IReadOnlyList<GivenAnswer> Answers, NextStep? NextStep, string Notes, IReadOnlyList<string> Later)
{
    private const int LongestText = 1000;

    /// <summary>Whether a yes would record anything.</summary>
    public bool HasAnything => Met.Count + Milestones.Count + Answers.Count > 0 || NextStep is not null;

    /// <summary>The draft of a proposal.</summary>
    public static FreeTextDraft Of(OpportunityId opportunity, VisitId? visit, ReportProposal proposal) => new(
        opportunity.Value, visit?.Value, proposal.On,
        [.. proposal.Met.Select(m => m.Contact.Value)],
        [.. proposal.Milestones.Select(m => new MilestoneClaim(m.Milestone, m.On, Cut(m.Clause.Of(proposal.Notes))))],
        [.. proposal.Answers.Select(a => new GivenAnswer(a.Question, Cut(a.Clause.Of(proposal.Notes))))],
        proposal.NextStep is { } next ? new NextStep(Cut(next.What.Of(proposal.Notes)), next.Due) : null,
        Cut(proposal.Notes),
        [.. proposal.Later.Select(m => m.Milestone.Value)]);

    /// <summary>The command that records it: a visit's report where somebody was met or told something, else a check-in.</summary>
    public OpportunityCommand Command() => Met.Count + Answers.Count > 0
        ? new OpportunityCommand.ReportVisit(
            Visit is null ? null : new VisitId(Visit), On, [.. Met.Select(m => new ContactId(m))], Answers, Milestones, NextStep, Notes)
        : new OpportunityCommand.CheckIn(Milestones, NextStep);

    // what goes on record is shown on cards, which have a size of their own to keep
    private static string Cut(string text) => text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";
}
