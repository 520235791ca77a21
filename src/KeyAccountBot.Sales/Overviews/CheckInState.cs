using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Overviews;

/// <summary>How long the rep has said nothing of an opportunity, and by when they are expected to.</summary>
/// <param name="LastOn">When they last said where it stands, local date of the owner.</param>
/// <param name="DaysSilent">How many days ago that is.</param>
/// <param name="Every">Business days within which a word is expected in its stage.</param>
/// <param name="DueOn">From this local date on it is missed.</param>
/// <param name="IsMissed">Whether that has come.</param>
public sealed record CheckInState(DateOnly LastOn, int DaysSilent, int Every, DateOnly DueOn, bool IsMissed)
{
    /// <summary>The state at a moment; <c>null</c> for what is not open: nobody is expected to speak of it. Pure.</summary>
    public static CheckInState? Of(Opportunity opportunity, Playbook playbook, Company company, DateTimeOffset now)
    {
        var calendar = FollowUpPolicy.CalendarOf(company.Find(opportunity.Facts.Owner), playbook.FollowUps);
        if (!opportunity.IsOpen)
        {
            return null;
        }

        var since = new Situation(opportunity, null, false, playbook, company, calendar).SilentTooLongFrom;
        var (last, today) = (calendar.DateAt(opportunity.Facts.LastCheckInAt), calendar.DateAt(now));
        return new CheckInState(
            last, today.DayNumber - last.DayNumber, playbook.Find(opportunity.Facts.Stage)?.CheckInEvery ?? playbook.Stages.Min(s => s.CheckInEvery), calendar.DateAt(since), since <= now);
    }
}
