using System.Globalization;
using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
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
        Id = IdOf(activity),
        Turn = $"{activity.ChannelId}~{activity.Conversation?.Id}~{IdOf(activity) ?? Guid.NewGuid().ToString("N")}",
        Locale = activity.Locale,
        IsAmongOthers = activity.IsAmongOthers,
        Message = activity.Type is ActivityTypes.Message or ActivityTypes.MessageUpdate ? activity.Id : null,
        Under = activity is { Type: ActivityTypes.Message, Text.Length: > 0, IsAmongOthers: false, ReplyToId: { Length: > 0 } root } ? new SentMessage(activity.Conversation!.Id!, root) : null,
    };

    /// <summary>The same as a turn of the speaker's personal conversation, which answers it there.</summary>
    public TeamsArrival Aside(string serviceUrl, string conversation)
    {
        var there = Activity with
        {
            Type = ActivityTypes.Message, Id = null, Value = null, ServiceUrl = serviceUrl, Conversation = new ConversationAccount(conversation, "personal", Activity.TenantId),
        };
        return Of(there) with { What = What, Id = Id, Turn = Turn, Message = null, Under = null, IsAside = true };
    }

    // each change of a message comes under the message's own id
    private static string? IdOf(Activity activity) => activity is { Type: ActivityTypes.MessageUpdate, Id: { } id }
        ? string.Create(CultureInfo.InvariantCulture, $"{id}~{activity.Timestamp?.UtcTicks ?? activity.Text?.Length ?? 0}")
        : activity.Id;

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
        var said = words is null ? "" : Marks.Without(words).Trim();
        return activity.Type == ActivityTypes.MessageUpdate ? new Incoming.Edited(said) : new Incoming.Said(said) { With = AttachedOf(activity) };
    }

    // a file that was picked comes with its address in the company's own store; a picture's address is the connector's and opens for nobody else.
    // What is typed comes as HTML, too
    private static Attached? AttachedOf(Activity activity) =>
        activity.Attachments?.FirstOrDefault(a => a is { ContentType: { } type } && !type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("application/vnd.microsoft.card", StringComparison.OrdinalIgnoreCase)) is not { } first ? null
        : first.ContentType == FileDownload ? Attached.Of(null, first.ContentUrl)
        : Attached.Of(first.ContentType, null);

    private const string FileDownload = "application/vnd.microsoft.teams.file.download.info";
}
