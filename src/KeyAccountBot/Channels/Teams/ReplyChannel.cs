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
}

/// <summary>Sends replies over the Bot Connector.</summary>
/// <param name="client">Makes a client; <c>null</c> where Teams is not configured.</param>
internal sealed class ConnectorReplies(Func<ConnectorClient?> client) : IReplyChannel
{
    private ConnectorClient? connector;

    /// <inheritdoc/>
    public async Task SendAsync(Activity reply, CancellationToken cancellationToken)
    {
        connector ??= client()?.WithoutWaiting() ?? throw new NotSentException("Teams is not configured", isPermanent: true, why: RefusalReason.NotConnected);
        try
        {
            await connector.SendToConversationAsync(reply.ServiceUrl!, reply.Conversation!.Id!, reply, cancellationToken);
        }
        catch (ConnectorException e)
        {
            throw TeamsChannel.NotSent(e);
        }
    }
}
