using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Tests.Simulation.Checks;

/// <summary>Reads what was put on record since it last looked, folds it, checks it, and tells people what they hear of.</summary>
internal sealed class Audit(
    IReadOnlyList<Life> lives, Witness witness, ChainChecks chains, AuthorityChecks authority, TellingChecks telling, Figures figures, Action<Life, OpportunityEvent.FollowUpStepTaken, PersonId> told)
{
    /// <summary>The opportunities that are open or on hold, in no order.</summary>
    public HashSet<Life> Open { get; } = [];

    /// <summary>Reads on. Nothing may be at work meanwhile.</summary>
    public void Read(DateTimeOffset now)
    {
        var written = witness.Take();
        if (written.Count == 0)
        {
            return;
        }

        // by opportunity and number, whichever was written first: so the same year is the same again
        var entries = written.Where(w => w.RowKey.StartsWith("event|", StringComparison.Ordinal)).Select(w => (Life: LifeOf(w), Row: w))
            .OrderBy(w => w.Life.Index).ThenBy(w => w.Row.RowKey, StringComparer.Ordinal);
        foreach (var (life, row) in entries)
        {
            Entry(life, row.Body);
        }

        foreach (var row in written)
        {
            if (row.Table == Witness.Mailboxes)
            {
                telling.Wrote(new PersonId(row.Partition.Split('|')[1]), row.RowKey, row.Body, now);
            }
            else if (row.RowKey.StartsWith("delivery|", StringComparison.Ordinal))
            {
                telling.Wrote(LifeOf(row), JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.DeliveryRecord)!);
            }
        }
    }

    private void Entry(Life life, ReadOnlyMemory<byte> body)
    {
        var entry = JsonSerializer.Deserialize(body.Span, StoredJson.Default.OpportunityEntry)!;
        figures.Entries++;
        life.Fingerprint = Fingerprinted(life.Fingerprint, body.Span);
        PersonId? reader = null;
        authority.Recorded(life, entry);
        switch (entry.What)
        {
            case OpportunityEvent.FollowUpStepTaken step:
                chains.Took(life, step, entry.At);
                figures.Took(step);
                reader = step.HeldBack is null ? step.To : null;
                break;
            case OpportunityEvent.FollowUpAnswered answered:
                ChainChecks.Answered(life, answered, entry.By!.Value, answered.IsOwners || entry.By == life.State?.Facts.Owner || life.SaidByOwner.ContainsKey(entry.Command));
                figures.Answers[answered.Answer] = figures.Answers.GetValueOrDefault(answered.Answer) + 1;
                break;
            default:
                break;
        }

        life.State = OpportunityDecider.Evolve(life.Id, life.State, entry);
        life.LastEntryAt = entry.At;
        life.LastMovedAt = IsTalk(entry.What) ? life.LastMovedAt : entry.At;
        if (life.State.IsFollowedUp)
        {
            Open.Add(life);
            figures.MostOpen = Math.Max(figures.MostOpen, Open.Count);
        }
        else
        {
            Open.Remove(life);
        }

        if (reader is { } to)
        {
            told(life, (OpportunityEvent.FollowUpStepTaken)entry.What, to);
        }
    }

    private static bool IsTalk(OpportunityEvent what) => what is OpportunityEvent.CheckedIn or OpportunityEvent.VisitReported or OpportunityEvent.VisitPlanned
        or OpportunityEvent.VisitMoved or OpportunityEvent.VisitCancelled or OpportunityEvent.BriefSent or OpportunityEvent.FollowUpStepTaken
        or OpportunityEvent.FollowUpAnswered or OpportunityEvent.FollowUpReplied or OpportunityEvent.TimeAskedFor or OpportunityEvent.TimeAnswered;

    private Life LifeOf(Written row) => lives[int.Parse(row.Partition.AsSpan(row.Partition.IndexOf("|o-", StringComparison.Ordinal) + 3), CultureInfo.InvariantCulture)];

    // FNV-1a
    private static ulong Fingerprinted(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            hash = unchecked((hash ^ b) * 1099511628211);
        }

        return hash;
    }
}
