using System.Text.Json;
using System.Text.Json.Serialization;

namespace KeyAccountBot.BotFramework.Schema;

/// <summary>One thing said or done in a conversation, as the Bot Connector sends and takes it (Bot Framework Activity schema).</summary>
/// <remarks>Only the members this bot reads or writes; ids are opaque and never parsed.</remarks>
public sealed record Activity
{
    /// <summary>One of <see cref="ActivityTypes"/>, or a type this bot does not know.</summary>
    public string Type { get; init; } = "";

    /// <summary>Given by the channel; the same id means the same activity delivered again.</summary>
    public string? Id { get; init; }

    /// <summary>When the channel took it, UTC.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Where replies go; trusted only when the validated token names it.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>For example <c>msteams</c>; see <see cref="ChannelIds"/>.</summary>
    public string? ChannelId { get; init; }

    /// <summary>Who sent it.</summary>
    public ChannelAccount? From { get; init; }

    /// <summary>Where it was said.</summary>
    public ConversationAccount? Conversation { get; init; }

    /// <summary>To whom it was sent.</summary>
    public ChannelAccount? Recipient { get; init; }

    /// <summary>What was said; absent for a card's submission.</summary>
    public string? Text { get; init; }

    /// <summary><c>plain</c>, <c>markdown</c> or <c>xml</c>.</summary>
    public string? TextFormat { get; init; }

    /// <summary>What a notification shows instead of a card.</summary>
    public string? Summary { get; init; }

    /// <summary>The sender's language, for example <c>zh-CN</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>The sender's time zone, an IANA name, where the channel tells it.</summary>
    public string? LocalTimezone { get; init; }

    /// <summary>Cards and files.</summary>
    public IReadOnlyList<Attachment>? Attachments { get; init; }

    /// <summary>Buttons under the message; shown once.</summary>
    public SuggestedActions? SuggestedActions { get; init; }

    /// <summary>Mentions and client information, by their <c>type</c>.</summary>
    public IReadOnlyList<JsonElement>? Entities { get; init; }

    /// <summary>What the channel adds for itself; in Teams <c>tenant.id</c> among others.</summary>
    public JsonElement? ChannelData { get; init; }

    /// <summary>A card's submitted data, or an invoke's argument.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>An invoke's name, for example <c>adaptiveCard/action</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The activity this one answers.</summary>
    public string? ReplyToId { get; init; }

    /// <summary>For <c>installationUpdate</c>: <c>add</c> or <c>remove</c>.</summary>
    public string? Action { get; init; }

    /// <summary>For <c>conversationUpdate</c>: who came.</summary>
    public IReadOnlyList<ChannelAccount>? MembersAdded { get; init; }

    /// <summary>For <c>conversationUpdate</c>: who left.</summary>
    public IReadOnlyList<ChannelAccount>? MembersRemoved { get; init; }

    /// <summary>The customer's Entra tenant, from wherever the channel tells it; <c>null</c> where it does not.</summary>
    [JsonIgnore]
    public string? TenantId => Conversation?.TenantId is { Length: > 0 } tenant ? tenant : ChannelTenantId;

    /// <summary>The tenant that <see cref="ChannelData"/> names; <c>null</c> where it names none. It should be the conversation's.</summary>
    [JsonIgnore]
    public string? ChannelTenantId => ChannelData is { ValueKind: JsonValueKind.Object } data
        && data.TryGetProperty("tenant", out var named) && named.ValueKind == JsonValueKind.Object
        && named.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 } given ? given
        : null;

    /// <summary>What happened to the message, as Teams tells it in <see cref="ChannelData"/>: <c>editMessage</c>; <c>null</c> where it does not.</summary>
    [JsonIgnore]
    public string? EventType => ChannelData is { ValueKind: JsonValueKind.Object } data
        && data.TryGetProperty("eventType", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    /// <summary>Others than the sender read here: a group chat, or a thread of a channel.</summary>
    [JsonIgnore]
    public bool IsAmongOthers => Conversation is { ConversationType: "groupChat" or "channel" } or { IsGroup: true };

    /// <summary>A message with this text.</summary>
    public static Activity Message(string text) => new() { Type = ActivityTypes.Message, Text = text };
}

/// <summary>The activity types this bot handles.</summary>
public static class ActivityTypes
{
    /// <summary>Somebody said something.</summary>
    public const string Message = "message";

    /// <summary>Somebody changed what they said.</summary>
    public const string MessageUpdate = "messageUpdate";

