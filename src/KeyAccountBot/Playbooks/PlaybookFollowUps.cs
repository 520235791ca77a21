using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Playbooks;

/// <summary>
/// Which chains would end, and which begin at the next wake-up, if another playbook took over now. What depends on the customer's people
/// is left out: it would take the account's record to know.
/// </summary>
internal sealed class PlaybookFollowUps(Playbook today, Playbook tomorrow, Company company, DateTimeOffset now)
{
    private readonly Lock gate = new();
    private readonly Dictionary<FollowUpCause, (int Ends, int Begins)> counts = [];

    /// <summary>How many of each cause; only causes that change.</summary>
    public IReadOnlyDictionary<FollowUpCause, (int Ends, int Begins)> Counts => counts;

    /// <summary>Counts one opportunity, as it is on record.</summary>
    public void Add(Opportunity onRecord)
    {
        if (!onRecord.IsOpen)
        {
            return;
        }

        var (before, after) = (DueIn(today, onRecord), DueIn(tomorrow, onRecord));
        var running = onRecord.FollowUps.Where(c => !c.IsOver).ToDictionary(c => c.Key, StringComparer.Ordinal);
        lock (gate)
        {
            foreach (var (key, cause) in before.Where(c => running.ContainsKey(c.Key) && !after.ContainsKey(c.Key)))
            {
                Count(cause, ends: 1, begins: 0);
            }

            foreach (var (key, cause) in after.Where(c => !before.ContainsKey(c.Key) && onRecord.FollowUps.All(f => f.Key != c.Key)))
            {
                Count(cause, ends: 0, begins: 1);
            }
        }
    }

    private void Count(FollowUpCause cause, int ends, int begins)
    {
        var counted = counts.GetValueOrDefault(cause);
        counts[cause] = (counted.Ends + ends, counted.Begins + begins);
    }

    private Dictionary<string, FollowUpCause> DueIn(Playbook playbook, Opportunity onRecord)
    {
        var opportunity = playbook.Former.Now(onRecord);
        var calendar = FollowUpPolicy.CalendarOf(company.Find(opportunity.Facts.Owner), playbook.FollowUps);
        return FollowUpCauses.Of(opportunity, KnownCustomer.NotRead, playbook, company, calendar)
            .Where(c => c.IsCertain && c.Since <= now && playbook.FollowUps.StepsFor(c.Cause, opportunity.Facts.Amount.Amount).Count > 0)
            .DistinctBy(c => c.Key, StringComparer.Ordinal)
            .ToDictionary(c => c.Key, c => c.Cause, StringComparer.Ordinal);
    }
}
