using System.Collections.Concurrent;
using System.Text.Json;
using KeyAccountBot.Channels;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Deliveries;

namespace KeyAccountBot.Conversations.Turns;

/// <summary>
/// Sends what a turn said, at once and once. That it was sent is noted on disk a moment later, many conversations at a time; what the
/// channel did not take is left to the <c>ReplyWorker</c> in the same moment, and what it refused for good is a dead letter. At start, what a process that died may not have
/// sent is left to it too: a reply arrives at least once.
/// </summary>
internal sealed partial class ConversationReplies(
    OwedRows rows, KnownChannels channels, ReplyLease lease, TurnGates gates, RememberedRows remembered, DeadLetters deadLetters, Pace pace, WorkSignal signal,
    TurnPatience patience, TimeProvider clock, ILogger<ConversationReplies> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // so many at a time that the embedded store can commit them in groups
    private const int AtATime = 64;

    // conversation → what came of sending its last turn's replies, until that is noted
    private readonly ConcurrentDictionary<string, SentReplies> sent = new(StringComparer.Ordinal);

    // those of turns that another replica's turn followed, or that nobody waited for any more
    private readonly ConcurrentQueue<(string Conversation, SentReplies Sent)> late = new();

    // refused for good, and not with the dead letters yet
    private readonly ConcurrentQueue<(string Conversation, OwedReplies Said, JsonElement Reply, string Reason)> refused = new();

    // on record for the worker, which does not know it yet
    private readonly ConcurrentQueue<(string Conversation, OwedReplies Owed, DateTimeOffset At)> messages = new();

    // conversations whose last turn's replies may have to be taken over, and when
    private readonly ConcurrentDictionary<string, DateTimeOffset> watched = new(StringComparer.Ordinal);

    /// <summary>What is still owed of a turn's replies, as far as this process knows: all of them where another one committed them.</summary>
    public OwedReplies? StillOwed(string conversation, OwedReplies? owed) =>
        owed is null || !sent.TryGetValue(conversation, out var known) || known.Said?.Id != owed.Id ? owed
        : known.Left.Count == 0 ? null
        : owed.HandOver(known.Left, known.NextAt);

    /// <summary>Sends what a turn said; what cannot be sent now is left to the worker.</summary>
    public async Task SendAsync(string conversation, CommittedTurn turn, CancellationToken cancellationToken)
    {
        List<JsonElement> left = [];
        TimeSpan? rest = null;
        foreach (var reply in turn.Record.Said?.Replies ?? [])
        {
            try
            {
                if (rest is not null || cancellationToken.IsCancellationRequested)
                {
                    left.Add(reply);
                    continue;
                }

                // a call that does not even end when it is told to is left behind
                await channels.Of(turn.Record.Said!.Channel).SendAsync(reply, cancellationToken).WaitAsync(cancellationToken);
            }
            catch (NotSentException e) when (e.IsPermanent)
            {
                LogGone(log, e.Message);
                refused.Enqueue((conversation, turn.Record.Said!, reply, e.Message));
            }
            catch (Exception e) when (e is NotSentException or HttpRequestException or OperationCanceledException)
            {
                LogLeft(log, e is OperationCanceledException ? "no answer in time" : e.Message);
                left.Add(reply);
                rest = (e as NotSentException)?.Throttled;
            }
        }

        if (rest is { } asked && channels.Of(turn.Record.Said!.Channel).Reaches is { } paces)
        {
            pace.Rest(paces, turn.Record.Said!.PacedAs(conversation), asked);
        }

        Keep(conversation, turn, left, rest ?? ReplyRules.Again(TimeSpan.Zero));
    }

    /// <summary>A turn that nobody waits for any more was committed after all: its replies are left to the worker.</summary>
    public void Leave(string conversation, CommittedTurn turn)
    {
        if (turn.Record.Said is { } said)
        {
            late.Enqueue((conversation, new SentReplies(said, said.Replies, clock.GetUtcNow(), turn.Record, turn.ETag)));
        }

        Moved(conversation, turn.Earlier);
    }

    /// <summary>It is not known whether a turn was committed: looked at once nobody else can be sending its replies.</summary>
    public void Watch(string conversation) => watched[conversation] = clock.GetUtcNow() + ReplyLease.Holds;

    /// <summary>Something is to be looked at later, or noted.</summary>
    public bool IsWaiting => !watched.IsEmpty || !late.IsEmpty || !messages.IsEmpty || !refused.IsEmpty || !sent.IsEmpty;

    /// <summary>Sends a sentence that is on no record; a failure is logged and forgotten.</summary>
    public async Task TrySendAsync(string channel, IReadOnlyList<JsonElement> replies)
    {
        using var bound = new CancellationTokenSource(patience.Sorry, patience.Clock);
        try
        {
            foreach (var reply in replies)
            {
                await channels.Of(channel).SendAsync(reply, bound.Token).WaitAsync(bound.Token);
            }
        }
        catch (Exception e) when (e is NotSentException or HttpRequestException or OperationCanceledException)
        {
            LogForgotten(log, e.Message);
        }
    }

    /// <summary>Notes what was sent, and leaves to the worker what was not.</summary>
    public async Task NoteAsync(CancellationToken cancellationToken)
    {
        // a store that hangs holds up a conversation's turns no longer than one of them
        using var bound = new CancellationTokenSource(patience.Records, patience.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        await NoteWithinAsync(either.Token);
    }

    private async Task NoteWithinAsync(CancellationToken cancellationToken)
    {
        // before it is noted that nothing is owed
        for (var count = refused.Count; count > 0 && refused.TryDequeue(out var one); count--)
        {
            await BuryAsync(one, cancellationToken);
        }

        foreach (var some in sent.ToArray().Chunk(AtATime))
        {
            await Task.WhenAll(some.Select(s => NoteAsync(s.Key, s.Value, cancellationToken)));
        }

        for (var count = late.Count; count > 0 && late.TryDequeue(out var one); count--)
        {
            await NoteLateAsync(one.Conversation, one.Sent, cancellationToken);
        }

        foreach (var (conversation, at) in watched.Where(w => w.Value <= clock.GetUtcNow()).ToList())
        {
            await TakeOverAsync(conversation, at, cancellationToken);
        }

        for (var count = messages.Count; count > 0 && messages.TryDequeue(out var one); count--)
        {
            await SendMessageAsync(one, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await LookAsync(stoppingToken);
        // real time: this is housekeeping of this process, no business of the bot's clock
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                // what is being noted is noted to its end, which is bounded
                await NoteAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await NoteAsync(cancellationToken);
    }

    private void Keep(string conversation, CommittedTurn turn, IReadOnlyList<JsonElement> left, TimeSpan wait)
    {
        if (sent.TryGetValue(conversation, out var before) && before.Said is not null && before.Said.Id != turn.FoundId)
        {
            // another replica's turn came in between, and put the replies of the one before on record by themselves
            late.Enqueue((conversation, before));
        }

        sent[conversation] = new SentReplies(turn.Record.Said, left, clock.GetUtcNow() + wait, turn.Record, turn.ETag);
        Moved(conversation, turn.Earlier);
    }

    private void Moved(string conversation, OwedReplies? owed)
    {
        if (owed is not null)
        {
            var (free, next) = (lease.OverAt(owed), owed.NextAt ?? owed.At);
            messages.Enqueue((conversation, owed, free > next ? free : next));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A reply could not be delivered for good and lies with the dead letters now: {Reason}")]
    private static partial void LogGone(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A reply is left to the worker: {Reason}")]
    private static partial void LogLeft(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sentence could not be sent and is forgotten: {Reason}")]
    private static partial void LogForgotten(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What became of replies cannot be noted now: {Reason}")]
    private static partial void LogNotNoted(ILogger logger, string reason);

    /// <summary>What came of sending a turn's replies.</summary>
    /// <param name="Said">The replies; <c>null</c> where nothing was said.</param>
    /// <param name="Left">Those that were not sent.</param>
    /// <param name="NextAt">When they may be tried again, UTC.</param>
    /// <param name="Record">The conversation's row as the turn wrote it.</param>
    /// <param name="ETag">Of that row.</param>
    private sealed record SentReplies(OwedReplies? Said, IReadOnlyList<JsonElement> Left, DateTimeOffset NextAt, ConversationRecord Record, string ETag);
}