    /// <summary>Members came or went.</summary>
    public const string ConversationUpdate = "conversationUpdate";

    /// <summary>The bot was installed or removed.</summary>
    public const string InstallationUpdate = "installationUpdate";

    /// <summary>A call that wants an answer in the HTTP response.</summary>
    public const string Invoke = "invoke";

    /// <summary>A reaction to one of our messages.</summary>
    public const string MessageReaction = "messageReaction";

    /// <summary>The bot is writing.</summary>
    public const string Typing = "typing";
}

/// <summary>The channels this bot knows by name.</summary>
public static class ChannelIds
{
    /// <summary>Microsoft Teams.</summary>
    public const string Teams = "msteams";

    /// <summary>Slack, spoken directly (not through the Bot Connector).</summary>
    public const string Slack = "slack";
}

/// <summary>A user or a bot on a channel.</summary>
/// <param name="Id">Opaque, unique within the channel.</param>
/// <param name="Name">As shown.</param>
/// <param name="AadObjectId">The Entra object id where the channel gives one; opaque, it need not be a GUID.</param>
/// <param name="Email">Given by the members endpoint only.</param>
/// <param name="UserPrincipalName">Given by the members endpoint only.</param>
/// <param name="Role"><c>user</c> or <c>bot</c>.</param>
/// <param name="TenantId">Given by the members endpoint only.</param>
public sealed record ChannelAccount(
    string? Id,
    string? Name = null,
    string? AadObjectId = null,
    string? Email = null,
    string? UserPrincipalName = null,
    string? Role = null,
    string? TenantId = null);

/// <summary>A conversation on a channel.</summary>
/// <param name="Id">Opaque; in a Teams channel it carries <c>;messageid=</c> and names the thread.</param>
/// <param name="ConversationType"><c>personal</c>, <c>groupChat</c> or <c>channel</c>.</param>
/// <param name="TenantId">The customer's Entra tenant.</param>
/// <param name="IsGroup">More than one user.</param>
/// <param name="Name">As shown.</param>
public sealed record ConversationAccount(
    string? Id,
    string? ConversationType = null,
    string? TenantId = null,
    bool? IsGroup = null,
    string? Name = null);

/// <summary>A card or file in a message.</summary>
/// <param name="ContentType">For an Adaptive Card <see cref="AdaptiveCard"/>.</param>
/// <param name="Content">The card's document.</param>
/// <param name="ContentUrl">Where a file lies.</param>
/// <param name="Name">A file's name.</param>
public sealed record Attachment(string ContentType, JsonElement? Content = null, string? ContentUrl = null, string? Name = null)
{
    /// <summary>The content type of an Adaptive Card.</summary>
    public const string AdaptiveCard = "application/vnd.microsoft.card.adaptive";
}

/// <summary>Buttons under a message that vanish once one is pressed.</summary>
/// <param name="Actions">In the order shown.</param>
/// <param name="To">Who sees them; empty for everyone.</param>
public sealed record SuggestedActions(IReadOnlyList<CardAction> Actions, IReadOnlyList<string>? To = null);

/// <summary>A button.</summary>
/// <param name="Type"><c>imBack</c>: pressing says <paramref name="Value"/> in the conversation.</param>
/// <param name="Title">As shown.</param>
/// <param name="Value">What is said.</param>
public sealed record CardAction(string Type, string Title, string Value);

/// <summary>The connector's answer to a created activity or conversation.</summary>
/// <param name="Id">Keep it: updating a card needs it.</param>
public sealed record ResourceResponse(string? Id);

/// <summary>What a bot answers to an <c>adaptiveCard/action</c> invoke, in the HTTP response's body.</summary>
/// <param name="StatusCode">200 where the action was handled.</param>
/// <param name="Type">The content type of <paramref name="Value"/>.</param>
/// <param name="Value">A card that replaces the pressed one, or a message shown briefly.</param>
public sealed record AdaptiveCardInvokeResponse(int StatusCode, string Type, JsonElement? Value)
{
    /// <summary>The type of a plain message.</summary>
    public const string MessageType = "application/vnd.microsoft.activity.message";
}

/// <summary>Serialization of the wire, generated at build time: camelCase, absent members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(Activity))]
[JsonSerializable(typeof(ResourceResponse))]
[JsonSerializable(typeof(ChannelAccount))]
[JsonSerializable(typeof(IReadOnlyList<ChannelAccount>))]
[JsonSerializable(typeof(AdaptiveCardInvokeResponse))]
public sealed partial class ActivityJson : JsonSerializerContext;
