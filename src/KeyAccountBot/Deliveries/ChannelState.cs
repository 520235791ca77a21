using System.Collections.Immutable;
using KeyAccountBot.Channels;

namespace KeyAccountBot.Deliveries;

/// <summary>A channel that takes nothing from us now.</summary>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Reason">Why, in the channel's own words; no person's data.</param>
/// <param name="Patience">How long it was left alone last.</param>
/// <param name="ProbeAt">When one message may try again, UTC.</param>
/// <param name="Probe">What tried last.</param>
/// <param name="ProbingSince">Since when it tries, UTC; <c>null</c> while nothing does.</param>
internal sealed record ChannelPause(
    DateTimeOffset Since, string Reason, TimeSpan Patience, DateTimeOffset ProbeAt, string? Probe = null, DateTimeOffset? ProbingSince = null);

/// <summary>How a channel does, as far as one process knows. Pure: every change makes a new state.</summary>
/// <param name="FailuresInARow">How many calls in a row it did not answer sensibly.</param>
/// <param name="Pause">That it is paused; <c>null</c> while it works.</param>
/// <param name="TakenAt">When it last took something, UTC.</param>
/// <param name="Doubts">The conversations it refused since then without saying whom that speaks of, and when first; <c>null</c> for none.</param>
internal sealed record ChannelState(
    int FailuresInARow = 0, ChannelPause? Pause = null, DateTimeOffset? TakenAt = null, ImmutableDictionary<string, DateTimeOffset>? Doubts = null)
{
    /// <summary>So many failures in a row pause a channel that says nothing; one that refuses our app is paused at once.</summary>
    public const int Enough = 3;

    /// <summary>How long it is left alone at first; twice as long after each probe that fails.</summary>
    public static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(30);

    /// <summary>How long it is left alone at most.</summary>
    public static readonly TimeSpan LongestPatience = TimeSpan.FromMinutes(15);

    // what it took so recently shows that it takes what is for others
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    // a probe that is not heard of for so long has died
    private static readonly TimeSpan ProbeHolds = TimeSpan.FromMinutes(2);

    // what fails by its own fault must not be every probe: the others have a turn before it
    private static readonly TimeSpan ForOthers = TimeSpan.FromSeconds(10);

    /// <summary>A call failed for a reason that speaks of the channel or of our app.</summary>
    public ChannelState Failed(Blame blame, string reason, DateTimeOffset now)
    {
        if (Pause is { } pause)
        {
            // what began before the pause says nothing new
            return pause.ProbingSince is null ? this : this with { Pause = LeftAlone(pause, reason, now) };
        }

        var failures = FailuresInARow + 1;
        return this with
        {
            FailuresInARow = failures,
            Pause = blame == Blame.App || failures >= Enough ? new ChannelPause(now, reason, FirstPatience, now + FirstPatience) : null,
        };
    }

    /// <summary>It refused a conversation and did not say whom that speaks of: of so many in a row, with nothing taken between, it speaks of our app.</summary>
    public ChannelState Doubted(string conversation, string reason, DateTimeOffset now)
    {
        if (Pause is not null)
        {
            return Failed(Blame.Doubt, reason, now);
        }

        var doubts = Doubts ?? [];
        doubts = doubts.ContainsKey(conversation) ? doubts : doubts.Add(conversation, now);
        return this with { Doubts = doubts, Pause = doubts.Count >= Enough ? new ChannelPause(now, reason, FirstPatience, now + FirstPatience) : null };
    }

    /// <summary>Whether a refusal that says nobody's name is the reader's: the channel takes what is for others, or it was refused before and too few others were.</summary>
    public bool IsReaders(string conversation, DateTimeOffset began, DateTimeOffset now) => Pause is null
        && (now - TakenAt < Fresh || (Doubts?.TryGetValue(conversation, out var first) == true && first < began));

    /// <summary>It took something: it works.</summary>
    public static ChannelState Taken(DateTimeOffset now) => new(TakenAt: now);

    /// <summary>It was paused before this process began, and may be tried at once.</summary>
    public static ChannelState Known(DateTimeOffset since, string reason, DateTimeOffset now) =>
        new(Pause: new ChannelPause(since, reason, FirstPatience, now));

    /// <summary>When a message is to ask again; <c>null</c> where it may be sent now.</summary>
    /// <param name="key">The message.</param>
    /// <param name="now">UTC.</param>
    public DateTimeOffset? WaitsUntil(string key, DateTimeOffset now)
    {
        if (Pause is not { } pause)
        {
            return null;
        }

        if (pause.ProbingSince is { } since && (now - since).Duration() < ProbeHolds)
        {
            return now + ForOthers;
        }

        // a clock that was set back makes nobody wait longer
        return pause.ProbeAt > now && pause.ProbeAt - now <= LongestPatience ? pause.ProbeAt
            : pause.Probe == key && now < pause.ProbeAt + ForOthers ? pause.ProbeAt + ForOthers
            : null;
    }

    /// <summary>A message is sent now; while the channel is paused it is the probe.</summary>
    public ChannelState Begun(string key, DateTimeOffset now) => Pause is { } pause ? this with { Pause = pause with { Probe = key, ProbingSince = now } } : this;

    /// <summary>A message ended without a word on the channel; another may be the probe.</summary>
    public ChannelState LetGo(string key) =>
        Pause is { ProbingSince: not null } pause && pause.Probe == key ? this with { Pause = pause with { ProbingSince = null } } : this;

    private static ChannelPause LeftAlone(ChannelPause pause, string reason, DateTimeOffset now)
    {
        var patience = pause.Patience * 2 < LongestPatience ? pause.Patience * 2 : LongestPatience;
        return pause with { Reason = reason, Patience = patience, ProbeAt = now + patience, ProbingSince = null };
    }
}
