using KeyAccountBot.Channels;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Deliveries;

/// <summary>What becomes of something that a channel did not take.</summary>
internal abstract record Verdict
{
    /// <summary>How far its sending is now.</summary>
    public required SendingState State { get; init; }

    /// <summary>It comes again over the same channel.</summary>
    /// <param name="After">How long the channel asked to be left alone; <c>null</c> where it did not.</param>
    internal sealed record Again(TimeSpan? After) : Verdict;

    /// <summary>This channel does not take it: another one, or the end.</summary>
    internal sealed record Refused : Verdict;
}

/// <summary>The rules of sending, for whatever is sent. Pure.</summary>
internal static class SendingRules
{
    /// <summary>So many tries that count give a channel up.</summary>
    public const int Tries = 8;

    /// <summary>So often a channel may ask to wait before another one is tried.</summary>
    public const int Patience = 50;

    /// <summary>So long a channel is paused before what presses goes over another one.</summary>
    public static readonly TimeSpan ShortPatience = TimeSpan.FromMinutes(5);

    /// <summary>The channels that something may go over, the first first: in place of a paused one, then its own, then any other. A room has one only.</summary>
    public static IReadOnlyList<Channel> Left(Channel wanted, Room? room, IEnumerable<Channel> all, SendingState state)
    {
        IEnumerable<Channel> own = [wanted];
        IEnumerable<Channel> may = room is not null ? own : own.Concat(all.Where(c => c != wanted));
        return [.. may.Where(c => !state.IsRefusedBy(c)).OrderBy(c => c == state.Instead ? 0 : 1)];
    }

    /// <summary>How long a refusal that does not say whom it speaks of waits before it is believed to speak of the reader.</summary>
    public static readonly TimeSpan DoubtLasts = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether a failure counts as a try: not what speaks of our app, what may be an outage only where the channel took something else
    /// meanwhile, and what may speak of our app only where the channel shows that it does not.
    /// </summary>
    /// <param name="failure">Which.</param>
    /// <param name="channel">How the channel does, this failure known to it.</param>
    /// <param name="conversation">What names the conversation.</param>
    /// <param name="since">Since when the message waits for this try, UTC.</param>
    /// <param name="began">When this try began, UTC.</param>
    /// <param name="now">UTC.</param>
    public static bool Counts(NotSentException failure, ChannelState channel, string conversation, DateTimeOffset since, DateTimeOffset began, DateTimeOffset now) => failure.Blame switch
    {
        Blame.App => false,
        Blame.Outage => channel.Pause is null && channel.TakenAt > since,
        Blame.Doubt => channel.IsReaders(conversation, began, now),
        Blame.Reader or Blame.Message => true,
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure.Blame, null),
    };

    /// <summary>What becomes of something that a channel did not take.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="channel">Which channel.</param>
    /// <param name="claim">How far it is, this try counted.</param>
    /// <param name="counts">Whether this try counts.</param>
    /// <param name="hasOther">Whether another channel reaches the reader.</param>
    /// <param name="room">The room it is for.</param>
    /// <param name="now">UTC.</param>
    public static Verdict After(NotSentException failure, Channel channel, SendingState claim, bool counts, bool hasOther, Room? room, DateTimeOffset now)
    {
        var uncounted = claim with { Attempts = claim.Attempts - 1, FailedAt = now };
        if (failure.Throttled is { } wait && (claim.Throttled < Patience || !hasOther))
        {
            return new Verdict.Again(wait) { State = uncounted with { Throttled = claim.Throttled + 1 } };
        }

        if (failure.Throttled is null && !counts)
        {
            return new Verdict.Again(failure.RetryAfter ?? (failure.Blame == Blame.Doubt ? DoubtLasts : null)) { State = uncounted };
        }

        if (failure.IsPermanent || failure.Throttled is not null || claim.Attempts >= Tries * (1 + (claim.Refused?.Count ?? 0)))
        {
            var refusal = new ChannelRefusal(
                channel, failure.IsPermanent ? failure.Why : RefusalReason.NoAnswer, room is null ? failure.Message : $"{room.Conversation}: {failure.Message}");
            return new Verdict.Refused
            {
                State = claim with { Refused = [.. claim.Refused ?? [], refusal], Throttled = 0, Instead = claim.Instead == channel ? null : claim.Instead, FailedAt = now },
            };
        }

        return new Verdict.Again(failure.RetryAfter) { State = claim with { FailedAt = now } };
    }
}
