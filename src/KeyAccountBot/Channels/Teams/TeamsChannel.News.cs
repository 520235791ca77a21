using System.Globalization;
using System.Net;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Connector;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Channels.Teams;

/// <content>What people are told by itself, in their personal conversation and in rooms, and what the connector's refusals mean.</content>
internal sealed partial class TeamsChannel
{
    /// <inheritdoc/>
    public async ValueTask<bool> ReachesAsync(TenantId tenant, Person person, CancellationToken cancellationToken) => client() is not null
        && (person.TeamsId is { Length: > 0 } || await addresses.GetTeamsAsync(tenant, person.Id, cancellationToken) is not null);

    /// <inheritdoc/>
    public async Task<SentMessage> SendAsync(TenantId tenant, Person person, Message message, CancellationToken cancellationToken)
    {
        try
        {
            var connector = Client().WithoutWaiting();
            var address = await AddressOfAsync(connector, tenant, person, cancellationToken);
            var id = await connector.SendToConversationAsync(address.ServiceUrl, address.ConversationId, ActivityOf(message, address), cancellationToken);
            return new SentMessage(address.ConversationId, id ?? "");
        }
        catch (ConnectorException e)
        {
            throw NotSent(e);
        }
    }

    /// <inheritdoc/>
    public async Task<SentMessage> PostAsync(TenantId tenant, string conversation, Message message, CancellationToken cancellationToken)
    {
        try
        {
            var room = new TeamsAddress(settings.ServiceAddress, conversation, BotId(), null, tenant.Value);
            var id = await Client().WithoutWaiting().SendToConversationAsync(room.ServiceUrl, conversation, ActivityOf(message, room), cancellationToken);
            return new SentMessage(conversation, id ?? "");
        }
        catch (ConnectorException e)
        {
            throw NotSent(e);
        }
    }

    /// <inheritdoc/>
    public async Task UpdateAsync(TenantId tenant, Person person, SentMessage sent, Message message, CancellationToken cancellationToken)
    {
        if (sent.MessageId.Length == 0 || await addresses.GetTeamsAsync(tenant, person.Id, cancellationToken) is not { } address || address.IsOfAnother(person))
        {
            return;
        }

        try
        {
            var activity = ActivityOf(message, address) with { Id = sent.MessageId };
            await Client().WithoutWaiting().UpdateActivityAsync(address.ServiceUrl, sent.ConversationId, sent.MessageId, activity, cancellationToken);
        }
        catch (ConnectorException e)
        {
            throw NotSent(e);
        }
    }

    private async Task<TeamsAddress> AddressOfAsync(ConnectorClient connector, TenantId tenant, Person person, CancellationToken cancellationToken)
    {
        if (await addresses.GetTeamsAsync(tenant, person.Id, cancellationToken) is { } known && !known.IsOfAnother(person))
        {
            return known;
        }

        if (person.TeamsId is not { Length: > 0 } user)
        {
            throw new NotSentException("they never wrote in Teams and no Teams id is on record", isPermanent: true, why: RefusalReason.NoAddress);
        }

        var (serviceUrl, bot) = (settings.ServiceAddress, BotId());
        var conversation = await connector.CreateConversationAsync(serviceUrl, bot, tenant.Value, user, cancellationToken)
            ?? throw new NotSentException("the connector opened no conversation", isPermanent: false);
        var opened = new TeamsAddress(serviceUrl, conversation, bot, user, tenant.Value, user);
        await addresses.PutAsync(tenant, person.Id, opened, cancellationToken);
        return opened;
    }

    private static Activity ActivityOf(Message message, TeamsAddress address)
    {
        var card = AdaptiveCards.Of(message);
        return new Activity
        {
            Type = ActivityTypes.Message,
            Text = card is null ? Markdown.Draw(PlainText.Of(message)) : null,
            Summary = message.Notification,
            Attachments = card is null ? null : [card.ToAttachment()],
            From = new ChannelAccount(address.BotId),
            Recipient = address.UserId is { } user ? new ChannelAccount(user) : null,
            Conversation = new ConversationAccount(address.ConversationId),
        };
    }

    private string BotId() => $"28:{settings.AppId}";

    private ConnectorClient Client() => client() ?? throw new NotSentException("Teams is not configured", isPermanent: true, why: RefusalReason.NotConnected);

    /// <summary>The same, in the words of every channel.</summary>
    internal static NotSentException NotSent(ConnectorException e) => new(
        e.Status is not { } status || e.AreCredentialsRefused ? e.Message : string.Create(CultureInfo.InvariantCulture, $"{(int)status} {e.Code}").TrimEnd(),
        e.IsPermanent, e.RetryAfter, e, isThrottled: e.Status == HttpStatusCode.TooManyRequests,
        blame: e.IsPermanentForApp ? Blame.App : e.IsOutage ? Blame.Outage : e is { Status: HttpStatusCode.Forbidden, Code: null } ? Blame.Doubt : null);
}
