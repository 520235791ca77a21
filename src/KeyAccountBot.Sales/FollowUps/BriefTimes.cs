using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps;

/// <summary>When the briefs of planned visits go out. Pure.</summary>
public static class BriefTimes
{
    /// <summary>
    /// The briefs still to go out, each with its moment in the owner's working hours before the visit, UTC; one that is late
    /// goes out at once. None for a visit before which the owner does not work any more.
    /// </summary>
    public static IEnumerable<(DueBrief Brief, DateTimeOffset At)> Of(Opportunity opportunity, Playbook playbook, Company company, DateTimeOffset now)
    {
        if (!opportunity.IsOpen || playbook.FollowUps.Brief is not { } time)
        {
            yield break;
        }

        // who stands in for the owner goes there, or knows who does
        var owner = company.StandInFor(opportunity.Facts.Owner)?.Id ?? opportunity.Facts.Owner;
        var calendar = FollowUpPolicy.CalendarOf(company.Find(owner), playbook.FollowUps);
        foreach (var visit in opportunity.Facts.Visits)
        {
            var at = Before(visit.At, time, calendar);
            at = calendar.NextWorkingMoment(at < now ? now : at);
            if (at < visit.At && !opportunity.SentBriefs.Any(b => b.Visit == visit.Id && b.VisitAt == visit.At))
            {
                yield return (new DueBrief(visit.Id, visit.At, owner), at);
            }
        }
    }

    private static DateTimeOffset Before(DateTimeOffset visit, BriefTime time, WorkCalendar calendar) => calendar.PreviousWorkingMoment(time switch
    {
        BriefTime.EveningBefore evening => calendar.At(calendar.DateAt(visit).AddDays(-1), evening.Time),
        BriefTime.MinutesBefore before => visit.AddMinutes(-before.Minutes),
        _ => throw new ArgumentOutOfRangeException(nameof(time), time, null),
    });
}
