using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps;

/// <summary>What is known of an opportunity's customer where follow-ups are planned.</summary>
/// <param name="IsRead">Whether the account's record was read; otherwise nothing that depends on it is taken for certain.</param>
/// <param name="Account">The record; <c>null</c> where there is none.</param>
public readonly record struct KnownCustomer(bool IsRead, Account? Account)
{
    /// <summary>The record was not read.</summary>
    public static KnownCustomer NotRead { get; }

    /// <summary>What the record says.</summary>
    public static KnownCustomer Of(Account? account) => new(true, account);
}

/// <summary>Something that falls or fell due.</summary>
/// <param name="Cause">Why.</param>
/// <param name="Since">When, UTC.</param>
/// <param name="IsCertain">Whether it holds; otherwise the account's record has to be read first.</param>
public readonly record struct DueCause(FollowUpCause Cause, DateTimeOffset Since, bool IsCertain = true)
{
    /// <summary>The key of its chain.</summary>
    public string Key => FollowUpChain.KeyOf(Cause, Since);
}

/// <summary>When each cause falls due. Pure.</summary>
public static class FollowUpCauses
{
    private const int DaysToReport = 1;

    /// <summary>
    /// When each cause falls or fell due, as things stand; at most one of each, in the order in which one message speaks of them.
    /// Of what is on hold only that; none while it is closed.
    /// </summary>
    public static IEnumerable<DueCause> Of(Opportunity opportunity, KnownCustomer customer, Playbook playbook, Company company, WorkCalendar calendar)
    {
        if (opportunity.Facts.Status == OpportunityStatus.OnHold)
        {
            var lookAgain = Holds.LookAgainOn(opportunity.Facts, playbook.FollowUps, calendar);
            yield return new DueCause(FollowUpCause.HoldOver, calendar.StartOfWork(calendar.AddBusinessDays(lookAgain, 0)));
        }

        if (!opportunity.IsOpen)
        {
            yield break;
        }

        // of a stage that the playbook does not know only its own days are unknown: silence and broken promises are still heard of
        var stage = playbook.Find(opportunity.Facts.Stage);

        if (UnreportedVisit(opportunity, calendar) is { } unreported)
        {
            yield return new DueCause(FollowUpCause.VisitNotReported, unreported);
        }

        if (BidDeadline(opportunity, playbook.FollowUps.Deadlines, calendar) is { } deadline)
        {
            yield return new DueCause(FollowUpCause.BidDeadlineNear, deadline);
        }

        if (stage is not null && ApprovalWaiting(opportunity, stage, playbook.FollowUps.Deadlines, calendar) is { } waiting)
        {
            yield return new DueCause(FollowUpCause.ContractApprovalWaiting, waiting);
        }

        var checkInEvery = stage?.CheckInEvery ?? playbook.Stages.Min(s => s.CheckInEvery);
        yield return new DueCause(FollowUpCause.CheckInMissed, After(opportunity.Facts.LastCheckInAt, checkInEvery, calendar));
        if (stage is not null)
        {
            yield return new DueCause(FollowUpCause.StageOverdue, Overdue(opportunity.Facts, stage, calendar));
        }

        if (opportunity.Facts.NextStep is { } promised)
        {
            yield return new DueCause(FollowUpCause.NextStepPassed, calendar.StartOfWork(calendar.AddBusinessDays(promised.Due.AddDays(1), 0)));
        }

        if (opportunity.Facts.Talk.InARow(playbook.FollowUps.EmptyCheckIns) is { } talked)
        {
            yield return new DueCause(FollowUpCause.NotMoving, After(talked, 1, calendar));
        }

        if (stage is not null && GateStuck(opportunity, stage, playbook.FollowUps.Deadlines, calendar) is { } stuck)
        {
            yield return new DueCause(FollowUpCause.GateStuck, stuck);
        }

        foreach (var gap in Gaps(opportunity, customer, playbook, company, calendar))
        {
            yield return gap;
        }
    }

