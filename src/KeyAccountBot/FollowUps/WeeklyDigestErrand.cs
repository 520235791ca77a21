using KeyAccountBot.Channels;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;

namespace KeyAccountBot.FollowUps;

/// <summary>One weekly digest in hand.</summary>
internal sealed class WeeklyDigestErrand(
    WeeklyDigestErrands errands, WeeklyDigestDue due, WeeklyDigestState record, string? etag, Person reader, Company company) : Errand(due.Tenant, reader)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private WeeklyDigestState record = record;
    private string? etag = etag;

    /// <inheritdoc/>
    public override string Key => $"weekly|{due.At:yyyy-MM-ddTHH:mm}";

    /// <inheritdoc/>
    public override string Name => $"a weekly digest of {due.At:yyyy-MM-dd}";

    /// <inheritdoc/>
    public override SendingState State { get; } = record.Sending ?? SendingState.New;

    /// <inheritdoc/>
    public override DateTimeOffset TellAt(DateTimeOffset now) => errands.TellAt(due, Reader, now);

    /// <summary>One that waits is not lost: the next one is not armed in its place.</summary>
    public override async ValueTask WaitsAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (record.WaitsUntil is not { } at || at < until)
        {
            await WriteAsync(record with { WaitsUntil = until + Kept }, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override ValueTask ClaimAsync(SendingState state, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(record with { ClaimedAt = now }, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<Message?> MessageAsync(CancellationToken cancellationToken) =>
        await errands.MessageAsync(due, Reader, company, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask EndAsync(DateTimeOffset now) => errands.ArmAsync(due, Reader, etag);

    /// <inheritdoc/>
    public override ValueTask SentAsync(SentMessage sent, Channel channel, DateTimeOffset now) => errands.ArmAsync(due, Reader, etag);

    /// <inheritdoc/>
    public override ValueTask GiveBackAsync(SendingState state, string? error, DateTimeOffset now) => WriteAsync(record with { ClaimedAt = null, Sending = state });

    /// <inheritdoc/>
    public override async ValueTask DieAsync(LeasedMessage message, SendingState state, DateTimeOffset now)
    {
        await errands.BuryAsync(message, state);
        await errands.ArmAsync(due, Reader, etag);
    }

    private async ValueTask WriteAsync(WeeklyDigestState next, CancellationToken cancellationToken = default)
    {
        etag = await errands.WriteAsync(due, next, etag, cancellationToken);
        record = next;
    }
}
