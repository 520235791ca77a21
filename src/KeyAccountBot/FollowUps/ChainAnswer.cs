using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.FollowUps;

/// <summary>What somebody answers to a follow-up, and what they say with it.</summary>
/// <param name="Answer">What.</param>
/// <param name="Days">For so many business days; <c>null</c> where nothing is said.</param>
/// <param name="Until">Until this local date of theirs; <c>null</c> where nothing is said.</param>
/// <param name="Note">Why it is not an issue, or what the rep is asked.</param>
/// <param name="To">The colleague who is to look after it.</param>
/// <param name="Time">It is about more time than the owner may take, a snooze that is asked for, allowed or not.</param>
internal sealed record ChainAnswer(
    FollowUpAnswer Answer, int? Days = null, DateOnly? Until = null, string? Note = null, PersonId? To = null, TimeWord? Time = null)
{
    /// <summary>The most characters of a reason or a question; what comes longer is cut.</summary>
    public const int LongestNote = 250;

    /// <summary>An answer with nothing said beside it.</summary>
    public static implicit operator ChainAnswer(FollowUpAnswer answer) => new(answer);

    /// <summary>Whether the date has come: it must be a later day.</summary>
    public bool IsPast(DateOnly today) => Until <= today;

    /// <summary>Whether it asks for more quiet than its giver may.</summary>
    public bool IsTooLong(AnswerAuthority authority, FollowUpSettings settings, WorkCalendar calendar, DateOnly today) =>
        Answer is FollowUpAnswer.Snooze or FollowUpAnswer.TakeIt
        && (Until > authority.LongestDay(settings, calendar, today) || Days > authority.LongestDays(settings));

    /// <summary>Until when it quiets, UTC; <c>null</c> for good.</summary>
    public DateTimeOffset? QuietUntil(AnswerAuthority authority, FollowUpSettings settings, WorkCalendar calendar, DateTimeOffset now) => this switch
    {
        { Answer: FollowUpAnswer.NotAnIssue } => null,
        { Answer: FollowUpAnswer.Snooze, Until: null, Days: null } => calendar.AddBusinessDays(now, Math.Min(settings.SnoozeDays, authority.LongestDays(settings))),
        { Until: { } date } => FollowUpPolicy.QuietUntil(date, calendar),
        { Days: > 0 and var days } => calendar.AddBusinessDays(now, days),
        _ => FollowUpPolicy.QuietUntil(Answer, settings, calendar, now),
    };

    /// <summary>Words as they are kept; <c>null</c> for none.</summary>
    public static string? NoteOf(string? words) => words?.Trim() is { Length: > 0 } said ? said[..Math.Min(said.Length, LongestNote)] : null;
}
