using System.Globalization;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Tests.Simulation.Checks;

/// <summary>The promises that a year is checked for.</summary>
internal enum Promise
{
    /// <summary>Nobody is told outside their working time, unless it is urgent or they chose the hour.</summary>
    WorkingTime,

    /// <summary>Nobody is told while away: who stands in hears.</summary>
    Absence,

    /// <summary>Nobody is told twice of one step, nor of one cause at two steps.</summary>
    Once,

    /// <summary>Nothing is overdue with no chain running.</summary>
    NothingOverdue,

    /// <summary>Whatever its owner says, those above them hear of what is stuck in time.</summary>
    NothingHidden,

    /// <summary>Every chain ends: by its last step, by an answer for good, by progress, or with the opportunity.</summary>
    ChainsEnd,

    /// <summary>Steps come in order, and no wait is skipped.</summary>
    Order,

    /// <summary>No more separate messages a day than the setting says; what is in a digest is sent or dropped.</summary>
    Few,

    /// <summary>A reply comes at once, whatever became of the ones before.</summary>
    NobodyMuted,

    /// <summary>No reply comes more than ten minutes late, and one sentence stands for what was lost.</summary>
    NothingStale,
    /// <summary>Nobody has anything recorded that is neither theirs, nor of those they lead, nor of whom they stand in for; and then in that one's name.</summary>
    Authority,

    /// <summary>In the end nothing is stuck, and the record tells what the snapshots say.</summary>
    Settled,
}

/// <summary>What was broken, when and by whom; the first few in words, the rest counted.</summary>
internal sealed class Violations(int seed, DateTimeOffset start)
{
    private const int Shown = 12;
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private readonly Dictionary<Promise, int> counts = [];

    public int Of(Promise promise) => counts.GetValueOrDefault(promise);

    public int Count => counts.Values.Sum();

    public void Add(Promise promise, DateTimeOffset at, OpportunityId? opportunity, PersonId? person, string what)
    {
        lock (gate)
        {
            counts[promise] = Of(promise) + 1;
            if (counts[promise] <= Shown)
            {
                lines.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{promise}: seed {seed}, day {(at - start).Days}, {at:yyyy-MM-dd HH:mm:ss}Z, {opportunity}, {person}: {what}"));
            }
        }
    }

    public override string ToString() =>
        string.Join(Environment.NewLine, [.. counts.OrderBy(c => c.Key).Select(c => $"{c.Key} broken {c.Value} times"), .. lines, $"SIMULATION_SEED={seed} shows it again"]);
}
