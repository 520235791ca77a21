using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Slack.Requests;
using KeyAccountBot.Slack.WebApi;
using KeyAccountBot.SlackRequests;

namespace KeyAccountBot.Deliveries;

/// <summary>Tells people in their direct messages in Slack.</summary>
/// <param name="client">Makes a client; <c>null</c> while Slack is not configured.</param>
/// <param name="addresses">Keeps the channel that was opened with each person.</param>
/// <param name="members">Knows who is of our own workspace: nobody else is written to, or recognised.</param>
internal sealed class SlackSender(Func<SlackWebApi?> client, PersonAddresses addresses, SlackMembers members) : IChannelSender, ISlackWorkspace
{
    /// <inheritdoc/>
    public Channel Channel => Channel.Slack;

    /// <inheritdoc/>
    public async Task<SentMessage> SendAsync(TenantId tenant, Person person, OutboundMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var slack = Client().WithoutWaiting();
            var channel = await ChannelOfAsync(slack, tenant, person, cancellationToken);
            var posted = await slack.PostMessageAsync(channel, message.Text, message.Blocks, cancellation: cancellationToken);
            return new SentMessage(posted.Channel, posted.Ts);
        }
        catch (SlackApiException e)
        {
            throw NotSent(e);
        }
    }

    /// <inheritdoc/>
    public async Task<SentMessage> PostAsync(TenantId tenant, string conversation, OutboundMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var posted = await Client().WithoutWaiting().PostMessageAsync(conversation, message.Text, message.Blocks, cancellation: cancellationToken);
            return new SentMessage(posted.Channel, posted.Ts);
        }
        catch (SlackApiException e)
        {
            throw NotSent(e);
        }
    }

    /// <inheritdoc/>
    public async Task UpdateAsync(TenantId tenant, Person person, SentMessage sent, OutboundMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await Client().WithoutWaiting().UpdateAsync(sent.ConversationId, sent.MessageId, message.Text, message.Blocks, cancellationToken);
        }
        catch (SlackApiException e)
        {
            throw NotSent(e);
        }
    }

    /// <inheritdoc/>
    public async Task SayAsync(string channel, string user, string text, CancellationToken cancellationToken)
    {
        try
        {
            // in a direct message it is to stay; in a channel it is nobody else's business
            await (IsDirect(channel)
                ? Client().PostMessageAsync(channel, text, null, cancellation: cancellationToken)
                : Client().PostEphemeralAsync(channel, user, text, cancellationToken));
        }
        catch (SlackApiException e) when (e.IsPermanentForRecipient)
        {
            // they closed the conversation in the meantime
        }
    }

    /// <inheritdoc/>
    public async Task ShowAsync(string channel, OutboundMessage message, string? inPlaceOf, CancellationToken cancellationToken)
    {
        try
        {
            await (inPlaceOf is { } sent
                ? Client().UpdateAsync(channel, sent, message.Text, message.Blocks, cancellationToken)
                : Client().PostMessageAsync(channel, message.Text, message.Blocks, cancellation: cancellationToken));
        }
        catch (SlackApiException e) when (e.IsPermanentForRecipient)
        {
            // they closed the conversation in the meantime
        }
    }

    /// <inheritdoc/>
    public async Task<bool> IsOursAsync(SlackOrigin? origin, CancellationToken cancellationToken) =>
        origin is null || origin.IsOf(await members.WorkspaceAsync(Client(), cancellationToken));

    /// <inheritdoc/>
    public Task<SlackMember?> MemberAsync(string user, CancellationToken cancellationToken) => members.FindAsync(Client(), user, cancellationToken);

    // conversation ids: D a direct message, C and G channels
    private static bool IsDirect(string channel) => channel.StartsWith('D');

    private async Task<string> ChannelOfAsync(SlackWebApi slack, TenantId tenant, Person person, CancellationToken cancellationToken)
    {
        var us = await members.WorkspaceAsync(slack, cancellationToken);
        if (await addresses.GetSlackAsync(tenant, person.Id, cancellationToken) is { } known && known.Team == us.TeamId)
        {
            return known.ChannelId;
        }

        var user = person.SlackId is { } id ? await slack.UserInfoAsync(id, cancellationToken)
            : person.Email is { Length: > 0 } email ? await slack.LookupByEmailAsync(email, cancellationToken)
            : throw new NotSentException("neither a Slack id nor an e-mail address is on record", isPermanent: true, why: RefusalReason.NoAddress);
        if (!user.IsMemberOf(us))
        {
            throw new NotSentException("in Slack they are no full member of our own workspace", isPermanent: true, why: RefusalReason.NoAddress);
        }

        var channel = await slack.OpenConversationAsync(user.Id, cancellationToken);
        await addresses.PutAsync(tenant, person.Id, new SlackAddress(channel, us.TeamId), cancellationToken);
        return channel;
    }

    private SlackWebApi Client() => client() ?? throw new NotSentException("Slack is not configured", isPermanent: true, why: RefusalReason.NotConnected);

    private static NotSentException NotSent(SlackApiException e) =>
        new(e.Error, e.IsPermanentForRecipient || e.IsPermanentForApp, e.RetryAfter, e, isThrottled: e.Error == "ratelimited");
}
