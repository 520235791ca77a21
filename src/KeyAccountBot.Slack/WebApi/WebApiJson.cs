using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.Slack.BlockKit;

namespace KeyAccountBot.Slack.WebApi;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(ButtonStyleConverter)])]
[JsonSerializable(typeof(ChatBody))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(EphemeralBody))]
[JsonSerializable(typeof(ChatAnswer))]
[JsonSerializable(typeof(OpenBody))]
[JsonSerializable(typeof(OpenAnswer))]
[JsonSerializable(typeof(UserAnswer))]
[JsonSerializable(typeof(AuthBody))]
[JsonSerializable(typeof(AuthAnswer))]
internal sealed partial class WebApiJson : JsonSerializerContext;

internal interface ISlackAnswer
{
    bool Ok { get; }

    string? Error { get; }
}

internal sealed record ChatBody(string Channel, string Text, IReadOnlyList<Block> Blocks, string? ThreadTs = null, string? Ts = null)
{
    // addresses, #channels and @names in the text are words, no links
    public string Parse { get; } = "none";
}

internal sealed record EphemeralBody(string Channel, string User, string Text, IReadOnlyList<Block>? Blocks)
{
    public string Parse { get; } = "none";
}

internal sealed record ChatAnswer(bool Ok, string? Error, string? Channel, string? Ts) : ISlackAnswer;

internal sealed record OpenBody(string Users);

internal sealed record OpenAnswer(bool Ok, string? Error, OpenedChannel? Channel) : ISlackAnswer;

internal sealed record OpenedChannel(string? Id);

internal sealed record UserAnswer(bool Ok, string? Error, UserBody? User) : ISlackAnswer;

internal sealed record UserBody(
    string? Id, string? Name, string? RealName, string? Tz, bool Deleted, bool IsBot, UserProfile? Profile,
    string? TeamId = null, bool IsRestricted = false, bool IsUltraRestricted = false, bool IsStranger = false,
    bool IsWorkflowBot = false, bool IsConnectorBot = false, bool? IsEmailConfirmed = null, EnterpriseUser? EnterpriseUser = null);

internal sealed record EnterpriseUser(string? EnterpriseId, IReadOnlyList<string>? Teams);

internal sealed record UserProfile(string? Email);

internal sealed record AuthBody;

internal sealed record AuthAnswer(bool Ok, string? Error, string? TeamId, string? Team, string? UserId, string? BotId,
    string? EnterpriseId = null, bool IsEnterpriseInstall = false) : ISlackAnswer;
