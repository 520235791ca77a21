using KeyAccountBot.Channels;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;

namespace KeyAccountBot.FollowUps;

/// <summary>One digest in hand.</summary>
internal sealed class DigestErrand(DigestErrands errands, DigestDue due, MailboxDay day, string etag, Person reader, Company company) : Errand(due.Tenant, reader)
{
    private MailboxDay day = day;
    private string etag = etag;

    /// <inheritdoc/>
    public override string Key => $"digest|{due.Day:yyyy-MM-dd}";

    /// <inheritdoc/>
    public override string Name => $"a digest of {due.Day:yyyy-MM-dd}";

    /// <inheritdoc/>
    public override SendingState State { get; } = new(
        day.Attempts, day.Throttled, day.Refused ?? (day.RefusedBy is { } closed ? [new ChannelRefusal(closed, RefusalReason.Refused, "refused")] : null));

    /// <inheritdoc/>
    public override DateTimeOffset TellAt(DateTimeOffset now) => errands.TellAt(Reader, now);

    /// <inheritdoc/>
    public override ValueTask ClaimAsync(SendingState state, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(day with { ClaimedAt = now, Attempts = state.Attempts }, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<Message?> MessageAsync(CancellationToken cancellationToken)
    {
        var content = await errands.ContentAsync(due, day, Reader, company, cancellationToken);
        day = day with { Shown = [.. content.First.Select(i => new MailboxItem(i.Opportunity.Id, i.Delivery.Key))] };
        return content.First.Count > 0 ? errands.MessageOf(due, content, Reader, company) : null;
    }

    /// <inheritdoc/>
    public override ValueTask EndAsync(DateTimeOffset now) => errands.CloseAsync(due, day, etag);

    /// <inheritdoc/>
    public override ValueTask SentAsync(SentMessage sent, Channel channel, DateTimeOffset now) => errands.CloseAsync(due, day, etag);

    /// <inheritdoc/>
    public override ValueTask GiveBackAsync(SendingState state, string? error, DateTimeOffset now) => WriteAsync(
        day with { ClaimedAt = null, Attempts = state.Attempts, Throttled = state.Throttled, RefusedBy = state.Refused?[0].Channel, Refused = state.Refused, Shown = null });

    /// <inheritdoc/>
    public override async ValueTask DieAsync(LeasedMessage message, SendingState state, DateTimeOffset now)
    {
        await errands.BuryAsync(due, state);
        await errands.CloseAsync(due, day with { Attempts = state.Attempts, Shown = null }, etag);
    }

    private async ValueTask WriteAsync(MailboxDay next, CancellationToken cancellationToken = default)
    {
        etag = await errands.WriteAsync(due, next, etag, cancellationToken);
        day = next;
    }
}
