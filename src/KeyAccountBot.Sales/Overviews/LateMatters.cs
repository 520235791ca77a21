using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Overviews;

/// <summary>Something about an opportunity that fell due.</summary>
/// <param name="Cause">What.</param>
/// <param name="Since">Since which local date of its owner.</param>
/// <param name="Days">How many days ago that is; 0 for today.</param>
public sealed record LateMatter(FollowUpCause Cause, DateOnly Since, int Days);

/// <summary>Finds what is late. Pure.</summary>
public static class LateMatters
{
    /// <summary>What to speak of first: a stage that takes too long, then what the rep can mend at once before what the customer's people lack, then the oldest; <c>null</c> for none.</summary>
    public static LateMatter? Gravest(IEnumerable<LateMatter> matters) => ByGravity(matters).FirstOrDefault();

    /// <summary>The same of all, the gravest first.</summary>
    public static IEnumerable<LateMatter> ByGravity(IEnumerable<LateMatter> matters) => matters
        .OrderBy(m => FollowUpCauses.Find(m.Cause)?.IsAlwaysReported != true).ThenBy(m => FollowUpCauses.IsOfCustomer(m.Cause)).ThenByDescending(m => m.Days);

    /// <summary>All that fell due by a moment, the longest ago first; none while the opportunity is closed.</summary>
    public static IReadOnlyList<LateMatter> Of(Opportunity opportunity, Account? account, Playbook playbook, Company company, DateTimeOffset now)
    {
        var calendar = FollowUpPolicy.CalendarOf(company.Find(opportunity.Facts.Owner), playbook.FollowUps);
        var today = calendar.DateAt(now);
        return
        [
            .. FollowUpCauses.Of(opportunity, KnownCustomer.Of(account), playbook, company, calendar)
                .Where(c => c.Since <= now)
                .OrderBy(c => c.Since)
                .Select(c => (c.Cause, On: calendar.DateAt(c.Since)))
                .Select(c => new LateMatter(c.Cause, c.On, today.DayNumber - c.On.DayNumber)),
        ];
    }
}
