using KeyAccountBot.Channels;

namespace KeyAccountBot.Deliveries;

/// <summary>What was sent in one conversation lately, and the slots kept for those who were told to come back. For one thread at a time.</summary>
/// <param name="limits">What the channel takes there.</param>
internal sealed class PacedConversation(IReadOnlyList<PaceLimit> limits)
{
    // who does not come back for so long is not expected any more
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);
    private readonly TimeSpan longest = limits.Select(l => l.Within).DefaultIfEmpty().Max();
    private readonly List<DateTimeOffset> sent = [];
    private readonly Dictionary<string, DateTimeOffset> kept = new(StringComparer.Ordinal);
    private DateTimeOffset restsUntil = DateTimeOffset.MinValue;

    /// <summary>When the next message may be sent at the earliest, by what was sent.</summary>
    public DateTimeOffset Earliest(DateTimeOffset now)
    {
        sent.RemoveAll(at => at + longest <= now);
        return Next(sent, now);
    }

    /// <summary>A message is sent.</summary>
    public void Sent(DateTimeOffset now) => sent.Add(now);

    /// <summary><c>null</c> where a message may be sent now, else when it is to come back: its slot is kept.</summary>
    public DateTimeOffset? SlotFor(string message, DateTimeOffset now)
    {
        if (restsUntil > now)
        {
            return restsUntil;
        }

        foreach (var (gone, _) in kept.Where(k => k.Value + Kept < now).ToList())
        {
            kept.Remove(gone);
        }

        var earliest = Earliest(now);
        if (kept.TryGetValue(message, out var mine))
        {
            if (mine <= now && earliest <= now)
            {
                kept.Remove(message);
                Sent(now);
                return null;
            }

            // late ones must not come all at once, so the slot may have moved
            return kept[message] = mine > earliest ? mine : earliest;
        }

        if (earliest <= now && kept.Count == 0)
        {
            Sent(now);
            return null;
        }

        return kept[message] = Next([.. sent.Concat(kept.Values).Order()], now);
    }

    /// <summary>Nothing is sent until then, and who was to come back begins anew.</summary>
    public void Rest(DateTimeOffset until, DateTimeOffset now)
    {
        restsUntil = until > restsUntil ? until : restsUntil;
        kept.Clear();
        Earliest(now);
    }

    /// <summary>Nothing is known that would hold a message back.</summary>
    public bool IsForgettable(DateTimeOffset now)
    {
        Earliest(now);
        return restsUntil <= now && sent.Count == 0 && kept.Count == 0;
    }

    // after the last of these, in order, and within every limit
    private DateTimeOffset Next(List<DateTimeOffset> taken, DateTimeOffset now)
    {
        var next = taken.Count > 0 && taken[^1] > now ? taken[^1] : now;
        foreach (var limit in limits)
        {
            if (taken.Count >= limit.Messages && taken[^limit.Messages] + limit.Within is var free && free > next)
            {
                next = free;
            }
        }

        return next;
    }
}
