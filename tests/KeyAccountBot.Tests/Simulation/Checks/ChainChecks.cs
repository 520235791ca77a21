using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using static KeyAccountBot.Sales.Opportunities.OpportunityEvent;

namespace KeyAccountBot.Tests.Simulation.Checks;

/// <summary>Every step as it goes on record, by rules written down here once more: order, waits, ends, and nobody twice.</summary>
internal sealed class ChainChecks(Staff staff, Playbook playbook, Violations violations)
{
    private static readonly BusinessSpan ADay = new(1);

    /// <summary>A step was taken, on the opportunity as it stood before.</summary>
    public void Took(Life life, FollowUpStepTaken step, DateTimeOffset at)
    {
        var steps = playbook.FollowUps.StepsFor(step.Cause, life.Amount);
        void Broken(Promise promise, string what) => violations.Add(promise, at, life.Id, step.To, $"{what} ({step.Chain}, step {step.Step}.{step.Repeat})");

        if (life.State is not { } before || !(step.Cause == HoldOverCause.Id ? before.Facts.Status == OpportunityStatus.OnHold : before.IsOpen))
        {
            Broken(Promise.ChainsEnd, "a step was taken though the opportunity is not open");
            return;
        }

        if (step.Step >= steps.Count)
        {
            Broken(Promise.ChainsEnd, "the policy has no such step");
            return;
        }

        if (!IsStill(step, before))
        {
            Broken(Promise.ChainsEnd, "a step was taken though what it is about is done");
        }

        var rule = steps[step.Step];
        if (step.To is { } reader && step.HeldBack is null)
        {
            if (!step.Urgent && staff.CalendarOf(reader).NextWorkingMoment(at) > at)
            {
                Broken(Promise.WorkingTime, "decided outside its reader's working time");
            }

            if (staff.IsAwayWithStandIn(reader, at))
            {
                Broken(Promise.Absence, "decided for somebody who is away");
            }
        }

        if (!life.Chains.TryGetValue(step.Chain, out var chain))
        {
            life.Chains[step.Chain] = chain = new SeenChain { Last = step };
            if (step.Step != 0 || step.Repeat != 0)
            {
                Broken(Promise.Order, "a chain began in its middle");
            }

            NotBefore(step.Since, rule.After);
        }
        else
        {
            Follows(chain);
        }

        if (step is { HeldBack: null, Repeat: 0, Room: null, To: { } told } && chain.Told.Contains(told))
        {
            Broken(Promise.Once, "told of one cause at two steps");
        }

        // where a step was only passed over for the sake of quiet, its reader has not heard
        if (step is { To: { } to, HeldBack: not { Reason: HeldBackReason.Quieted } })
        {
            chain.Told.Add(to);
        }

        if (++chain.Steps > steps.Sum(s => s.Times))
        {
            Broken(Promise.ChainsEnd, "more steps than the policy has");
        }

        (chain.Last, chain.LastAt) = (step, at);

        void Follows(SeenChain seen)
        {
            var last = seen.Last;
            var repeats = step.Step == last.Step;
            if (repeats ? step.Repeat != last.Repeat + 1 || step.Repeat >= rule.Times : step.Step != last.Step + 1 || step.Repeat != 0)
            {
                Broken(Promise.Order, $"it came after step {last.Step}.{last.Repeat}");
                return;
            }

            if (!repeats && last.Repeat + 1 < steps[last.Step].Times && last.HeldBack is not { Reason: HeldBackReason.ToldBefore })
            {
                Broken(Promise.Order, "the step before it was not repeated as often as the policy says");
            }

            if (seen.IsOver)
            {
                Broken(Promise.ChainsEnd, "a step was taken though it was answered for good");
            }

            var quiet = rule.Until == StepEnd.Answer ? QuietUntil(seen, LevelOf(rule, step, before.Facts.Owner), step.To, at) : null;
            if (step.HeldBack is null && quiet is { } until)
            {
                Broken(Promise.ChainsEnd, $"a step was taken though it is quiet until {until:u}");
            }

            if (step.HeldBack is { Reason: HeldBackReason.Quieted } && quiet is null)
            {
                Broken(Promise.NothingHidden, "it was held back though nobody whom it concerns wanted quiet");
            }

            NotBefore(seen.LastAt, repeats ? rule.Every ?? ADay : rule.After);
        }

        void NotBefore(DateTimeOffset from, BusinessSpan wait)
        {
            var calendar = staff.CalendarOf(step.To ?? before.Facts.Owner);
            var earliest = wait.IsNone ? from : calendar.Add(from, wait);
            if (at < earliest)
            {
                Broken(Promise.Order, $"a wait was skipped: not before {earliest:u}");
            }
        }
    }

