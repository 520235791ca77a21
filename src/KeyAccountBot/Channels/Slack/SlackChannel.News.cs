using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Slack.WebApi;

namespace KeyAccountBot.Channels.Slack;

/// <content>What people are told by itself, in their direct messages and in rooms, and what Slack's refusals mean.</content>
internal sealed partial class SlackChannel
{
    /// <inheritdoc/>
    public async ValueTask<bool> ReachesAsync(TenantId tenant, Person person, CancellationToken cancellationToken) => client() is not null
        && (person is { SlackId: not null } or { Email.Length: > 0 } || await addresses.GetSlackAsync(tenant, person.Id, cancellationToken) is not null);

    /// <inheritdoc/>
    public async Task<SentMessage> SendAsync(TenantId tenant, Person person, Message message, CancellationToken cancellationToken)
    {
        try
        {
            var slack = Client().WithoutWaiting();
            var us = await members.WorkspaceAsync(slack, cancellationToken);
            if (await AddressOfAsync(us, tenant, person, cancellationToken) is { } known && await TryPostAsync(slack, tenant, known.ChannelId, message, cancellationToken) is { } taken)
            {
                return taken;
            }

            var opened = await OpenAsync(slack, us, tenant, person, cancellationToken);
            var posted = await slack.PostMessageAsync(opened, SlackBlocks.Of(message, tenant), cancellation: cancellationToken);
            return new SentMessage(posted.Channel, posted.Ts);
        }
        catch (SlackApiException e)
        {
            throw await NotSentAsync(e, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<SentMessage> PostAsync(TenantId tenant, string conversation, Message message, CancellationToken cancellationToken)
    {
        try
        {
            var posted = await Client().WithoutWaiting().PostMessageAsync(conversation, SlackBlocks.Of(message, tenant), cancellation: cancellationToken);
            return new SentMessage(posted.Channel, posted.Ts);
        }
        catch (SlackApiException e)
        {
            throw await NotSentAsync(e, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task UpdateAsync(TenantId tenant, Person person, SentMessage sent, Message message, CancellationToken cancellationToken)
    {
        try
        {
            await Client().WithoutWaiting().UpdateAsync(sent.ConversationId, sent.MessageId, SlackBlocks.Of(message, tenant), cancellationToken);
        }
        catch (SlackApiException e)
        {
            throw await NotSentAsync(e, cancellationToken);
        }
    }

    // an address belongs to a workspace and a user: that of another one is not theirs
    private async ValueTask<SlackAddress?> AddressOfAsync(SlackIdentity us, TenantId tenant, Person person, CancellationToken cancellationToken) =>
        await addresses.GetSlackAsync(tenant, person.Id, cancellationToken) is { } known && known.Team == us.TeamId && !known.IsOfAnother(person) ? known : null;

    // a channel that is gone is opened anew
    private static async Task<SentMessage?> TryPostAsync(SlackWebApi slack, TenantId tenant, string channel, Message message, CancellationToken cancellationToken)
    {
        try
        {
            var posted = await slack.PostMessageAsync(channel, SlackBlocks.Of(message, tenant), cancellation: cancellationToken);
            return new SentMessage(posted.Channel, posted.Ts);
        }
        catch (SlackApiException e) when (e.Error == "channel_not_found")
        {
            return null;
        }
    }

    private async Task<string> OpenAsync(SlackWebApi slack, SlackIdentity us, TenantId tenant, Person person, CancellationToken cancellationToken)
    {
        var user = person.SlackId is { } id ? await slack.UserInfoAsync(id, cancellationToken)
            : person.Email is { Length: > 0 } email ? await slack.LookupByEmailAsync(email, cancellationToken)
            : throw new NotSentException("neither a Slack id nor an e-mail address is on record", isPermanent: true, why: RefusalReason.NoAddress);
        if (!user.IsMemberOf(us))
        {
            throw new NotSentException("in Slack they are no full member of our own workspace", isPermanent: true, why: RefusalReason.NoAddress);
        }

        var channel = await slack.OpenConversationAsync(user.Id, cancellationToken);
        await addresses.PutAsync(tenant, person.Id, new SlackAddress(channel, us.TeamId, user.Id), cancellationToken);
        return channel;
    }

    private SlackWebApi Client() => client() ?? throw new NotSentException("Slack is not configured", isPermanent: true, why: RefusalReason.NotConnected);

    // Slack says "account_inactive" of our own token; where it may be the reader's account, asking who we are settles it
    private async Task<NotSentException> NotSentAsync(SlackApiException failure, CancellationToken cancellationToken)
    {
        if (failure.IsInDoubt)
        {
            try
            {
                await Client().WithoutWaiting().AuthTestAsync(cancellationToken);
            }
            catch (SlackApiException ofUs)
            {
                return NotSent(ofUs);
            }
        }

        return NotSent(failure);
    }

    /// <summary>The same, in the words of every channel.</summary>
    private static NotSentException NotSent(SlackApiException e) => new(
        e.Error, e.IsPermanentForRecipient, e.RetryAfter, e, isThrottled: e.Error == "ratelimited",
        blame: e.IsPermanentForApp ? Blame.App : e.IsOutage ? Blame.Outage : null);
}
