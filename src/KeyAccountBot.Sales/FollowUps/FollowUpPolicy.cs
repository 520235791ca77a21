using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps;

/// <summary>What is due now, and when to look again.</summary>
/// <param name="Due">At most one step a cause.</param>
/// <param name="Briefs">The briefs of visits that are near.</param>
/// <param name="NextAttention">When something next falls due if nothing happens, UTC; <c>null</c> for never.</param>
/// <param name="IsUncertain">Something may be due that only the account's record can tell.</param>
public sealed record FollowUpPlan(IReadOnlyList<DueStep> Due, IReadOnlyList<DueBrief> Briefs, DateTimeOffset? NextAttention, bool IsUncertain = false)
{
    /// <summary>Whether anything at all is due now.</summary>
    public bool IsDue => Due.Count + Briefs.Count > 0;
}

/// <summary>Decides who hears what and when. Pure.</summary>
public static class FollowUpPolicy
{
    private static readonly BusinessSpan ADay = new(1);

    /// <summary>What is due at <paramref name="now"/>, and the next moment of attention.</summary>
    /// <param name="opportunity">As it stands.</param>
    /// <param name="customer">Its account, where that was read.</param>
    /// <param name="playbook">Whom to tell and when.</param>
    /// <param name="company">Our people; who is away at <paramref name="now"/> is passed over for who stands in.</param>
    /// <param name="now">UTC.</param>
    public static FollowUpPlan Plan(Opportunity opportunity, KnownCustomer customer, Playbook playbook, Company company, DateTimeOffset now)
    {
        company = company.AsOf(now);
        List<DueStep> due = [];
        DateTimeOffset? next = null;
        var uncertain = false;
        var causes = FollowUpCauses.Of(opportunity, customer, playbook, company, CalendarOf(company.Find(opportunity.Facts.Owner), playbook.FollowUps)).ToList();
        var takenUntil = FollowUpChain.TakenUntil(opportunity.FollowUps, causes.Select(c => c.Key));
        foreach (var cause in causes)
        {
            if (NextStep(cause, opportunity, customer, playbook, company, takenUntil, now) is not { } step)
            {
                continue;
            }

            if (!(cause.IsCertain && step.IsCertain) && step.Earliest <= now)
            {
                // whether its reader works now is asked once it is known that it is due at all
                uncertain = true;
            }
            else if (step.At <= now)
            {
                due.Add(TogetherWith(due, step.Step));
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

        return new FollowUpPlan(due, briefs, next, uncertain);

        static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
    }

    /// <summary>The business days and working hours of a person; those of the playbook where nobody is given.</summary>
    public static WorkCalendar CalendarOf(Person? person, FollowUpSettings settings)
    {
        var (from, to) = (person?.WorkingFrom ?? settings.WorkingFrom, person?.WorkingTo ?? settings.WorkingTo);
        return new WorkCalendar(
            person?.TimeZone ?? "Etc/UTC",
            from < to ? from : settings.WorkingFrom, from < to ? to : settings.WorkingTo,
            person?.WorkingDays ?? settings.WorkingDays, settings.Holidays.Of(person?.Country));
    }

    /// <summary>Until when an answer quiets a chain, where its giver does not say; <c>null</c> for good.</summary>
    public static DateTimeOffset? QuietUntil(FollowUpAnswer answer, FollowUpSettings settings, WorkCalendar calendar, DateTimeOffset now) => answer switch
    {
        FollowUpAnswer.TakeIt => calendar.AddBusinessDays(now, settings.TakenDays),
        FollowUpAnswer.Snooze => calendar.AddBusinessDays(now, settings.SnoozeDays),
        FollowUpAnswer.AskTheRep or FollowUpAnswer.Reassign => calendar.AddBusinessDays(now, settings.AskedDays),
        FollowUpAnswer.NotAnIssue => null,
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, null),
    };

    /// <summary>
    /// Until when an answer with a date quiets a chain, UTC: whatever is answered, it comes back on that day, when work begins. The
    /// day stays the one that was said; where it is a day of rest, nobody hears before they next work.
    /// </summary>
    public static DateTimeOffset QuietUntil(DateOnly date, WorkCalendar calendar) => calendar.StartOfWork(date);

    private static (DueStep Step, DateTimeOffset Earliest, DateTimeOffset At, bool IsCertain)? NextStep(
        DueCause cause, Opportunity opportunity, KnownCustomer customer, Playbook playbook, Company company, DateTimeOffset? takenUntil, DateTimeOffset now)
    {
        var settings = playbook.FollowUps;
        var steps = settings.StepsFor(cause.Cause, opportunity.Facts.Amount.Amount);
        var key = cause.Key;
        var chain = opportunity.FollowUps.FirstOrDefault(c => c.Key == key);
        var last = chain is { Steps: [.., var taken] } ? taken : null;
        var index = last?.Step ?? 0;
        var told = last is null ? 0 : chain!.Steps.Count(s => s.Step == index);
        var repeats = index < steps.Count && told > 0 && told < steps[index].Times && last!.HeldBack is not { Reason: HeldBackReason.ToldBefore };
        if (told > 0 && !repeats)
        {
            (index, told) = (index + 1, 0);
        }

        if (chain is { IsOver: true } || index >= steps.Count)
        {
            return null;
        }

        var step = steps[index];
        var found = StepReaders.Find(step, opportunity, customer.Account, company);
        var owner = company.Find(opportunity.Facts.Owner);
        var calendar = CalendarOf(found.Person ?? owner, settings);
        var wait = told > 0 ? step.Every ?? ADay : step.After;
        var from = last?.At ?? cause.Since;
        var at = wait.IsNone ? from : calendar.Add(from, wait);

        // who looks after it looks after all of it: only the rep hears of another cause meanwhile
        if (step.Until == StepEnd.Answer && found.Kind != DeliveryKind.Reminder && takenUntil > at)
        {
            at = takenUntil.Value;
        }

        var to = found.Room is null ? found.Person?.Id : opportunity.Facts.Owner;
        var held = told == 0 && found.Room is null && to is { } reader
            && chain?.Steps.Any(s => s.To == reader && s.Room is null && s.HeldBack is not { Reason: HeldBackReason.Quieted }) == true
            ? new HeldBack(HeldBackReason.ToldBefore, null)
            : null;
        if (step.Until == StepEnd.Answer && chain is not null && QuietUntil(chain, found) is { } quiet && quiet > MomentOf(at))
        {
            // a snooze quiets up to who said it: where somebody above still hears, the chain goes on past this step
            if (EndOfQuietAbove(chain, steps.Skip(index + 1), opportunity, customer, company) is not { } above)
            {
                if (quiet == DateTimeOffset.MaxValue)
                {
                    return null;
                }

                at = quiet;
            }
            else if (above > MomentOf(at))
            {
                at = above < quiet ? above : quiet;
                held ??= at < quiet ? new HeldBack(HeldBackReason.Quieted, null) : null;
            }
            else
            {
                held ??= new HeldBack(HeldBackReason.Quieted, null);
            }
        }

        // what is late is told when its reader works, never in their night
        var earliest = at;
        return (
            new DueStep(
                key, cause.Cause, cause.Since, index, to, found.Kind, told, held, step.Over, step.Urgent, found.Room, step.Until, found.InPlaceOf?.Id, chain?.Answered ?? 0,
                opportunity.Facts.Status),
            earliest, MomentOf(at), customer.IsRead || step.To is not StepReader.Maintainer);

        DateTimeOffset MomentOf(DateTimeOffset from)
        {
            var moment = from < now ? now : from;
            return step.Urgent ? moment : calendar.NextWorkingMoment(moment);
        }
    }

    private static DateTimeOffset? QuietUntil(FollowUpChain chain, FoundReader reader) => chain.QuietFor(reader.Level, reader.Person?.Id);

    // the earliest moment from which somebody above may hear; a step that no answer moves always may. Null where nobody comes after
    private static DateTimeOffset? EndOfQuietAbove(
        FollowUpChain chain, IEnumerable<FollowUpStep> above, Opportunity opportunity, KnownCustomer customer, Company company)
    {
        DateTimeOffset? end = null;
        foreach (var step in above)
        {
            var quiet = step.Until == StepEnd.Cause
                ? DateTimeOffset.MinValue
                : QuietUntil(chain, StepReaders.Find(step, opportunity, customer.Account, company)) ?? DateTimeOffset.MinValue;
            end = end < quiet ? end : quiet;
        }

        return end;
    }

    // two causes at once are one message to the same reader
    private static DueStep TogetherWith(IEnumerable<DueStep> before, DueStep step)
    {
        var first = before.FirstOrDefault(d => d.HeldBack is null && d.To == step.To && d.To is not null && d.Room == step.Room
            && (d.Over == step.Over || step.Over is null) && (d.Urgent || !step.Urgent) && d.Kind == step.Kind);
        return first is null || step.HeldBack is not null ? step : step with { HeldBack = new HeldBack(HeldBackReason.ToldTogether, first.Chain) };
    }
}
