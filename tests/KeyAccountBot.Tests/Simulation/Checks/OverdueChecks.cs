using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Tests.Simulation.Checks;

/// <summary>Nothing is overdue with no chain running: what was due a while ago, with nobody having said or changed anything since, was decided.</summary>
internal sealed class OverdueChecks(Staff staff, Playbook playbook, Figures figures, Violations violations)
{
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    // who comes, goes or stands in works at other hours and rests on other days, up to a golden week: the wake-up was armed for whom was
    // known then; a reconciliation, daily in a real company, brings it forward
    private static readonly TimeSpan GraceOfAbsence = TimeSpan.FromDays(10);
    private static readonly TimeSpan AbsencesMatter = TimeSpan.FromDays(40);

    /// <summary>Looks at one opportunity as it stands.</summary>
    public void Look(Life life, Opportunity opportunity, DateTimeOffset now)
    {
        figures.Looks++;
        var owner = opportunity.Facts.Owner;
        var grace = staff.ChangedAt.TryGetValue(owner, out var changed) && now - changed < AbsencesMatter ? GraceOfAbsence : Grace;
        figures.LooksToTheHour += grace == Grace ? 1 : 0;
        var earlier = now - grace;
        if (!opportunity.IsFollowedUp || life.LastEntryAt >= earlier || life.Customer.ChangedAt >= earlier)
        {
            return;
        }

        var wasDue = FollowUpPolicy.Plan(opportunity, life.Customer.Known, playbook, staff.Company, earlier);
        if (!wasDue.IsDue)
        {
            return;
        }

        var isDue = FollowUpPolicy.Plan(opportunity, life.Customer.Known, playbook, staff.Company, now);
        foreach (var step in wasDue.Due.Where(w => isDue.Due.Any(i => (i.Chain, i.Step, i.Repeat) == (w.Chain, w.Step, w.Repeat))))
        {
            violations.Add(Promise.NothingOverdue, now, life.Id, step.To, $"{step.Chain}, step {step.Step}.{step.Repeat} was due at {earlier:u} and was not taken");
        }

        foreach (var brief in wasDue.Briefs.Where(isDue.Briefs.Contains))
        {
            violations.Add(Promise.NothingOverdue, now, life.Id, brief.To, $"the brief of {brief.Visit} was due at {earlier:u} and did not go out");
        }
    }
}
