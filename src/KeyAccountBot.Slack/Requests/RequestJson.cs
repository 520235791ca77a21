using System.Text.Json.Serialization;

namespace KeyAccountBot.Slack.Requests;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(InteractionPayload))]
[JsonSerializable(typeof(EventPayload))]
internal sealed partial class RequestJson : JsonSerializerContext;

internal sealed record InteractionPayload(
    string? Type,
    InteractionUser? User,
    InteractionTeam? Team,
    IdOnly? Channel,
    InteractionMessage? Message,
    InteractionContainer? Container,
    List<ActionPayload>? Actions,
    string? TriggerId,
    string? ResponseUrl,
    IdOnly? Enterprise = null);

internal sealed record InteractionUser(string? Id, string? Username, string? Name, string? TeamId);

internal sealed record InteractionTeam(string? Id, string? EnterpriseId);

internal sealed record IdOnly(string? Id);

internal sealed record InteractionMessage(string? Ts, string? ThreadTs = null);

internal sealed record InteractionContainer(string? MessageTs, string? ChannelId, string? ThreadTs = null);

internal sealed record ActionPayload(string? ActionId, string? BlockId, string? Value, string? ActionTs, SelectedOptionPayload? SelectedOption, string? SelectedDate);

internal sealed record SelectedOptionPayload(string? Value);

internal sealed record EventPayload(string? Type, string? Challenge, string? EventId, string? TeamId, EventBody? Event, string? EnterpriseId = null);

internal sealed record EventBody(
    string? Type, string? Subtype, string? ChannelType, string? Channel, string? User, string? Text, string? Ts, string? ThreadTs, string? BotId,
    string? Team = null, string? UserTeam = null, string? SourceTeam = null, ChangedBody? Message = null, ChangedBody? PreviousMessage = null, IReadOnlyList<FileBody?>? Files = null);

internal sealed record FileBody(string? Mimetype, string? Permalink);

internal sealed record ChangedBody(string? User, string? Text, string? Ts, string? ThreadTs, string? BotId);
