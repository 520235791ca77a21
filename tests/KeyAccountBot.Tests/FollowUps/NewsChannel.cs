using System.Text.Json;
using KeyAccountBot.Channels;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Tests.FollowUps;

/// <summary>A channel that people are told things over, at the pace of the real one, and that nobody speaks on.</summary>
internal abstract class NewsChannel(Channel channel) : IChannel
{
    public string Id => channel == Channel.Teams ? "msteams" : "slack";

    Channel? IChannel.Reaches => channel;

    public ChannelAbilities Abilities => ChannelAbilities.UpdateInPlace | ChannelAbilities.Rooms;

    public ChannelPace Takes => channel == Channel.Teams ? TeamsChannel.Pace : SlackChannel.Pace;

    /// <summary>Which one it stands for.</summary>
    protected Channel Channel => channel;

    public virtual ValueTask<bool> ReachesAsync(TenantId tenant, Person person, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public abstract Task<SentMessage> SendAsync(TenantId tenant, Person person, Message message, CancellationToken cancellationToken);

    public abstract Task<SentMessage> PostAsync(TenantId tenant, string conversation, Message message, CancellationToken cancellationToken);

    public abstract Task UpdateAsync(TenantId tenant, Person person, SentMessage sent, Message message, CancellationToken cancellationToken);

    public ValueTask<(TenantId Tenant, Person Person)?> FindAsync(Arrival arrival, TurnContext turn, IConversationMemory memory, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public DrawnTurn Draw(Arrival arrival, TenantId? tenant, IReadOnlyList<Message> said) => throw new NotSupportedException();

    public JsonElement Sentence(JsonElement like, string words) => throw new NotSupportedException();

    public string WordsOf(JsonElement reply) => throw new NotSupportedException();

    public Task SendAsync(JsonElement reply, CancellationToken cancellationToken) => throw new NotSupportedException();
}
