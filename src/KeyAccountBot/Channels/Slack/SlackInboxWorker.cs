using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Slack.Requests;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Channels.Slack;

/// <summary>What the inbox needs of Slack.</summary>
internal interface ISlackWorkspace
{
    /// <summary>Whether something comes from our own workspace; <c>null</c>, kept before workspaces were told, does where its user is a member.</summary>
    Task<bool> IsOursAsync(SlackOrigin? origin, CancellationToken cancellationToken);

    /// <summary>A full member of our own workspace; <c>null</c> for anybody else: a guest, a bot, a user of another workspace.</summary>
    Task<SlackMember?> MemberAsync(string user, CancellationToken cancellationToken);
}

/// <summary>A full member of our own workspace.</summary>
/// <param name="Email">Their address, where they have shown that it is theirs and Slack tells it.</param>
internal sealed record SlackMember(string? Email);

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
