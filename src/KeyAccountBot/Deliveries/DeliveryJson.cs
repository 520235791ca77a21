using System.Text.Json.Serialization;

namespace KeyAccountBot.Deliveries;

/// <summary>Serialization of what deliveries keep, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AddressRecord))]
[JsonSerializable(typeof(MailboxDay))]
[JsonSerializable(typeof(DigestDue))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
