using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Visits;

/// <summary>How far something is.</summary>
/// <param name="Done">Of the whole.</param>
/// <param name="Total">The whole.</param>
public sealed record Progress(int Done, int Total);

/// <summary>What a rep should know before a visit.</summary>
/// <param name="Milestones">Reached, of all the playbook has.</param>
/// <param name="Questions">Answered, of all the customer has.</param>
/// <param name="Next">Open questions: those the people to be met ask by their buying role, then the others; each the earliest first.</param>
/// <param name="Missing">What the present gate still misses.</param>
/// <param name="Gaps">What is missing in how the customer is looked after, the weightiest first.</param>
/// <param name="GuideFirst">A decision maker is to be met while nobody inside guides us.</param>
/// <param name="LastVisit">What was said last time.</param>
public sealed record Brief(
    Progress Milestones,
    Progress Questions,
    IReadOnlyList<Question> Next,
    IReadOnlyList<MilestoneId> Missing,
    IReadOnlyList<CoverageGap> Gaps,
    GuideFirstWarning? GuideFirst,
    ReportedVisit? LastVisit)
{
    /// <summary>The brief of a visit to these contacts, as things stand on a local date. Pure.</summary>
    public static Brief Of(
        Opportunity opportunity, Account? account, Playbook playbook, Company company, IReadOnlyList<ContactId> toBeMet, DateOnly today)
    {
        var questions = Opportunities.Questions.Of(opportunity, playbook);
        var asking = (account?.Active ?? []).Where(c => toBeMet.Contains(c.Id)).Select(c => c.Data.BuyingRole).ToHashSet();
        var milestones = playbook.Stages.SelectMany(s => s.Milestones).ToList();
        return new Brief(
            new Progress(milestones.Count(m => opportunity.Facts.Reached.ContainsKey(m.Id)), milestones.Count),
            new Progress(questions.Count(q => !q.IsOpen), questions.Count),
            [.. questions.Where(q => q.IsOpen).OrderByDescending(q => asking.Contains(q.AskedBy))],
            playbook.Find(opportunity.Facts.Stage)?.Gate.Missing(opportunity.ReachedSet()) ?? [],
            CoverageGaps.Of(opportunity, account, company, playbook, today),
            Coverage.GuideFirst.Check(account, toBeMet, playbook),
            opportunity.Facts.LastVisit);
    }
}
