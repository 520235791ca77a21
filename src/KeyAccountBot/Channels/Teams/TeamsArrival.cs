using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;

namespace KeyAccountBot.Channels.Teams;

/// <summary>An activity of the Bot Connector that begins a turn.</summary>
/// <param name="Activity">As it came, its caller authenticated.</param>
/// <param name="What">What is said or done with it.</param>
internal sealed record TeamsArrival(Activity Activity, Incoming What)
    : Arrival(ChannelIds.Teams, Activity.ChannelId ?? "", KeyOf(Activity), Activity.From!.Id!, What)
{
    /// <summary>The arrival of an activity.</summary>
    public static TeamsArrival Of(Activity activity) => new(activity, Read(activity))
    {
        Id = activity.Id,
        Turn = $"{activity.ChannelId}~{activity.Conversation?.Id}~{activity.Id ?? Guid.NewGuid().ToString("N")}",
        Locale = activity.Locale,
        IsAmongOthers = activity.IsAmongOthers,
    };

    /// <summary>The partition of a conversation. Among others each has one of their own: nobody answers what another was asked.</summary>
    public static string KeyOf(Activity activity) =>
        RowKeys.Escape(activity.ChannelId ?? "") + "|" + RowKeys.Escape(activity.Conversation!.Id!)
        + (activity.IsAmongOthers ? "|" + RowKeys.Escape(activity.From!.Id!) : "");

    private static Incoming Read(Activity activity)
    {
        if (activity.Type is ActivityTypes.ConversationUpdate or ActivityTypes.InstallationUpdate)
        {
            return new Incoming.Joined();
        }

        if (activity is { Type: ActivityTypes.Invoke, Value: { ValueKind: JsonValueKind.Object } value }
            && value.TryGetProperty("action", out var action) && action.ValueKind == JsonValueKind.Object
            && action.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object)
        {
            return new Incoming.Pressed(Incoming.TextOf(action, "verb") ?? Incoming.TextOf(data, "verb") ?? "", Incoming.Unmarked(data));
        }

        // a client that knows no Action.Execute submits the data with the verb among it
        if (activity.Value is { ValueKind: JsonValueKind.Object } submitted && string.IsNullOrWhiteSpace(activity.Text))
        {
            return new Incoming.Pressed(Incoming.TextOf(submitted, "verb") ?? "", Incoming.Unmarked(submitted));
        }

        var words = Mentions.WithoutMentionOf(activity, activity.Recipient?.Id ?? "");
        return new Incoming.Said(words is null ? "" : Marks.Without(words).Trim());
    }
}
