using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps;

/// <summary>Why a weekly digest looks at an opportunity.</summary>
public enum DigestLook
{
    /// <summary>There is nothing to tell of it, whatever its record says.</summary>
    None,

    /// <summary>It moved within the week, or something is expected of it.</summary>
    News,

    /// <summary>Something may be due, or nobody knows.</summary>
    Late,

    /// <summary>Only its customer's coverage may be worth a line.</summary>
    Coverage,
}

/// <summary>
/// What a line of a list keeps so that a weekly digest need not read the record of an opportunity that is on its way. It may say
/// that something is due too early, never too late: whose calendar counts is not known here. Pure.
/// </summary>
/// <param name="MovedAt">When it last came, moved, was won or ended, UTC.</param>
/// <param name="DueFrom">Nothing is due before this, UTC; <c>null</c> for never.</param>
/// <param name="NextStepOn">The promised next step's local date.</param>
/// <param name="IsDated">A visit or a tender's deadline is ahead.</param>
public sealed record DigestTimes(DateTimeOffset MovedAt, DateTimeOffset? DueFrom, DateOnly? NextStepOn, bool IsDated)
{
    private static readonly TimeSpan AWeek = TimeSpan.FromDays(7);
    private static readonly TimeSpan ADay = TimeSpan.FromDays(1);

    // no holiday and no day off, so nobody's own calendar makes anything due sooner by more than their time zone
    private static readonly WorkCalendar EveryDay = new("Etc/UTC", TimeOnly.MinValue, new TimeOnly(23, 59), WorkingDays.All);

    /// <summary>The times of an opportunity as it stands, by the playbook of today.</summary>
    public static DigestTimes Of(Opportunity opportunity, Playbook playbook)
    {
        var facts = opportunity.Facts;
        var moved = facts.StageEnteredAt;
        foreach (var later in new[] { facts.LastMilestoneAt, facts.WonAt, facts.ClosedOn is { } closed ? new DateTimeOffset(closed.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) + ADay : null })
        {
            moved = later > moved ? later.Value : moved;
        }

        DateTimeOffset? due = null;
        foreach (var cause in FollowUpCauses.Of(opportunity, KnownCustomer.NotRead, playbook, Company.Empty, EveryDay))
        {
            // what only the customer's record tells is looked for with its coverage
            due = cause.IsCertain && !(due <= cause.Since) ? cause.Since : due;
        }

        return new DigestTimes(moved, due - ADay, facts.NextStep?.Due, facts.Visits.Count > 0 || facts.BidBranch is BidBranch.Bid);
    }

    /// <summary>Whether these times, kept earlier, do for an opportunity that has others now: they may have it looked at too early, never too late.</summary>
    public bool DoFor(DigestTimes now) => this with { DueFrom = now.DueFrom } == now && !IsLaterThan(now);

    /// <summary>Whether something is due before these times would have the record looked at.</summary>
    public bool IsLaterThan(DigestTimes now) => now.DueFrom is { } due && !(DueFrom <= due);

    /// <summary>Why to look at an opportunity, by its line in a list; never <see cref="DigestLook.None"/> where something is due.</summary>
    /// <param name="times">What its line keeps; <c>null</c> in lines of older versions.</param>
    /// <param name="status">Whether it is alive.</param>
    /// <param name="stage">Where it stands.</param>
    /// <param name="isWon">Whether the contract was signed.</param>
    /// <param name="expectedClose">Local date.</param>
    /// <param name="playbook">From which stage on coverage counts.</param>
    /// <param name="now">UTC.</param>
    public static DigestLook LookAt(
        DigestTimes? times, OpportunityStatus status, StageId stage, bool isWon, DateOnly? expectedClose, Playbook playbook, DateTimeOffset now)
    {
        if (times is null)
        {
            return DigestLook.Late;
        }

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (times.MovedAt >= now - AWeek - ADay)
        {
            return DigestLook.News;
        }

        if (status is OpportunityStatus.Lost or OpportunityStatus.Completed)
        {
            return DigestLook.None;
        }

        if (status == OpportunityStatus.Open && (times.IsDated || IsNear(times.NextStepOn) || (!isWon && IsNear(expectedClose))))
        {
            return DigestLook.News;
        }

        // what rests is told with its age
        return status == OpportunityStatus.OnHold || times.DueFrom <= now ? DigestLook.Late
            : !isWon && (playbook.NumberOf(stage) is not { } number || number >= CoverageFrom(playbook)) ? DigestLook.Coverage
            : DigestLook.None;

        static int CoverageFrom(Playbook playbook) =>
            Math.Min(playbook.NumberOf(CoverageGapCause.From.In(playbook)) ?? 1, playbook.NumberOf(playbook.Coverage.DecisionMakerFrom) ?? 1);

        bool IsNear(DateOnly? day) => day >= today.AddDays(-1) && day <= today.AddDays(8);
    }
}
