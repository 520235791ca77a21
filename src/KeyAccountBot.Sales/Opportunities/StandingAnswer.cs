using System.Text.Json.Serialization;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>What one person answered last to a follow-up, and whom that quiets.</summary>
/// <param name="By">Who answered.</param>
/// <param name="Answer">What.</param>
/// <param name="QuietUntil">Until when it quiets, UTC; <c>null</c> for good.</param>
/// <param name="Note">What they said with it.</param>
/// <param name="IsOwners">It is the owner's word, or that of who stands in for them: it quiets their own reminder and nothing above it.</param>
/// <param name="Reach">Up to whose step a snooze quiets; <c>null</c> for every step.</param>
public sealed record StandingAnswer(
    PersonId? By, FollowUpAnswer Answer, DateTimeOffset? QuietUntil, string? Note = null, bool IsOwners = false, Role? Reach = null)
{
    /// <summary>Whether it quiets a step: the owner's word only the reminder, a snooze up to its giver's own step, anything else every step.</summary>
    /// <param name="level">Whose step it is: the rep's for the owner, else the role it is meant for.</param>
    /// <param name="reader">Who would hear; <c>null</c> for a room or nobody.</param>
    public bool Quiets(Role level, PersonId? reader) =>
        IsOwners ? level == Role.Rep
        : Answer != FollowUpAnswer.Snooze || Reach is not { } reach || level <= reach || (reader is { } who && who == By);

    /// <summary>Until when it quiets, UTC; the end of time for what is said for good.</summary>
    [JsonIgnore]
    public DateTimeOffset Until => QuietUntil ?? DateTimeOffset.MaxValue;
}
