using System.Text.Json;
using KeyAccountBot.BotFramework.Connector;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Records;

namespace KeyAccountBot.Channels.Teams;

/// <summary>Sends one reply to the conversation it belongs to.</summary>
internal interface IReplyChannel
{
    /// <summary>Tries once.</summary>
    /// <exception cref="NotSentException">The channel did not take it.</exception>
    Task SendAsync(Activity reply, CancellationToken cancellationToken);

    /// <summary>Tries once with a reply as it is kept, without reading it where that is not needed.</summary>
    /// <exception cref="NotSentException">The channel did not take it.</exception>
    Task SendAsync(JsonElement reply, CancellationToken cancellationToken) => SendAsync(reply.Deserialize(ActivityJson.Default.Activity)!, cancellationToken);
}

/// <summary>Sends replies over the Bot Connector.</summary>
/// <param name="client">Makes a client; <c>null</c> where Teams is not configured.</param>
internal sealed class ConnectorReplies(Func<ConnectorClient?> client) : IReplyChannel
{
    private ConnectorClient? connector;

    /// <inheritdoc/>
    public Task SendAsync(Activity reply, CancellationToken cancellationToken) =>
        SendAsync(JsonSerializer.SerializeToElement(reply, ActivityJson.Default.Activity), cancellationToken);

    /// <inheritdoc/>
    public async Task SendAsync(JsonElement reply, CancellationToken cancellationToken)
    {
        connector ??= client()?.WithoutWaiting() ?? throw new NotSentException("Teams is not configured", isPermanent: true, why: RefusalReason.NotConnected);
        var (service, conversation) = (reply.GetProperty("serviceUrl").GetString()!, reply.GetProperty("conversation").GetProperty("id").GetString()!);
        try
        {
            await connector.SendToConversationAsync(service, conversation, reply, cancellationToken);
        }
        catch (ConnectorException e)
        {
            throw TeamsChannel.NotSent(e);
        }
    }
}
