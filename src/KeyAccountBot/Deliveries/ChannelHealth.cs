using System.Collections.Concurrent;
using KeyAccountBot.Channels;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Deliveries;

/// <summary>How each channel does, in this process's memory: each replica finds out by itself.</summary>
internal sealed class ChannelHealth(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<Channel, ChannelState> states = new();

    /// <summary>The channels that are paused, and why.</summary>
    public IReadOnlyList<(Channel Channel, ChannelPause Pause)> Paused =>
        [.. states.Where(s => s.Value.Pause is not null).Select(s => (s.Key, s.Value.Pause!)).OrderBy(s => s.Key)];

    /// <summary>How a channel does.</summary>
    public ChannelState Of(Channel channel) => states.GetValueOrDefault(channel) ?? new ChannelState();

    /// <summary>A message is about to be sent: <c>null</c> where it may, else when it is to ask again. On a paused channel one at a time may, as the probe.</summary>
    public DateTimeOffset? Begin(Channel channel, string key)
    {
        lock (gate)
        {
            var (state, now) = (Of(channel), clock.GetUtcNow());
            if (state.WaitsUntil(key, now) is { } later)
            {
                return later;
            }

            states[channel] = state.Begun(key, now);
            return null;
        }
    }

    /// <summary>It took a message; the pause that this ends, <c>null</c> for none.</summary>
    public ChannelPause? Taken(Channel channel)
    {
        lock (gate)
        {
            var before = Of(channel).Pause;
            states[channel] = ChannelState.Taken(clock.GetUtcNow());
            return before;
        }
    }

    /// <summary>A call failed; the pause that this begins, <c>null</c> for none.</summary>
    /// <param name="channel">Which.</param>
    /// <param name="conversation">What names the conversation it was for.</param>
    /// <param name="failure">Why.</param>
    public ChannelPause? Failed(Channel channel, string conversation, NotSentException failure)
    {
        lock (gate)
        {
            var (before, now) = (Of(channel), clock.GetUtcNow());
            var after = failure.Blame switch
            {
                Blame.App or Blame.Outage => before.Failed(failure.Blame, failure.Message, now),
                Blame.Doubt => before.Doubted(conversation, failure.Message, now),
                _ => before,
            };
            states[channel] = after;
            return before.Pause is null ? after.Pause : null;
        }
    }

    /// <summary>A message ended without a word on the channel.</summary>
    public void LetGo(Channel channel, string key)
    {
        lock (gate)
        {
            states[channel] = Of(channel).LetGo(key);
        }
    }

    /// <summary>The record says that a channel was paused as this process began.</summary>
    public void Remember(Channel channel, DateTimeOffset since, string reason)
    {
        lock (gate)
        {
            states.TryAdd(channel, ChannelState.Known(since, reason, clock.GetUtcNow()));
        }
    }
}
