using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Records;

/// <summary>
/// The queues of deliveries: one a channel and priority, named after the channel and each worked on by itself, so that an alert never
/// waits behind ten thousand reminders and a slow channel never holds another. Pure.
/// </summary>
public static class DeliveryLanes
{
    private const string Prefix = "deliveries-";
    private const string First = "-first";
    private static readonly IReadOnlyList<Channel> Channels = Enum.GetValues<Channel>();

    /// <summary>All lanes.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Channels.Select(Of), .. Channels.Select(c => Of(c) + First)];

    /// <summary>
    /// The channel that a delivery goes over: its room's; else the one the playbook wants, else where its reader likes to hear; and another
    /// one where that is refused. <c>null</c> where nothing is left.
    /// </summary>
    /// <param name="delivery">What.</param>
    /// <param name="reader">Whom; <c>null</c> for somebody not on record.</param>
    /// <param name="refused">The channels that do not take it.</param>
    /// <param name="instead">The channel it goes over while its own is paused.</param>
    public static Channel? ChannelOf(Delivery delivery, Person? reader, IReadOnlyList<ChannelRefusal>? refused = null, Channel? instead = null)
    {
        var wanted = WantedBy(delivery, reader);
        if (delivery.Room is not null)
        {
            return IsRefused(wanted) ? null : wanted;
        }

        if (instead is { } detour && !IsRefused(detour))
        {
            return detour;
        }

        return Channels.Prepend(wanted).Where(c => !IsRefused(c)).Select(c => (Channel?)c).FirstOrDefault();

        bool IsRefused(Channel channel) => refused is not null && refused.Any(r => r.Channel == channel);
    }

    /// <summary>The lane of a delivery; that of its first channel where all refused it.</summary>
    /// <param name="delivery">What.</param>
    /// <param name="reader">Whom; <c>null</c> for somebody not on record.</param>
    /// <param name="refused">The channels that do not take it.</param>
    /// <param name="instead">The channel it goes over while its own is paused.</param>
    public static string Of(Delivery delivery, Person? reader, IReadOnlyList<ChannelRefusal>? refused = null, Channel? instead = null) =>
        On(ChannelOf(delivery, reader, refused, instead) ?? WantedBy(delivery, reader), delivery);

    /// <summary>The lane of a delivery on a channel.</summary>
    public static string On(Channel channel, Delivery delivery) => IsFirst(delivery) ? Of(channel) + First : Of(channel);

    /// <summary>The channel that a delivery goes over of itself.</summary>
    /// <param name="delivery">What.</param>
    /// <param name="reader">Whom; <c>null</c> for somebody not on record.</param>
    public static Channel WantedBy(Delivery delivery, Person? reader) => delivery.Room?.Channel ?? delivery.Over
        ?? reader?.HearsIn ?? Channel.Teams;

    private static string Of(Channel channel) => Prefix + ChannelNames.Of(channel);

    /// <summary>Alerts, what is urgent, and answers that somebody waits for.</summary>
    private static bool IsFirst(Delivery delivery) => delivery.Urgent || delivery.Kind is DeliveryKind.Alert or DeliveryKind.NobodyFound
        or DeliveryKind.Taken or DeliveryKind.ColleagueAsked or DeliveryKind.Question or DeliveryKind.Answered or DeliveryKind.Reply or DeliveryKind.Reassigned
            or DeliveryKind.Undelivered or DeliveryKind.TimeAsked or DeliveryKind.TimeAllowed or DeliveryKind.TimeRefused;
}
