using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Tests.Simulation.Checks;

/// <summary>
/// Nothing is hidden: what its owner says moves no step above them. The steps are counted here once more, from what was taken and from what
/// those above the owner said, as if the owner had said nothing.
/// </summary>
internal sealed class HidingChecks(Staff staff, Playbook playbook, Violations violations)
{
    // who stands in works at other hours, and rests for up to a golden week
    private static readonly TimeSpan Grace = TimeSpan.FromDays(12);

    /// <summary>Looks at one opportunity as it stands.</summary>
    public void Look(Life life, Opportunity opportunity, DateTimeOffset now)
    {
        var settings = playbook.FollowUps;
        var standing = FollowUpCauses.Of(opportunity, life.Customer.Known, playbook, staff.Company, staff.CalendarOf(opportunity.Facts.Owner))
            .Where(c => c.Since < now && c.Cause.Value is "StageOverdue" or "NotMoving" or "HoldOver");
        var above = life.Chains.Values.SelectMany(c => c.Answers.Values).Where(a => !a.IsOwners).Max(a => a.Said.QuietUntil);
        foreach (var cause in standing)
        {
            var steps = settings.StepsFor(cause.Cause, life.Amount);
            var chain = life.Chains.GetValueOrDefault(cause.Key);
            var next = chain is null ? 0 : chain.Last.Step + 1;
            if (chain is { IsOver: true } || next >= steps.Count)
            {
                continue;
            }

            var from = new[] { cause.Since, chain?.LastAt ?? cause.Since, above ?? cause.Since, life.LastMovedAt }.Max();
            var due = staff.CalendarOf(opportunity.Facts.Owner).Add(from, steps[next].After);
            if (due + Grace < now)
            {
                violations.Add(Promise.NothingHidden, now, life.Id, opportunity.Facts.Owner, $"{cause.Key}: nobody at step {next} has heard since {from:u}");
            }
        }
    }
}