    /// <summary>The keys of the chains whose causes hold at a moment.</summary>
    public static IReadOnlySet<string> Standing(Opportunity opportunity, KnownCustomer customer, Playbook playbook, Company company, DateTimeOffset now)
    {
        var calendar = FollowUpPolicy.CalendarOf(company.Find(opportunity.Facts.Owner), playbook.FollowUps);
        return Of(opportunity, customer, playbook, company.AsOf(now), calendar).Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether only the account's record tells if a cause is still there.</summary>
    public static bool IsOfCustomer(FollowUpCause? cause) => cause is FollowUpCause.CoverageGap or FollowUpCause.DecisionMakerUnidentified;

    /// <summary>When the report of a visit that began at an instant is asked for, UTC: on the next business day, when work begins.</summary>
    public static DateTimeOffset ReportDue(DateTimeOffset visitAt, WorkCalendar calendar) => After(visitAt, DaysToReport, calendar);

    /// <summary>The gaps in coverage that are followed up: all but a contact whom nobody touched of late, and the unknown decision maker, who is a cause of their own.</summary>
    public static IEnumerable<CoverageGap> FollowedUp(IEnumerable<CoverageGap> gaps) =>
        gaps.Where(g => g is not (CoverageGap.Untouched or CoverageGap.NoDecisionMaker));

    // the earliest stands for those after it, until it is reported, cancelled or answered for good
    private static DateTimeOffset? UnreportedVisit(Opportunity opportunity, WorkCalendar calendar)
    {
        foreach (var visit in opportunity.Facts.Visits)
        {
            var unreported = ReportDue(visit.At, calendar);
            var key = FollowUpChain.KeyOf(FollowUpCause.VisitNotReported, unreported);
            if (!opportunity.FollowUps.Any(c => c.Key == key && c.IsOver))
            {
                return unreported;
            }
        }

        return null;
    }

    private static DateTimeOffset? BidDeadline(Opportunity opportunity, FollowUpDeadlines deadlines, WorkCalendar calendar) =>
        opportunity.Facts.BidBranch is BidBranch.Bid bid && !opportunity.Facts.Reached.ContainsKey(deadlines.BidSubmittedBy)
            ? calendar.StartOfWork(calendar.SubtractBusinessDays(bid.Deadline, deadlines.BidDays))
            : null;

    private static DateTimeOffset? ApprovalWaiting(Opportunity opportunity, Stage stage, FollowUpDeadlines deadlines, WorkCalendar calendar) =>
        stage.Milestones.Any(m => m.Id == deadlines.ApprovedBy) && !opportunity.Facts.Reached.ContainsKey(deadlines.ApprovedBy)
            ? After(opportunity.Facts.StageEnteredAt, deadlines.ApprovalDays, calendar)
            : null;

    private static DateTimeOffset Overdue(OpportunityFacts facts, Stage stage, WorkCalendar calendar)
    {
        var overdue = After(facts.StageEnteredAt, stage.ExpectedDays, calendar);
        return facts.LastMilestoneAt is { } milestone && After(milestone, stage.CheckInEvery, calendar) is var graced && graced > overdue ? graced : overdue;
    }

    // somebody began to pass the gate, and nothing came of it since; a stage that was only just entered, or fallen back to, is not stuck
    private static DateTimeOffset? GateStuck(Opportunity opportunity, Stage stage, FollowUpDeadlines deadlines, WorkCalendar calendar) =>
        opportunity.Facts.LastMilestoneAt is { } last
        && stage.Milestones.Any(m => opportunity.Facts.Reached.ContainsKey(m.Id))
        && !stage.Gate.IsOpen(opportunity.ReachedSet())
            ? After(last > opportunity.Facts.StageEnteredAt ? last : opportunity.Facts.StageEnteredAt, deadlines.GateStuckDays, calendar)
            : null;

    private static IEnumerable<DueCause> Gaps(Opportunity opportunity, KnownCustomer customer, Playbook playbook, Company company, WorkCalendar calendar)
    {
        var deadlines = playbook.FollowUps.Deadlines;
        var number = playbook.NumberOf(opportunity.Facts.Stage);
        IReadOnlyList<CoverageGap>? gaps = null;
        if (number >= playbook.NumberOf(playbook.Coverage.DecisionMakerFrom) && opportunity.Facts.WonAt is null && Has(g => g is CoverageGap.NoDecisionMaker))
        {
            yield return new DueCause(
                FollowUpCause.DecisionMakerUnidentified, After(opportunity.Facts.StageEnteredAt, deadlines.DecisionMakerDays, calendar), customer.IsRead);
        }

        if (number >= playbook.NumberOf(deadlines.CoverageFrom) && opportunity.Facts.WonAt is null && Has(null))
        {
            yield return new DueCause(
                FollowUpCause.CoverageGap, After(opportunity.Facts.StageEnteredAt, deadlines.CoverageGapDays, calendar), customer.IsRead);
        }

        // who is missing depends on no day: how fresh a touch is does not count here
        bool Has(Func<CoverageGap, bool>? which)
        {
            if (!customer.IsRead)
            {
                return true;
            }

            gaps ??= CoverageGaps.Of(opportunity, customer.Account, company, playbook, calendar.DateAt(opportunity.Facts.StageEnteredAt));
            return which is null ? FollowedUp(gaps).Any() : gaps.Any(which);
        }
    }

    private static DateTimeOffset After(DateTimeOffset instant, int days, WorkCalendar calendar) =>
        calendar.StartOfWork(calendar.AddBusinessDays(calendar.DateAt(instant), days));
}
