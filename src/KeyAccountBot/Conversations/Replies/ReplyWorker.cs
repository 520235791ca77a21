using System.Text.Json;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Records;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Conversations.Replies;

/// <summary>
/// Sends what turns could not send: claims what a conversation is owed, tries each reply in order, and comes back for what the channel
/// did not take. One that is refused holds up no other. What is too old is dropped, and one sentence stands in the place of all of it;
/// what is refused for good is a dead letter.
/// </summary>
internal sealed partial class ReplyWorker(
    OwedRows rows, ReplyVisit visit, ReplyLease lease, IDelayedQueue queues, DeadLetters deadLetters, WorkTimes times, TimeProvider clock,
    WorkSignal signal, ILogger<ReplyWorker> logger)
    : QueueWorker(OwedRows.Queue, queues, deadLetters, times, clock, signal, logger, Slots)
{
    private const int Slots = 16;
    private const int NoteTries = 4;
    private const int Together = 100;
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override TimeSpan Lease => Times.Lease;

    /// <inheritdoc/>
    protected override async Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        var due = JsonSerializer.Deserialize(message.Body.Span, ConversationJson.Default.ReplyDue)!;
        var now = Clock.GetUtcNow();
        var all = await rows.OfAsync(due.Conversation, cancellationToken);
        if (all.Find(row => row.Owed.Id == due.Row)?.Owed is not { } mine)
        {
            // sent by who said it, or with others
            await Queues.CompleteAsync(message, cancellationToken);
            return;
        }

        if (Later(lease.ClaimedUntil(mine, Times, now), lease.OverAt(mine), mine.NextAt) is { } later && later > now)
        {
            await Queues.PutOffAsync(message, later, cancellationToken);
            return;
        }

        var (lost, fresh) = ReplyRules.Split([.. all.Where(row => lease.OverAt(row.Owed) <= now && lease.ClaimedUntil(row.Owed, Times, now) is null)], now);
        try
        {
            var claimed = await ClaimAsync(due.Conversation, [.. lost.Take(1), .. fresh], now, cancellationToken);
            var left = await visit.SendAsync(due.Conversation, lost.Count > 0 ? claimed[0] : null, [.. claimed.Skip(lost.Count > 0 ? 1 : 0)], cancellationToken);
            await NoteAsync(due.Conversation, [.. lost.Skip(1)], claimed, left);
            await (left.FirstOrDefault(owed => owed.Id == due.Row) is { NextAt: { } next }
                ? Queues.PutOffAsync(message, next, CancellationToken.None)
                : Queues.CompleteAsync(message, CancellationToken.None));
        }
        catch (StoreConflictException)
        {
            // another worker has some of them
            await Queues.PutOffAsync(message, now + Shortly, cancellationToken);
        }
    }

    private static DateTimeOffset? Later(params ReadOnlySpan<DateTimeOffset?> moments)
    {
        DateTimeOffset? latest = null;
        foreach (var moment in moments)
        {
            latest = latest is null || moment > latest ? moment ?? latest : latest;
        }

        return latest;
    }

    private async Task<List<OwedRow>> ClaimAsync(string conversation, List<OwedRow> free, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<OwedRow> claims = [.. free.Select(row => row with { Owed = row.Owed with { ClaimedAt = now, Attempts = row.Owed.Attempts + 1 } })];
        var etags = await rows.SubmitAsync([.. claims.Select(row => rows.Row(conversation, row.Owed, row.ETag))], cancellationToken);
        return [.. claims.Select((row, i) => row with { ETag = etags[i] })];
    }

    // a store that fails for a moment must not have anything said again
    private async Task NoteAsync(string conversation, List<OwedRow> dropped, List<OwedRow> claimed, IReadOnlyList<OwedReplies> left)
    {
        var kept = left.ToDictionary(owed => owed.Id, StringComparer.Ordinal);
        List<RowWrite> notes =
        [
            .. claimed.Select(row => kept.TryGetValue(row.Owed.Id, out var owed)
                ? rows.Row(conversation, owed with { ClaimedAt = null, HandedOver = true }, row.ETag)
                : rows.Gone(conversation, row.Owed.Id)),
            .. dropped.Select(row => rows.Gone(conversation, row.Owed.Id)),
        ];
        foreach (var some in notes.Chunk(Together))
        {
            await NoteAsync(some);
        }
    }

    private async Task NoteAsync(IReadOnlyList<RowWrite> notes)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await rows.SubmitAsync(notes, CancellationToken.None);
                return;
            }
            catch (StoreConflictException) when (notes.Count > 1)
            {
                // who said one of them found out meanwhile that it had been sent
                foreach (var note in notes)
                {
                    await NoteAsync([note]);
                }

                return;
            }
            catch (StoreConflictException)
            {
                return;
            }
            catch (Exception e) when (attempt < NoteTries)
            {
                NotNoted(e, attempt);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "That replies were sent could not be noted at try {Attempt}.")]
    private partial void NotNoted(Exception exception, int attempt);
}
