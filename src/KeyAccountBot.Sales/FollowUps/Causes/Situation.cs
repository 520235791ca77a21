using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps.Causes;

/// <summary>What the causes look at to say since when they are due.</summary>
/// <param name="opportunity">As it stands.</param>
/// <param name="account">Its customer; <c>null</c> where there is none on record, or it was not read.</param>
/// <param name="isAccountRead">Whether the customer's record was read; otherwise what depends on it may be there.</param>
/// <param name="playbook">The settings.</param>
/// <param name="company">Our people.</param>
/// <param name="calendar">The owner's.</param>
public sealed class Situation(Opportunity opportunity, Account? account, bool isAccountRead, Playbook playbook, Company company, WorkCalendar calendar)
{
    private IReadOnlyList<CoverageGap>? gaps;

    /// <summary>The opportunity.</summary>
    public Opportunity Opportunity => opportunity;

    /// <summary>What is known of it.</summary>
    public OpportunityFacts Facts => opportunity.Facts;

    /// <summary>The settings.</summary>
    public Playbook Playbook => playbook;

    /// <summary>The owner's days and hours.</summary>
    public WorkCalendar Calendar => calendar;

    /// <summary>Where it stands; <c>null</c> where the playbook does not know that stage: then only what a stage alone says is unknown.</summary>
    public Stage? Stage { get; } = playbook.Find(opportunity.Facts.Stage);

    /// <summary>When work begins, so many business days after an instant, UTC.</summary>
    public DateTimeOffset After(DateTimeOffset instant, int days) => calendar.StartOfWork(calendar.AddBusinessDays(calendar.DateAt(instant), days));

    /// <summary>When work begins on a day, or on the next business day where that is none, UTC.</summary>
    public DateTimeOffset WorkOn(DateOnly day) => calendar.StartOfWork(calendar.AddBusinessDays(day, 0));

    /// <summary>From when on the rep has said nothing for too long, UTC: after the stage's days of silence, or the shortest of all stages where the playbook does not know the stage.</summary>
    public DateTimeOffset SilentTooLongFrom => After(Facts.LastCheckInAt, Stage?.CheckInEvery ?? playbook.Stages.Min(s => s.CheckInEvery));

    /// <summary>Whether it is in a stage or past it, and not won.</summary>
    public bool IsWantedFrom(StageId stage) => playbook.NumberOf(Facts.Stage) >= playbook.NumberOf(stage) && Facts.WonAt is null;

    /// <summary>Whether the customer's coverage has such a gap, or may have it since its record was not read.</summary>
    public bool MayHave(Func<CoverageGap, bool> gap)
    {
        if (!isAccountRead)
        {
            return true;
        }

        // who is missing depends on no day: how fresh a touch is does not count here
        gaps ??= CoverageGaps.Of(opportunity, account, company, playbook, calendar.DateAt(Facts.StageEnteredAt));
        return gaps.Any(gap);
    }
}
