using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.Playbooks;
using static KeyAccountBot.Sales.Opportunities.OpportunityEvent;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>What rests: since when, and on which day it is looked at again. Pure.</summary>
public static class Holds
{
    /// <summary>The last day that may be named for looking at it again.</summary>
    public static DateOnly Latest(FollowUpSettings settings, DateOnly today) => today.AddDays(settings.LongestHoldDays);

    /// <summary>Since when it is on hold, UTC; where that was not kept, since it was last spoken of.</summary>
    public static DateTimeOffset Since(OpportunityFacts facts) => facts.HeldSince ?? facts.LastCheckInAt;

    /// <summary>The local day on which it is looked at again; where nobody named one, the last that might have been named.</summary>
    public static DateOnly LookAgainOn(OpportunityFacts facts, FollowUpSettings settings, WorkCalendar calendar) =>
        facts.HeldUntil ?? Latest(settings, calendar.DateAt(Since(facts)));

    internal static OpportunityFacts Evolve(OpportunityFacts facts, PutOnHold hold, DateTimeOffset at)
    {
        var prolongs = facts.Status == OpportunityStatus.OnHold;
        return facts with
        {
            Status = OpportunityStatus.OnHold,
            StatusReason = hold.Reason,
            HeldSince = prolongs ? Since(facts) : at,
            HeldUntil = hold.Until,
            HoldsProlonged = prolongs ? facts.HoldsProlonged + 1 : 0,
        };
    }
}
