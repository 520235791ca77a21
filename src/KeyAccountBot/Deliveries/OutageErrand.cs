using KeyAccountBot.Channels;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>One word to the administrator in hand.</summary>
internal sealed class OutageErrand(OutageErrands errands, TenantId tenant, OutageDue due, OutageRecord outage, string etag, Person administrator) : Errand(tenant, administrator)
{
    /// <inheritdoc/>
    public override string Key => $"outage|{due.Channel}|{due.Number}|{due.IsOver}";

    /// <inheritdoc/>
    public override string Name => $"the word that {due.Channel} {(due.IsOver ? "works again" : "is paused")}";

    /// <inheritdoc/>
    public override SendingState State { get; } = OutageErrands.WordOf(outage, due).Sending ?? SendingState.New;

    /// <inheritdoc/>
    public override Channel Wanted => errands.WantedFor(due, Reader);

    /// <inheritdoc/>
    public override DateTimeOffset TellAt(DateTimeOffset now) => errands.TellAt(Reader, now);

    /// <inheritdoc/>
    public override async ValueTask ClaimAsync(SendingState state, DateTimeOffset now, CancellationToken cancellationToken) =>
        await errands.WriteAsync(OutageErrands.With(outage, due, new OutageWord(ClaimedAt: now, Sending: State)), etag, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<Message?> MessageAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<Message?>(errands.MessageOf(outage, due, Reader));

    /// <inheritdoc/>
    public override ValueTask EndAsync(DateTimeOffset now) => errands.ChangeAsync(due, new OutageWord(IsFinal: true));

    /// <inheritdoc/>
    public override ValueTask SentAsync(SentMessage sent, Channel channel, DateTimeOffset now) => errands.ChangeAsync(due, new OutageWord(IsFinal: true));

    /// <inheritdoc/>
    public override ValueTask GiveBackAsync(SendingState state, string? error, DateTimeOffset now) => errands.ChangeAsync(due, new OutageWord(Sending: state));

    /// <inheritdoc/>
    public override async ValueTask DieAsync(LeasedMessage message, SendingState state, DateTimeOffset now)
    {
        await errands.BuryAsync(message, state);
        await errands.ChangeAsync(due, new OutageWord(IsFinal: true, Sending: state));
    }
}
