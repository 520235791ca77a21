using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.FollowUps;

/// <summary>
/// Chooses from lists of any length the few thousand opportunities that a weekly digest looks at: first what has news, then what may be late,
/// then whose customer may lack coverage, the largest first. From many threads at once.
/// </summary>
/// <param name="places">How many it looks at.</param>
/// <param name="playbook">From which stage on coverage counts.</param>
/// <param name="now">UTC.</param>
internal sealed class DigestLooks(int places, Playbook playbook, DateTimeOffset now)
{
    private readonly Lock gate = new();
    private readonly Dictionary<DigestLook, (PriorityQueue<OpportunityId, decimal> Largest, int Count)> looks = [];

    /// <summary>How many opportunities are open.</summary>
    public int Open { get; private set; }

    /// <summary>One more line of a list.</summary>
    public void Add(OpportunityListing line)
    {
        var look = DigestTimes.LookAt(line.Times, line.Status, line.Stage, line.Won, line.ExpectedClose, playbook, now);
        lock (gate)
        {
            Open += line.Status == OpportunityStatus.Open ? 1 : 0;
            if (look == DigestLook.None)
            {
                return;
            }

            var (largest, count) = looks.TryGetValue(look, out var known) ? known : (new PriorityQueue<OpportunityId, decimal>(), 0);
            looks[look] = (largest, count + 1);
            if (largest.Count < places)
            {
                largest.Enqueue(line.Id, line.Amount.Amount);
            }
            else
            {
                largest.EnqueueDequeue(line.Id, line.Amount.Amount);
            }
        }
    }

    /// <summary>Which to look at, and how many may be late beside them.</summary>
    public (IReadOnlyList<OpportunityId> Chosen, int LateBeside) Choose()
    {
        lock (gate)
        {
            List<OpportunityId> chosen = [.. Largest(DigestLook.News, places)];
            IReadOnlyList<OpportunityId> late = Largest(DigestLook.Late, places - chosen.Count);
            chosen.AddRange(late);
            chosen.AddRange(Largest(DigestLook.Coverage, places - chosen.Count));
            return (chosen, looks.GetValueOrDefault(DigestLook.Late).Count - late.Count);
        }
    }

    private List<OpportunityId> Largest(DigestLook look, int most) =>
        looks.TryGetValue(look, out var known)
            ? [.. known.Largest.UnorderedItems.OrderByDescending(i => i.Priority).ThenBy(i => i.Element.Value, StringComparer.Ordinal).Take(most).Select(i => i.Element)]
            : [];
}