    /// <summary>Somebody answered.</summary>
    public static void Answered(Life life, FollowUpAnswered answered, PersonId by, bool isOwners)
    {
        if (life.Chains.TryGetValue(answered.Chain, out var chain))
        {
            chain.Answers[by] = (answered, isOwners);
            chain.IsOver |= !isOwners && answered.Answer == FollowUpAnswer.NotAnIssue;
        }
    }

    // in words of their own: the owner's word concerns the rep's step, a snooze nobody above who said it, the rest everybody
    private static DateTimeOffset? QuietUntil(SeenChain seen, Role level, PersonId? reader, DateTimeOffset at) => seen.Answers
        .Where(a => (a.Value.IsOwners || a.Value.Said.Answer != FollowUpAnswer.NotAnIssue) && (a.Value.Said.QuietUntil ?? DateTimeOffset.MaxValue) > at)
        .Where(a => a.Value.IsOwners ? level == Role.Rep
            : a.Value.Said.Answer != FollowUpAnswer.Snooze || a.Key == reader || level <= (a.Value.Said.Reach ?? Role.Executive))
        .Select(a => (DateTimeOffset?)(a.Value.Said.QuietUntil ?? DateTimeOffset.MaxValue)).Max();

    // whose step it is: that of a maintainer has the maintainer's own role, no matter who hears it in their place
    private Role LevelOf(FollowUpStep rule, FollowUpStepTaken step, PersonId owner) => rule.To switch
    {
        StepReader.OfRole of => of.Role,
        StepReader.Maintainer when (step.InPlaceOf ?? step.To) is { } maintainer && staff[maintainer].Role is var role and not Role.Administrator =>
            maintainer == owner ? Role.Rep : role == Role.Rep ? Role.Manager : role,
        StepReader.Maintainer => rule.OrElse ?? Role.Manager,
        _ => Role.Director,
    };

    // in words of their own, not by the code under test: said since, reached since, moved since
    private bool IsStill(FollowUpStepTaken step, Opportunity before)
    {
        var facts = before.Facts;
        return step.Cause.Value switch
        {
            "CheckInMissed" => facts.LastCheckInAt < step.Since,
            "NextStepPassed" => facts.NextStep is { } promised && promised.Due <= DateOnly.FromDateTime(step.Since.UtcDateTime),
            "VisitNotReported" => facts.Visits.Any(v => v.At < step.Since),
            "BidDeadlineNear" => facts.BidBranch is BidBranch.Bid && !facts.Reached.ContainsKey(BidDeadlineNearCause.SubmittedBy.In(playbook)),
            "GateStuck" => facts.LastMilestoneAt < step.Since && facts.StageEnteredAt < step.Since,
            "ContractApprovalWaiting" =>
                facts.StageEnteredAt < step.Since && !facts.Reached.ContainsKey(ContractApprovalWaitingCause.ApprovedBy.In(playbook)),
            "StageOverdue" => facts.StageEnteredAt < step.Since,
            "HoldOver" => facts.HeldUntil <= DateOnly.FromDateTime(step.Since.UtcDateTime.AddDays(1)),
            "NotMoving" => facts.Talk.EmptyAt is [_, _, var third, ..] && third < step.Since,
            "CoverageGap" or "DecisionMakerUnidentified" => facts.WonAt is null && facts.StageEnteredAt < step.Since,
            _ => throw new InvalidOperationException($"No rule for {step.Cause}."),
        };
    }
}
