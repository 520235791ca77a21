using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.Slack.BlockKit;
using KeyAccountBot.Slack.Requests;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Channels.Slack;

/// <summary>What Slack told us and we have yet to work on: only what the work needs.</summary>
/// <param name="Type"><see cref="Pressed"/>, <see cref="Written"/> or <see cref="Changed"/>.</param>
/// <param name="RepeatKey">The same for every delivery of one act.</param>
/// <param name="User">Who acted.</param>
/// <param name="Channel">Where.</param>
/// <param name="Action">The pressed element's <c>action_id</c>.</param>
/// <param name="Value">What the press carries, or the words that were written.</param>
/// <param name="Message">The pressed or written message.</param>
/// <param name="Block">The <c>block_id</c> of the row it stands in.</param>
/// <param name="Choice">What was chosen from a list, or the day chosen in a calendar.</param>
/// <param name="Origin">Which workspace it names; an item that an earlier version kept has none.</param>
/// <param name="Thread">The message that the thread stands under; <c>null</c> outside threads.</param>
/// <param name="File">A file that was sent along; <c>null</c> for none.</param>
internal sealed record SlackInboxItem(
    string Type, string RepeatKey, string User, string? Channel, string? Action = null, string? Value = null, string? Message = null,
    string? Block = null, string? Choice = null, SlackOrigin? Origin = null, string? Thread = null, SlackFile? File = null)
{
    /// <summary>Somebody pressed something.</summary>
    public const string Pressed = "pressed";

    /// <summary>Somebody wrote to us directly.</summary>
    public const string Written = "written";

    /// <summary>Somebody changed what they wrote to us directly.</summary>
    public const string Changed = "changed";

    /// <summary>A press.</summary>
    public static SlackInboxItem Of(Interaction interaction)
    {
        var used = interaction.Actions[0];
        return new(
            Pressed, interaction.RepeatKey, interaction.UserId, interaction.ChannelId, used.ActionId, used.Value, interaction.MessageTs, used.BlockId,
            used.SelectedOption ?? used.SelectedDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), interaction.Origin, interaction.ThreadTs);
    }

    /// <summary>An event; <c>null</c> for one that is of no concern.</summary>
    public static SlackInboxItem? Of(EventEnvelope.Callback callback) =>
        callback.Event.IsDirectMessageFromPerson ? new(
            Written, callback.RepeatKey, callback.Event.User!, callback.Event.Channel, Value: Mrkdwn.Unescape(callback.Event.Text!), Message: callback.Event.Ts,
            Origin: callback.Origin, Thread: callback.Event.ThreadTs, File: callback.Event.File)
        : callback.Event is { IsChangedDirectMessage: true, Changed: { } changed } ? new(
            Changed, callback.RepeatKey, changed.User, callback.Event.Channel, Value: Mrkdwn.Unescape(changed.Text), Message: changed.Ts,
            Origin: callback.Origin, Thread: changed.ThreadTs)
        : null;
}

/// <summary>Keeps what Slack told us on a durable queue, so that it can be answered at once and is never lost.</summary>
internal sealed class SlackInbox(IDelayedQueue queues, TimeProvider clock)
{
    /// <summary>The queue.</summary>
    public const string Name = "slack-inbox";

    /// <summary>Keeps an item; when this returns it is on disk.</summary>
    public ValueTask KeepAsync(SlackInboxItem item, CancellationToken cancellationToken) =>
        queues.SendAsync(Name, JsonSerializer.SerializeToUtf8Bytes(item, SlackInboxJson.Default.SlackInboxItem), clock.GetUtcNow(), cancellationToken);
}

/// <summary>Serialization of the inbox, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SlackInboxItem))]
[JsonSerializable(typeof(SlackChallenge))]
internal sealed partial class SlackInboxJson : JsonSerializerContext;

/// <summary>The answer to Slack's question whether an address is ours.</summary>
/// <param name="Challenge">As Slack sent it.</param>
internal sealed record SlackChallenge(string Challenge);
