using System.Text.Json.Serialization;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Sales;

namespace KeyAccountBot.StandIns;

/// <summary>What a notice about an absence says.</summary>
internal enum NoticeKind
{
    /// <summary>To who stands in: they were named, and may decline.</summary>
    Named,

    /// <summary>To the first above who is there: somebody outside the line was named, which takes a yes.</summary>
    Asked,

    /// <summary>To who named them: they decline.</summary>
    Declined,

    /// <summary>To who named them: those above agree.</summary>
    Agreed,

    /// <summary>To who named them: those above do not agree.</summary>
    Refused,

    /// <summary>To who was away: what was done in their name.</summary>
    WhileAway,
}

/// <summary>Something one person is to be told about an absence; it belongs to no opportunity.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="To">Whom.</param>
/// <param name="Absent">Whose absence.</param>
/// <param name="From">Its first day.</param>
/// <param name="Until">Its last day.</param>
/// <param name="StandIn">Who was named.</param>
/// <param name="By">Who named them, declined, agreed or refused.</param>
internal sealed record Notice(NoticeKind Kind, PersonId To, PersonId Absent, DateOnly From, DateOnly Until, PersonId? StandIn = null, PersonId? By = null);

/// <summary>A notice's row in its reader's mailbox.</summary>
/// <param name="Notice">What.</param>
/// <param name="NotBefore">When it is to go out at the earliest, UTC.</param>
/// <param name="IsFinal">It was sent, or no longer holds.</param>
/// <param name="ClaimedAt">Since when it is being sent, UTC; <c>null</c> while it is not.</param>
/// <param name="Sending">How far its sending is; <c>null</c> before a channel did not take it.</param>
internal sealed record NoticeRecord(Notice Notice, DateTimeOffset NotBefore, bool IsFinal = false, DateTimeOffset? ClaimedAt = null, SendingState? Sending = null);

/// <summary>A notice on the queue.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Person">In whose mailbox.</param>
/// <param name="Key">Its key there.</param>
internal sealed record NoticeDue(TenantId Tenant, PersonId Person, string Key);

/// <summary>Serialization of notices, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(NoticeRecord))]
[JsonSerializable(typeof(NoticeDue))]
[JsonSerializable(typeof(StandInPress))]
internal sealed partial class NoticeJson : JsonSerializerContext;
