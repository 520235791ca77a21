using KeyAccountBot.Channels;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Deliveries;

/// <summary>
/// Sends over one channel, and gives up on a call after half a minute: who sends decides what then. Tells the channel's health of
/// every call.
/// </summary>
internal sealed class Outbox(KnownChannels channels, ChannelHealth health, Outages outages, TimeProvider clock)
{
    /// <summary>How long a call to a channel may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The channels there are.</summary>
    public IReadOnlyList<Channel> Channels => channels.Reaching;

    /// <summary>Whether a person can be tried over a channel.</summary>
    public async ValueTask<bool> ReachesAsync(TenantId tenant, Channel channel, Person person, CancellationToken cancellationToken) =>
        channels.Find(channel) is { } sender && await sender.ReachesAsync(tenant, person, cancellationToken);

    /// <summary>Sends a message to a person, or to a room where one is named.</summary>
    /// <exception cref="NotSentException">The channel did not take it.</exception>
    public Task<SentMessage> SendAsync(
        TenantId tenant, Channel channel, Person person, Room? room, Message message, CancellationToken cancellationToken)
    {
        var sender = channels.Find(channel)
            ?? throw new NotSentException($"{channel} is not configured", isPermanent: true, why: RefusalReason.NotConnected);
        if (room is not null && !sender.Abilities.HasFlag(ChannelAbilities.Rooms))
        {
            throw new NotSentException($"{channel} has no rooms", isPermanent: true, why: RefusalReason.NoAddress);
        }

        return WithinAsync(
            channel, Errand.NameOf(tenant, person, room),
            bound => room is null ? sender.SendAsync(tenant, person, message, bound) : sender.PostAsync(tenant, room.Conversation, message, bound),
            cancellationToken);
    }

    /// <summary>Puts another message in the place of one sent earlier; without effect where that channel is no longer configured, or replaces nothing.</summary>
    /// <exception cref="NotSentException">The channel did not take it, or is paused.</exception>
    public async Task UpdateAsync(TenantId tenant, Person person, Channel channel, SentMessage sent, Message message, CancellationToken cancellationToken)
    {
        if (channels.Find(channel) is not { } sender || !sender.Abilities.HasFlag(ChannelAbilities.UpdateInPlace))
        {
            return;
        }

        var key = $"update|{sent.ConversationId}|{sent.MessageId}";
        if (health.Begin(channel, key) is { } later)
        {
            throw new NotSentException(
                $"{channel} is paused: {health.Of(channel).Pause?.Reason}", isPermanent: false, later - clock.GetUtcNow(), why: RefusalReason.NoAnswer, blame: Blame.Outage);
        }

        try
        {
            await WithinAsync(
                channel, Errand.NameOf(tenant, person, null),
                async bound =>
                {
                    await sender.UpdateAsync(tenant, person, sent, message, bound);
                    return true;
                },
                cancellationToken);
        }
        finally
        {
            health.LetGo(channel, key);
        }
    }

    private async Task<T> WithinAsync<T>(Channel channel, string conversation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await BoundAsync(channel, call, cancellationToken);
            await outages.WorksAsync(channel, health.Taken(channel));
            return answer;
        }
        catch (NotSentException e) when (e.IsOfChannel || e.Blame == Blame.Doubt)
        {
            await outages.FailsAsync(channel, health.Failed(channel, conversation, e));
            throw;
        }
    }

    // a call that does not even end when it is told to is left behind
    private async Task<T> BoundAsync<T>(Channel channel, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await call(either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NotSentException(
                $"{channel} did not answer within {Patience.TotalSeconds:0} s", isPermanent: false, why: RefusalReason.NoAnswer, blame: Blame.Outage);
        }
    }
}
