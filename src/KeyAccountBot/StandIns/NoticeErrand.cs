using KeyAccountBot.Channels;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;

namespace KeyAccountBot.StandIns;

/// <summary>One notice in hand.</summary>
internal sealed class NoticeErrand(NoticeErrands errands, NoticeDue due, NoticeRecord record, string etag, Person reader, Company company) : Errand(due.Tenant, reader)
{
    private NoticeRecord record = record;
    private string etag = etag;

    /// <inheritdoc/>
    public override string Key => $"notice|{due.Key}";

    /// <inheritdoc/>
    public override string Name => $"a notice ({record.Notice.Kind})";

    /// <inheritdoc/>
    public override SendingState State { get; } = record.Sending ?? SendingState.New;

    /// <inheritdoc/>
    public override DateTimeOffset TellAt(DateTimeOffset now) => errands.TellAt(record, Reader, company, now);

    /// <inheritdoc/>
    public override ValueTask ClaimAsync(SendingState state, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(record with { ClaimedAt = now }, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<Message?> MessageAsync(CancellationToken cancellationToken) =>
        await errands.MessageAsync(Tenant, record.Notice, Reader, company, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask EndAsync(DateTimeOffset now) => WriteAsync(record with { IsFinal = true, ClaimedAt = null, Sending = null });

    /// <inheritdoc/>
    public override ValueTask SentAsync(SentMessage sent, Channel channel, DateTimeOffset now) => EndAsync(now);

    /// <inheritdoc/>
    public override ValueTask GiveBackAsync(SendingState state, string? error, DateTimeOffset now) => WriteAsync(record with { ClaimedAt = null, Sending = state });

    /// <summary>A dead letter; the notice stays unsent and begins anew once an operator has its message sent again.</summary>
    public override async ValueTask DieAsync(LeasedMessage message, SendingState state, DateTimeOffset now)
    {
        await errands.BuryAsync(message, state);
        await WriteAsync(record with { ClaimedAt = null, Sending = null });
    }

    private async ValueTask WriteAsync(NoticeRecord next, CancellationToken cancellationToken = default)
    {
        etag = await errands.WriteAsync(due, next, etag, cancellationToken);
        record = next;
    }
}
