using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Overviews;

/// <summary>Why an opportunity may not come as it is expected.</summary>
public abstract record RiskReason
{
    private RiskReason() { }

    /// <summary>Something fell due and was not done.</summary>
    public sealed record Late(LateMatter Matter) : RiskReason;

    /// <summary>No next step is promised.</summary>
    public sealed record NoNextStep : RiskReason;

    /// <summary>The promised step's day passed.</summary>
    public sealed record StepPassed(NextStep Step) : RiskReason;

    /// <summary>The day of the customer's decision passed, and it is not won.</summary>
    public sealed record CloseDatePassed(DateOnly On) : RiskReason;

    /// <summary>The customer's decision is near, and the gate before it is shut.</summary>
    public sealed record CloseDateNear(DateOnly On, IReadOnlyList<MilestoneId> Missing) : RiskReason;

    /// <summary>The bids are due soon, and ours is not in.</summary>
    public sealed record BidDue(DateOnly On) : RiskReason;

    /// <summary>Somebody who counts is not looked after, or is not known.</summary>
    public sealed record Gap(CoverageGap Of) : RiskReason;
}

/// <summary>Finds all that puts an opportunity at risk. Pure.</summary>
public static class RiskReasons
{
    private const int NearDays = 30;
    private const int BidDays = 14;

    /// <summary>Every reason, the weightiest first; none for what is closed, on hold or all right.</summary>
    public static IReadOnlyList<RiskReason> Of(Opportunity opportunity, Account? account, Playbook playbook, Company company, DateTimeOffset now)
    {
        if (!opportunity.IsOpen)
        {
            return [];
        }

        var facts = opportunity.Facts;
        var today = FollowUpPolicy.CalendarOf(company.Find(facts.Owner), playbook.FollowUps).DateAt(now);
        List<RiskReason> reasons =
        [
            // whom it is about is said with the gap itself
            .. LateMatters.Of(opportunity, account, playbook, company, now)
                .Where(m => FollowUpCauses.Find(m.Cause) is not ({ IsOfCustomer: true } or { IsOfADate: true }))
                .OrderBy(m => FollowUpCauses.Find(m.Cause)?.IsAlwaysReported != true)
                .Select(m => new RiskReason.Late(m)),
        ];
        if (BidDueOf(facts, playbook) is { } bid && bid <= today.AddDays(BidDays))
        {
            reasons.Insert(0, new RiskReason.BidDue(bid));
        }

        if (facts is { WonAt: null, ExpectedClose: { } close } && close <= today.AddDays(NearDays))
        {
            reasons.Add(close < today ? new RiskReason.CloseDatePassed(close) : new RiskReason.CloseDateNear(close, MissingToWin(opportunity, playbook)));
        }

        if (facts.NextStep is not { } step)
        {
            reasons.Add(new RiskReason.NoNextStep());
        }
        else if (step.Due < today)
        {
            reasons.Add(new RiskReason.StepPassed(step));
        }

        if (facts.WonAt is null && playbook.NumberOf(facts.Stage) >= playbook.NumberOf(playbook.Coverage.DecisionMakerFrom))
        {
            reasons.AddRange(CoverageGaps.Of(opportunity, account, company, playbook, today).Where(IsRisk).Select(g => new RiskReason.Gap(g)));
        }

        return reasons;
    }

    /// <summary>What is still missing up to the milestone that wins it, in the present stage; empty where it is won.</summary>
    public static IReadOnlyList<MilestoneId> MissingToWin(Opportunity opportunity, Playbook playbook) => opportunity.Facts.WonAt is not null
        ? []
        : playbook.Find(opportunity.Facts.Stage)?.Gate.Missing(opportunity.ReachedSet()) ?? [];

    /// <summary>Until when bids are due, where ours is not in; <c>null</c> where none is awaited.</summary>
    public static DateOnly? BidDueOf(OpportunityFacts facts, Playbook playbook) =>
        facts.BidBranch is BidBranch.Bid bid && facts.WonAt is null && !facts.Reached.ContainsKey(BidDeadlineNearCause.SubmittedBy.In(playbook)) ? bid.Deadline : null;

    // an empty cell or a clerk who was not called for a month loses no order
    private static bool IsRisk(CoverageGap gap) => gap switch
    {
        CoverageGap.NoDecisionMaker or CoverageGap.NoCoach or CoverageGap.MaintainedTooJunior => true,
        CoverageGap.NoMaintainer alone => alone.Contact.IsDecisionMaker,
        CoverageGap.Untouched silent => silent.Contact.IsDecisionMaker,
        CoverageGap.EmptyCell => false,
        _ => throw new InvalidOperationException($"Nobody said whether {gap.GetType().Name} is a risk."),
    };
}
