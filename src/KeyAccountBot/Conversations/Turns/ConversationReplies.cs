using System.Collections.Concurrent;
using System.Text.Json;
using KeyAccountBot.BotFramework.Connector;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Conversations.Turns;

/// <summary>
/// Sends committed replies, in order. That they were sent is noted on disk a moment later, many conversations at a time;
/// at start, what is not noted is sent: a reply arrives at least once.
/// </summary>
internal sealed partial class ConversationReplies(ITableStore tables, ConnectorClient connector, ILogger<ConversationReplies> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // conversation → the ETag of the row whose replies were sent
    private readonly ConcurrentDictionary<string, string> sent = new(StringComparer.Ordinal);

    /// <summary>Whether the replies in this very row were sent by this process.</summary>
    public bool WereSent(string conversation, string etag) => sent.TryGetValue(conversation, out var known) && known == etag;

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

        sent[conversation] = etag;
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
                if (!sent.ContainsKey(row.PartitionKey)
                    && JsonSerializer.Deserialize(row.Body.Span, ConversationJson.Default.ConversationRecord) is { } record)
                {
                    await SendAsync(row.PartitionKey, record, row.ETag, cancellationToken);
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogOwed(log, e.Message);
        }
    }

    private async Task NoteAsync(CancellationToken cancellationToken)
    {
        foreach (var (conversation, etag) in sent)
        {
            try
            {
                if (await tables.GetAsync(TurnEngine.Table, conversation, TurnEngine.Row, cancellationToken) is { } row && row.ETag == etag)
                {
                    var record = JsonSerializer.Deserialize(row.Body.Span, ConversationJson.Default.ConversationRecord)!;
                    record.Unsent = [];
                    var body = JsonSerializer.SerializeToUtf8Bytes(record, ConversationJson.Default.ConversationRecord);
                    await tables.SubmitAsync(TurnEngine.Table, conversation, [new TableOperation.Replace(TurnEngine.Row, body, etag)], cancellationToken);
                }

                sent.TryRemove(new KeyValuePair<string, string>(conversation, etag));
            }
            catch (StoreConflictException)
            {
                // the next turn wrote first, and its own note follows
                sent.TryRemove(new KeyValuePair<string, string>(conversation, etag));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogOwed(log, e.Message);
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A reply could not be delivered for good: {Reason}")]
    private static partial void LogGone(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Replies stay owed and are sent again later: {Reason}")]
    private static partial void LogOwed(ILogger logger, string reason);
}
