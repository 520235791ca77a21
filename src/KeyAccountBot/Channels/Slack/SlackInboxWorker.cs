using System.Text.Json;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Channels.Slack;

/// <summary>Works on what Slack told us: each act is a turn of its conversation, and counts once.</summary>
internal sealed class SlackInboxWorker(
    IDelayedQueue queues, TurnEngine turns, DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger<SlackInboxWorker> logger)
    : QueueWorker(SlackInbox.Name, queues, deadLetters, times, clock, signal, logger)
{
    /// <inheritdoc/>
    protected override async Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        if (SlackArrival.Of(JsonSerializer.Deserialize(message.Body.Span, SlackInboxJson.Default.SlackInboxItem)!) is { } arrival)
        {
            await turns.RunAsync(arrival, cancellationToken);
        }

        await Queues.CompleteAsync(message, cancellationToken);
    }
}
