using System.Text.Json.Serialization;

namespace KeyAccountBot.Deliveries;

/// <summary>Serialization of what deliveries keep, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AddressRecord))]
[JsonSerializable(typeof(MailboxDay))]
[JsonSerializable(typeof(MailboxLine))]
[JsonSerializable(typeof(DigestDue))]
[JsonSerializable(typeof(WeeklyDigestState))]
[JsonSerializable(typeof(WeeklyDigestDue))]
[JsonSerializable(typeof(OutageRecord))]
[JsonSerializable(typeof(OutageDue))]
[JsonSerializable(typeof(DeadLetter))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
