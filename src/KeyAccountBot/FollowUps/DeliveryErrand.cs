using KeyAccountBot.Channels;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.FollowUps;

/// <summary>One delivery in hand.</summary>
internal sealed class DeliveryErrand(
    DeliveryErrands errands, DeliveryDue due, DeliveryRecord record, string etag, Opportunity opportunity, Person reader, Company company)
    : Errand(due.Tenant, reader)
{
    private readonly Delivery delivery = record.Delivery;
    private DeliveryRecord record = record;
    private string etag = etag;

    /// <inheritdoc/>
    public override string Key => $"{due.Opportunity}|{due.Key}";

    /// <inheritdoc/>
    public override string Name => $"the delivery {due.Key} of {due.Opportunity}";

    /// <inheritdoc/>
    public override SendingState State { get; } = new(record.Attempts, record.Throttled, record.Refused, record.Instead, record.At);

    /// <inheritdoc/>
    public override Room? Room => delivery.Room;

    /// <inheritdoc/>
    public override Channel Wanted => DeliveryLanes.WantedBy(delivery, Reader);

    /// <inheritdoc/>
    public override bool IsPressing =>
        delivery.Room is null && (delivery.Urgent || delivery.Kind is DeliveryKind.Nudge or DeliveryKind.Alert or DeliveryKind.NobodyFound or DeliveryKind.Undelivered);

    /// <inheritdoc/>
    public override string? LaneOn(Channel channel) => DeliveryLanes.On(channel, delivery);

    /// <inheritdoc/>
    public override DateTimeOffset TellAt(DateTimeOffset now) => errands.TellAt(delivery, Reader, now);

    /// <inheritdoc/>
    public override async ValueTask<Placement?> PlaceAsync(CancellationToken cancellationToken) =>
        Counts(delivery) ? await errands.PlaceAsync(due, delivery, opportunity, Reader, cancellationToken) : null;

    /// <inheritdoc/>
    public override ValueTask InDigestAsync(DateTimeOffset now) => WriteAsync(record with { Status = DeliveryStatus.InDigest, At = now });

    /// <inheritdoc/>
    public override ValueTask ClaimAsync(SendingState state, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(record with { Status = DeliveryStatus.Claimed, At = now, Attempts = state.Attempts }, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<Message?> MessageAsync(CancellationToken cancellationToken) =>
        errands.MessageAsync(due, delivery, opportunity, Reader, company, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask EndAsync(DateTimeOffset now) => WriteAsync(record with { Status = DeliveryStatus.Dropped, At = now });

    /// <inheritdoc/>
    public override ValueTask SentAsync(SentMessage sent, Channel channel, DateTimeOffset now) => WriteAsync(record with
    {
        Status = DeliveryStatus.Sent,
        At = now,
        Channel = errands.NameOf(channel),
        ConversationId = sent.ConversationId,
        MessageId = sent.MessageId,
        Error = null,
    });

    /// <inheritdoc/>
    public override ValueTask GiveBackAsync(SendingState state, string? error, DateTimeOffset now) =>
        WriteAsync(Of(state) with { Status = DeliveryStatus.Pending, At = now, Error = error ?? record.Error });

    /// <inheritdoc/>
    public override async ValueTask DieAsync(LeasedMessage message, SendingState state, DateTimeOffset now)
    {
        await WriteAsync(Of(state) with { Status = DeliveryStatus.Dead, At = now, Error = state.Reason });
        await errands.BuryAsync(due, record, company);
    }

    private DeliveryRecord Of(SendingState state) =>
        record with { Attempts = state.Attempts, Throttled = state.Throttled, Refused = state.Refused, Instead = state.Instead };

    private async ValueTask WriteAsync(DeliveryRecord next, CancellationToken cancellationToken = default)
    {
        etag = await errands.WriteAsync(due, next, etag, cancellationToken);
        record = next;
    }

    /// <summary>
    /// Answers to what a person did or was asked never wait for a digest, and neither does a visit, what is urgent, or what many read.
    /// </summary>
    private static bool Counts(Delivery delivery) => delivery is { Urgent: false, Room: null }
        && delivery.Kind is DeliveryKind.Reminder or DeliveryKind.Nudge or DeliveryKind.Alert or DeliveryKind.NobodyFound or DeliveryKind.Undelivered or DeliveryKind.Held;
}
