using System.Text.Json.Serialization;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Sales.FollowUps;

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
    /// <param name="level">Whose step it is, as <see cref="StepReaders"/> finds it.</param>
    /// <param name="reader">Who would hear; <c>null</c> for a room or nobody.</param>
    public bool Quiets(Role level, PersonId? reader) =>
        IsOwners ? level == Role.Rep
        : Answer != FollowUpAnswer.Snooze || Reach is not { } reach || level <= reach || (reader is { } who && who == By);

    /// <summary>Until when it quiets, UTC; the end of time for what is said for good.</summary>
    [JsonIgnore]
    public DateTimeOffset Until => QuietUntil ?? DateTimeOffset.MaxValue;
}

/// <summary>The owner asked for more time than is theirs to take.</summary>
/// <param name="By">Who asked: the owner, or who stands in for them.</param>
/// <param name="Until">Until when, UTC.</param>
/// <param name="Of">Who is asked.</param>
/// <param name="Allowed">Whether it was allowed; <c>null</c> while nobody has said.</param>
/// <param name="AnsweredBy">Who said so.</param>
public sealed record TimeAsked(PersonId? By, DateTimeOffset Until, PersonId Of, bool? Allowed = null, PersonId? AnsweredBy = null)
{
    /// <summary>Nobody has said yes or no.</summary>
    [JsonIgnore]
    public bool IsOpen => Allowed is null;
}
