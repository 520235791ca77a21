using System.Text.Json.Serialization;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Reminders;

/// <summary>How far a personal reminder is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReminderStatus>))]
internal enum ReminderStatus
{
    /// <summary>Its time has not come.</summary>
    Waiting,

    /// <summary>Its person was told, and has not said that it is done.</summary>
    Told,

    /// <summary>It is done, or was taken away.</summary>
    Done,
}

/// <summary>Something a person wants to be reminded of, or that a colleague asks them or answers, a row in their mailbox. Nobody else sees it.</summary>
/// <param name="Text">In their words.</param>
/// <param name="At">When to tell them, UTC; a message for another moment is stale.</param>
/// <param name="Status">How far it is.</param>
/// <param name="AskedAt">When they asked for it, UTC.</param>
/// <param name="Opportunity">What it is about, where they named one.</param>
/// <param name="ClaimedAt">Since when it is being sent, UTC; <c>null</c> while it is not.</param>
/// <param name="Sending">How far its sending is; <c>null</c> before a channel did not take it.</param>
internal sealed record PersonalReminder(
    string Text, DateTimeOffset At, ReminderStatus Status, DateTimeOffset AskedAt, OpportunityId? Opportunity = null, DateTimeOffset? ClaimedAt = null, SendingState? Sending = null)
{
    /// <summary>Who asks it, where it is a colleague's question; <c>null</c> for a reminder of one's own.</summary>
    public PersonId? From { get; init; }

    /// <summary>What <see cref="From"/> answers to a question of this person's; <c>null</c> where it is no answer.</summary>
    public string? Answers { get; init; }

    /// <summary>It is not done yet.</summary>
    [JsonIgnore]
    public bool IsOpen => Status != ReminderStatus.Done;
}

/// <summary>Names a person's reminder.</summary>
/// <param name="Tenant">Of which company.</param>
/// <param name="Person">Whose.</param>
/// <param name="Key">Which, in their mailbox.</param>
internal sealed record ReminderKey(TenantId Tenant, PersonId Person, string Key);

/// <summary>A reminder on the queue.</summary>
/// <param name="Key">Which.</param>
/// <param name="At">The moment it was armed for, UTC.</param>
internal sealed record ReminderDue(ReminderKey Key, DateTimeOffset At);

/// <summary>A reminder on record.</summary>
/// <param name="Key">Which, in its person's mailbox.</param>
/// <param name="Reminder">What it says.</param>
internal sealed record KeptReminder(string Key, PersonalReminder Reminder);

/// <summary>Serialization of reminders, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PersonalReminder))]
[JsonSerializable(typeof(ReminderDue))]
[JsonSerializable(typeof(ReminderPress))]
[JsonSerializable(typeof(AnswerPress))]
internal sealed partial class ReminderJson : JsonSerializerContext;
