using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Deliveries;

/// <summary>Sends on the channel a person hears in, and on their other one where the first is closed to us.</summary>
internal sealed partial class Outbox(IEnumerable<IChannelSender> senders, ILogger<Outbox> logger)
{
    private readonly IChannelSender[] senders = [.. senders];

    /// <summary>Where a person hears something first: a reminder in Teams, where its reader answers; all else where they like.</summary>
    public static Channel FirstFor(DeliveryKind kind, Person reader) => kind is DeliveryKind.Reminder or DeliveryKind.Brief ? Channel.Teams : reader.HearsIn;

    /// <summary>Sends a message, trying the channels in turn.</summary>
    /// <exception cref="NotSentException">Permanent where every channel refused for good; otherwise worth another try.</exception>
    public async Task<(Channel Channel, SentMessage Sent)> SendAsync(
        TenantId tenant, Person person, Channel first, OutboundMessage message, CancellationToken cancellationToken)
    {
        List<string> refused = [];
        foreach (var sender in senders.OrderBy(s => s.Channel == first ? 0 : 1))
        {
            try
            {
                return (sender.Channel, await sender.SendAsync(tenant, person, message, cancellationToken));
            }
            catch (NotSentException e) when (e.IsPermanent)
            {
                refused.Add($"{sender.Channel}: {e.Message}");
                ChannelClosed(sender.Channel, e.Message);
            }
        }

        throw new NotSentException(refused.Count == 0 ? "no channel is configured" : string.Join("; ", refused), isPermanent: true);
    }

    /// <summary>Puts another message in the place of one sent earlier; without effect where that channel is no longer configured.</summary>
    /// <exception cref="NotSentException">The channel did not take it.</exception>
    public Task UpdateAsync(TenantId tenant, Person person, Channel channel, SentMessage sent, OutboundMessage message, CancellationToken cancellationToken) =>
        senders.FirstOrDefault(s => s.Channel == channel)?.UpdateAsync(tenant, person, sent, message, cancellationToken) ?? Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Channel} does not take a delivery: {Reason}.")]
    private partial void ChannelClosed(Channel channel, string reason);
}
