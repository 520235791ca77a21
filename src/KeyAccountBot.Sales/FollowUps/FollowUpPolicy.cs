using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps;

/// <summary>A step that is due now.</summary>
/// <param name="Chain">The chain's key.</param>
/// <param name="Cause">Why.</param>
/// <param name="Since">When it fell due, UTC.</param>
/// <param name="Step">Index into the playbook's steps.</param>
/// <param name="To">Who is to be told; <c>null</c> where nobody could be found.</param>
public sealed record DueStep(string Chain, FollowUpCause Cause, DateTimeOffset Since, int Step, PersonId? To);

/// <summary>A brief that is due now.</summary>
/// <param name="Visit">For which visit.</param>
/// <param name="VisitAt">When that begins, UTC.</param>
/// <param name="To">The owner.</param>
public sealed record DueBrief(VisitId Visit, DateTimeOffset VisitAt, PersonId To);

/// <summary>What is due now, and when to look again.</summary>
/// <param name="Due">At most one step a cause.</param>
/// <param name="Briefs">The briefs of visits that are near.</param>
/// <param name="NextAttention">When something next falls due if nothing happens, UTC; <c>null</c> for never.</param>
public sealed record FollowUpPlan(IReadOnlyList<DueStep> Due, IReadOnlyList<DueBrief> Briefs, DateTimeOffset? NextAttention)
{
    /// <summary>Whether anything at all is due now.</summary>
    public bool IsDue => Due.Count + Briefs.Count > 0;
}

/// <summary>Decides who hears what and when. Pure.</summary>
public static class FollowUpPolicy
{
    private const int DaysToReport = 1;

    /// <summary>What is due at <paramref name="now"/>, and the next moment of attention.</summary>
    public static FollowUpPlan Plan(Opportunity opportunity, Playbook playbook, Company company, DateTimeOffset now)
    {
        List<DueStep> due = [];
        DateTimeOffset? next = null;
        foreach (var (cause, since) in Causes(opportunity, playbook, CalendarOf(company.Find(opportunity.Facts.Owner), playbook.FollowUps)))
        {
            if (NextStep(cause, since, opportunity, playbook, company, now) is not { } step)
            {
                continue;
            }

            if (step.At <= now)
            {
                due.Add(step.Step);
            }
            else
            {
                next = Earlier(next, step.At);
            }
        }

        List<DueBrief> briefs = [];
        foreach (var (brief, at) in BriefTimes.Of(opportunity, playbook, company, now))
        {
            if (at <= now)
            {
                briefs.Add(brief);
            }
            else
            {
                next = Earlier(next, at);
            }
        }

        return new FollowUpPlan(due, briefs, next);

        static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
    }

    /// <summary>The business days and working hours of a person.</summary>
    public static WorkCalendar CalendarOf(Person? person, FollowUpSettings settings) =>
        new(person?.TimeZone ?? "Etc/UTC", settings.WorkingFrom, settings.WorkingTo);

    /// <summary>When the report of a visit that began at an instant is asked for, UTC: on the next business day, when work begins.</summary>
    public static DateTimeOffset ReportDue(DateTimeOffset visitAt, WorkCalendar calendar) =>
        calendar.StartOfWork(WorkCalendar.AddBusinessDays(calendar.DateAt(visitAt), DaysToReport));

    /// <summary>When each cause falls or fell due, as things stand; none while the opportunity is not open.</summary>
    public static IEnumerable<(FollowUpCause Cause, DateTimeOffset Since)> Causes(Opportunity opportunity, Playbook playbook, WorkCalendar calendar)
    {
        var facts = opportunity.Facts;
        if (!opportunity.IsOpen || playbook.Find(facts.Stage) is not { } stage)
        {
            yield break;
        }

        yield return (FollowUpCause.CheckInMissed, After(facts.LastCheckInAt, stage.CheckInEvery));

        var overdue = After(facts.StageEnteredAt, stage.ExpectedDays);
        if (facts.LastMilestoneAt is { } milestone && After(milestone, stage.CheckInEvery) is var graced && graced > overdue)
        {
            overdue = graced;
        }

        yield return (FollowUpCause.StageOverdue, overdue);

        if (facts.NextStep is { } promised)
        {
            yield return (FollowUpCause.NextStepPassed, calendar.StartOfWork(WorkCalendar.AddBusinessDays(promised.Due.AddDays(1), 0)));
        }

        // the earliest stands for those after it, until it is reported, cancelled or answered for good
        foreach (var visit in facts.Visits)
        {
            var unreported = ReportDue(visit.At, calendar);
            var key = FollowUpChain.KeyOf(FollowUpCause.VisitNotReported, unreported);
            if (!opportunity.FollowUps.Any(c => c.Key == key && c.IsOver))
            {
                yield return (FollowUpCause.VisitNotReported, unreported);
                break;
            }
        }

        DateTimeOffset After(DateTimeOffset instant, int days) =>
            calendar.StartOfWork(WorkCalendar.AddBusinessDays(calendar.DateAt(instant), days));
    }

    /// <summary>Until when an answer quiets a chain; <c>null</c> for good.</summary>
    public static DateTimeOffset? QuietUntil(FollowUpAnswer answer, FollowUpSettings settings, WorkCalendar calendar, DateTimeOffset now) => answer switch
    {
        FollowUpAnswer.TakeIt => calendar.AddBusinessDays(now, settings.TakenDays),
        FollowUpAnswer.Snooze => calendar.AddBusinessDays(now, settings.SnoozeDays),
        FollowUpAnswer.AskTheRep => calendar.AddBusinessDays(now, settings.AskedDays),
        FollowUpAnswer.NotAnIssue => null,
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, null),
    };

    private static (DueStep Step, DateTimeOffset At)? NextStep(
        FollowUpCause cause, DateTimeOffset since, Opportunity opportunity, Playbook playbook, Company company, DateTimeOffset now)
    {
        var settings = playbook.FollowUps;
        var key = FollowUpChain.KeyOf(cause, since);
        var chain = opportunity.FollowUps.FirstOrDefault(c => c.Key == key);
        if (chain is { IsOver: true })
        {
            return null;
        }

        var index = chain is null or { Steps.Count: 0 } ? 0 : chain.Steps[^1].Step + 1;
        for (; index < settings.Steps.Count; index++)
        {
            var step = settings.Steps[index];
            if (step.To == Role.Executive && opportunity.Facts.Amount.Amount < settings.ExecutiveAmount)
            {
                continue;
            }

            var reader = company.Hears(step.To, opportunity.Facts.Owner);
            if (reader is not null && chain is not null && chain.Steps.Any(s => s.To == reader.Id))
            {
                continue;
            }

            var calendar = CalendarOf(reader ?? company.Find(opportunity.Facts.Owner), settings);
            var at = chain is null or { Steps.Count: 0 }
                ? step.AfterDays == 0 ? since : calendar.AddBusinessDays(since, step.AfterDays)
                : calendar.AddBusinessDays(chain.Steps[^1].At, step.AfterDays);
            if (chain?.QuietUntil is { } quiet && quiet > at)
            {
                at = quiet;
            }

            // what is late is told when its reader works, never in their night
            at = calendar.NextWorkingMoment(at < now ? now : at);
            return (new DueStep(key, cause, since, index, reader?.Id), at);
        }

        return null;
    }
}
