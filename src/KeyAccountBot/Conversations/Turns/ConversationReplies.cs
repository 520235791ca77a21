using System.Collections.Concurrent;
using KeyAccountBot.BotFramework.Connector;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Operations;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Conversations.Turns;

/// <summary>
/// Sends committed replies, in order. That they were sent is noted on disk a moment later, many conversations at a time;
/// at start, what is not noted is sent: a reply arrives at least once.
/// </summary>
internal sealed partial class ConversationReplies(
    ITableStore tables, ConnectorClient connector, TurnGates gates, RememberedRows remembered, RowReader rows, ILogger<ConversationReplies> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // so many at a time that the embedded store can commit them in groups
    private const int AtATime = 64;

    // conversation → the row whose replies were sent, until that is noted
    private readonly ConcurrentDictionary<string, SentRow> sent = new(StringComparer.Ordinal);

    /// <summary>Whether the replies in this very row were sent by this process.</summary>
    public bool WereSent(string conversation, string etag) => sent.TryGetValue(conversation, out var known) && known.ETag == etag;

    /// <summary>Sends what a row owes; what cannot be sent now stays owed and goes first in the next turn, or at the next start.</summary>
    public async Task SendAsync(string conversation, ConversationRecord record, string etag, CancellationToken cancellationToken)
    {
        if (record.Unsent.Count == 0 || WereSent(conversation, etag))
        {
            return;
        }

        foreach (var reply in record.Unsent)
        {
            try
            {
                await connector.SendToConversationAsync(reply.ServiceUrl!, reply.Conversation!.Id!, reply, cancellationToken);
            }
            catch (ConnectorException e) when (e.IsPermanent)
            {
                // bot removed, conversation gone: nobody is there to tell
                LogGone(log, e.Message);
            }
            catch (Exception e) when (e is ConnectorException or HttpRequestException)
            {
                LogOwed(log, e.Message);
                return;
            }
        }

        sent[conversation] = new SentRow(etag, record);
    }

    /// <summary>Sends a reply that is on no record; a failure is logged and forgotten.</summary>
    public async Task TrySendAsync(Activity reply)
    {
        try
        {
            await connector.SendToConversationAsync(reply.ServiceUrl!, reply.Conversation!.Id!, reply, CancellationToken.None);
        }
        catch (Exception e) when (e is ConnectorException or HttpRequestException or OperationCanceledException)
        {
            LogGone(log, e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ResendAsync(stoppingToken);
        // real time: this is housekeeping of this process, no business of the bot's clock
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await NoteAsync(stoppingToken);
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

    private async Task ResendAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var row in tables.ScanAsync(TurnEngine.Table, TurnEngine.UnsentLabel, cancellationToken))
            {
                await ResendAsync(row.PartitionKey, cancellationToken);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogOwed(log, e.Message);
        }
    }

    // in the conversation's turn and from the row as it stands then: what a turn said meanwhile must not be followed by older words
    private async Task ResendAsync(string conversation, CancellationToken cancellationToken)
    {
        using var pass = await gates.EnterAsync(conversation, cancellationToken);
        if (await tables.GetAsync(TurnEngine.Table, conversation, TurnEngine.Row, cancellationToken) is { } row
            && rows.Read(ServiceRowKinds.Conversation, row).Record is { } record)
        {
            await SendAsync(conversation, record, row.ETag, cancellationToken);
        }
    }

    private async Task NoteAsync(CancellationToken cancellationToken)
    {
        foreach (var some in sent.ToArray().Chunk(AtATime))
        {
            await Task.WhenAll(some.Select(s => NoteAsync(s.Key, s.Value, cancellationToken)));
        }
    }

    // a conversation with a turn under way is passed over: the turn writes the row itself, and a note in between would make it begin anew
    private async Task NoteAsync(string conversation, SentRow row, CancellationToken cancellationToken)
    {
        if (!gates.TryEnter(conversation, out var pass))
        {
            return;
        }

        using (pass)
        {
            try
            {
                if (WereSent(conversation, row.ETag))
                {
                    remembered.Take(conversation);
                    row.Record.Unsent = [];
                    var body = ServiceRowKinds.Conversation.BytesOf(row.Record);
                    var etags = await tables.SubmitAsync(
                        TurnEngine.Table, conversation, [new TableOperation.Replace(TurnEngine.Row, body, row.ETag)], cancellationToken);
                    remembered.Keep(conversation, row.Record, etags[0]);
                }
            }
            catch (StoreConflictException)
            {
                // another replica's turn wrote first, and its own note follows
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogOwed(log, e.Message);
                return;
            }

            sent.TryRemove(KeyValuePair.Create(conversation, row));
        }
    }

    private sealed record SentRow(string ETag, ConversationRecord Record);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A reply could not be delivered for good: {Reason}")]
    private static partial void LogGone(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Replies stay owed and are sent again later: {Reason}")]
    private static partial void LogOwed(ILogger logger, string reason);
}
