using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.FollowUps;

/// <summary>What somebody answers to a follow-up, and what they say with it.</summary>
/// <param name="Answer">What.</param>
/// <param name="Days">For so many business days; <c>null</c> where nothing is said.</param>
/// <param name="Until">Until this local date of theirs; <c>null</c> where nothing is said.</param>
/// <param name="Note">Why it is not an issue, or what the rep is asked.</param>
/// <param name="To">The colleague who is to look after it.</param>
internal sealed record ChainAnswer(FollowUpAnswer Answer, int? Days = null, DateOnly? Until = null, string? Note = null, PersonId? To = null)
{
    /// <summary>The most characters of a reason or a question; what comes longer is cut.</summary>
    public const int LongestNote = 250;

    /// <summary>The most days that an answer may ask for quiet: what is quiet for longer is lost, not resting.</summary>
    public const int LongestQuiet = 366;

    /// <summary>An answer with nothing said beside it.</summary>
    public static implicit operator ChainAnswer(FollowUpAnswer answer) => new(answer);

    /// <summary>Whether the date has passed: who takes it may say today, who wants quiet must name a later day.</summary>
    public bool IsPast(DateOnly today) => Until is { } date && (Answer == FollowUpAnswer.TakeIt ? date < today : date <= today);

    /// <summary>Whether it asks for more quiet than anybody may ask for.</summary>
    public bool IsTooLong(DateOnly today) => Until > today.AddDays(LongestQuiet) || Days > LongestQuiet;

    /// <summary>Until when the chain rests, UTC; <c>null</c> for good.</summary>
    public DateTimeOffset? QuietUntil(FollowUpSettings settings, WorkCalendar calendar, DateTimeOffset now) => this switch
    {
        { Answer: FollowUpAnswer.NotAnIssue } => null,
        { Until: { } date } => FollowUpPolicy.QuietUntil(Answer, date, calendar),
        { Days: > 0 and var days } => calendar.AddBusinessDays(now, days),
        _ => FollowUpPolicy.QuietUntil(Answer, settings, calendar, now),
    };

    /// <summary>Words as they are kept; <c>null</c> for none.</summary>
    public static string? NoteOf(string? words) => words?.Trim() is { Length: > 0 } said ? said[..Math.Min(said.Length, LongestNote)] : null;
}
