using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps;

/// <summary>What puts an opportunity at risk: something is overdue, or no next step is promised.</summary>
/// <param name="Cause">What is overdue; <c>null</c> where only the next step is missing.</param>
/// <param name="Since">Since when it is overdue, UTC.</param>
public sealed record Risk(FollowUpCause? Cause, DateTimeOffset? Since)
{
    /// <summary>
    /// The weightiest risk at a moment; <c>null</c> where there is none. A stage that takes too long comes first, then what is overdue for
    /// longest. What only the customer's record can tell is left out. Pure.
    /// </summary>
    public static Risk? Of(Opportunity opportunity, Playbook playbook, Company company, DateTimeOffset now)
    {
        var calendar = FollowUpPolicy.CalendarOf(company.Find(opportunity.Facts.Owner), playbook.FollowUps);
        var overdue = FollowUpCauses.Of(opportunity, KnownCustomer.NotRead, playbook, company, calendar)
            .Where(c => c.IsCertain && c.Since <= now)
            .OrderBy(c => FollowUpCauses.Find(c.Cause)?.IsAlwaysReported != true).ThenBy(c => c.Since)
            .Select(c => new Risk(c.Cause, c.Since))
            .FirstOrDefault();
        return overdue ?? (opportunity is { IsOpen: true, Facts.NextStep: null } ? new Risk(null, null) : null);
    }
}
