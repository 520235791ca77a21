using System.Text.Json.Serialization;

namespace KeyAccountBot.Operations;

/// <summary>Serialization of what the reconciliation keeps, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ReconciliationState))]
[JsonSerializable(typeof(ReconciliationDue))]
internal sealed partial class ReconciliationJson : JsonSerializerContext;
