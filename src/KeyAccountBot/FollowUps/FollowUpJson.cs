using System.Text.Json.Serialization;
using KeyAccountBot.Sales;

namespace KeyAccountBot.FollowUps;

/// <summary>A chain whose sent messages are to show its answer.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Opportunity">Which.</param>
/// <param name="Chain">Which of its chains.</param>
internal sealed record ChainAnswered(TenantId Tenant, OpportunityId Opportunity, string Chain);

/// <summary>Serialization of what follow-ups send and keep, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(FollowUpPress))]
[JsonSerializable(typeof(ReplyPress))]
[JsonSerializable(typeof(ChainAnswered))]
internal sealed partial class FollowUpJson : JsonSerializerContext;
