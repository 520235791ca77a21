using System.Diagnostics.CodeAnalysis;
using KeyAccountBot.Channels;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Deliveries;

/// <summary>
/// Keeps to what each channel takes in a conversation and in a company, as <see cref="IChannel.Takes"/> says, and to what it asks for with
/// <c>Retry-After</c>. Counts what this process sends.
/// </summary>
/// <remarks>Nobody waits here: who has no slot yet is told when to come back, and the slot is kept for them.</remarks>
internal sealed class Pace(KnownChannels channels, TimeProvider clock)
{
    private const int Remembered = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<(Channel, string), PacedConversation> conversations = [];
    private readonly Dictionary<(Channel, TenantId), PacedConversation> tenants = [];
    private readonly Dictionary<Channel, ChannelRest> resting = [];

    /// <summary>Takes a slot for a message; <c>null</c> where it may be sent now, else when to ask again, UTC.</summary>
    /// <param name="tenant">Whose message.</param>
    /// <param name="channel">Over which channel.</param>
    /// <param name="conversation">Whatever names the conversation.</param>
    /// <param name="message">Whatever names the message, the same each time it asks.</param>
    [SuppressMessage("Security", "CA5394", Justification = "Chance only spreads messages over a second.")]
    public DateTimeOffset? SlotFor(TenantId tenant, Channel channel, string conversation, string message)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (resting.GetValueOrDefault(channel) is { All: { } until } && until > now)
            {
                return until + TimeSpan.FromSeconds(Random.Shared.NextDouble());
            }

            var application = Tenant(channel, tenant);
            if (application?.Earliest(now) is { } free && free > now)
            {
                return free + TimeSpan.FromSeconds(Random.Shared.NextDouble());
            }

            var slot = Conversation(channel, conversation, now).SlotFor(message, now);
            if (slot is null)
            {
                application?.Sent(now);
            }

            return slot;
        }
    }

    /// <summary>
    /// The channel asked for patience in a conversation, which rests for so long. A second conversation that is asked while the first
    /// rests shows that the channel means all of them: then the channel rests.
    /// </summary>
    public void Rest(Channel channel, string conversation, TimeSpan wait)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var until = now + wait;
            Conversation(channel, conversation, now).Rest(until, now);
            var before = resting.GetValueOrDefault(channel);
            var all = before is not null && before.Until > now && before.Conversation != conversation ? Later(before.All, until) : before?.All;
            resting[channel] = new ChannelRest(conversation, Later(before?.Until, until), all);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    private PacedConversation Conversation(Channel channel, string conversation, DateTimeOffset now)
    {
        if (conversations.Count >= Remembered)
        {
            foreach (var (key, _) in conversations.Where(c => c.Value.IsForgettable(now)).ToList())
            {
                conversations.Remove(key);
            }
        }

        if (!conversations.TryGetValue((channel, conversation), out var known))
        {
            conversations[(channel, conversation)] = known = new PacedConversation(LimitsOf(channel).Conversation);
        }

        return known;
    }

    private PacedConversation? Tenant(Channel channel, TenantId tenant)
    {
        if (!tenants.TryGetValue((channel, tenant), out var known) && LimitsOf(channel).Tenant is { Count: > 0 } limits)
        {
            tenants[(channel, tenant)] = known = new PacedConversation(limits);
        }

        return known;
    }

    private ChannelPace LimitsOf(Channel channel) => channels.Find(channel)?.Takes ?? ChannelPace.Unlimited;

    /// <summary>What a channel asked for.</summary>
    /// <param name="Conversation">Where it last asked.</param>
    /// <param name="Until">Until when a conversation rests at least.</param>
    /// <param name="All">Until when all of them rest; <c>null</c> while only some do.</param>
    private sealed record ChannelRest(string Conversation, DateTimeOffset Until, DateTimeOffset? All);
}
