using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps;

/// <summary>How an opportunity moved in the week.</summary>
public enum Move
{
    /// <summary>The contract was signed.</summary>
    Won,

    /// <summary>It was lost.</summary>
    Lost,

    /// <summary>It came on record.</summary>
    Opened,

    /// <summary>It stands in another stage than before.</summary>
    StageChanged,

    /// <summary>A milestone was reached.</summary>
    MilestoneReached,
}

/// <summary>What is expected of an opportunity in the week to come.</summary>
public enum Expectation
{
    /// <summary>Its tender's deadline.</summary>
    BidDeadline,

    /// <summary>A visit.</summary>
    Visit,

    /// <summary>What the rep promised.</summary>
    NextStep,

    /// <summary>The customer's decision.</summary>
    Close,
}

/// <summary>An opportunity that moved.</summary>
public sealed record Moved(Opportunity Opportunity, Move Move);

/// <summary>An opportunity that is over its stage's time, or followed up with nobody above its owner looking after it.</summary>
/// <param name="Opportunity">Which.</param>
/// <param name="Cause">That its stage is overdue, else the oldest of its causes.</param>
/// <param name="Since">When that fell due, UTC.</param>
/// <param name="Quiet">Who wanted it quiet, and until when; <c>null</c> where nobody does now.</param>
public sealed record Stuck(Opportunity Opportunity, FollowUpCause Cause, DateTimeOffset Since, StandingAnswer? Quiet = null);

/// <summary>An opportunity that is on hold.</summary>
/// <param name="Opportunity">Which.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="LookAgainOn">On which local date of its owner it is looked at again.</param>
/// <param name="Days">How old that is, whole days.</param>
public sealed record Held(Opportunity Opportunity, DateTimeOffset Since, DateOnly LookAgainOn, int Days);

/// <summary>Something expected.</summary>
/// <param name="Opportunity">Of which.</param>
/// <param name="What">Of which kind.</param>
/// <param name="On">On which local date of its owner.</param>
public sealed record Expected(Opportunity Opportunity, Expectation What, DateOnly On);

/// <summary>The weightiest gap in a customer's coverage.</summary>
/// <param name="Opportunity">The largest opportunity there.</param>
/// <param name="Account">The customer; <c>null</c> while not on record.</param>
/// <param name="Gap">What is missing.</param>
public sealed record Uncovered(Opportunity Opportunity, Account? Account, CoverageGap Gap);

/// <summary>A week of everything that somebody leads: what moved, what is stuck, what is next, who is not covered. Pure.</summary>
/// <param name="Moved">The best news first, then the largest.</param>
/// <param name="Stuck">The largest and latest first.</param>
/// <param name="Expected">The nearest first.</param>
/// <param name="Uncovered">The weightiest first, one line a customer.</param>
/// <param name="Open">How many opportunities are open.</param>
/// <param name="LateBeside">How many more may be stuck that were not looked at, all smaller than those that were.</param>
public sealed record WeeklyDigest(
    IReadOnlyList<Moved> Moved, IReadOnlyList<Stuck> Stuck, IReadOnlyList<Expected> Expected, IReadOnlyList<Uncovered> Uncovered, int Open, int LateBeside = 0)
{
    private static readonly TimeSpan AWeek = TimeSpan.FromDays(7);

    /// <summary>What is on hold, the largest and oldest first.</summary>
    public IReadOnlyList<Held> Held { get; init; } = [];

    /// <summary>The digest of opportunities and their customers at a moment: the seven days before it, and the seven after.</summary>
    /// <param name="all">What its reader looks after.</param>
    /// <param name="playbook">The method.</param>
    /// <param name="company">Our people.</param>
    /// <param name="now">UTC.</param>
    /// <param name="reader">Who reads it: an answer that does not quiet their own step hides nothing from them; <c>null</c> for the rep's step.</param>
    public static WeeklyDigest Of(
        IReadOnlyCollection<(Opportunity Opportunity, Account? Account)> all, Playbook playbook, Company company, DateTimeOffset now, Person? reader = null)
    {
        company = company.AsOf(now);
        List<Moved> moved = [];
        List<Stuck> stuck = [];
        List<Held> held = [];
        List<Expected> expected = [];
        List<Uncovered> uncovered = [];
        foreach (var (opportunity, account) in all)
        {
            var calendar = FollowUpPolicy.CalendarOf(company.Find(opportunity.Facts.Owner), playbook.FollowUps);
            if (MoveOf(opportunity.Facts, calendar, now) is { } move)
            {
                moved.Add(new Moved(opportunity, move));
            }

            if (opportunity.Facts.Status == OpportunityStatus.OnHold)
            {
                var since = Holds.Since(opportunity.Facts);
                held.Add(new Held(opportunity, since, Holds.LookAgainOn(opportunity.Facts, playbook.FollowUps, calendar), DaysOf(since, now)));
            }

            if (!opportunity.IsOpen)
            {
                continue;
            }

            if (StuckOf(opportunity, KnownCustomer.Of(account), playbook, company, now, reader) is { } standing)
            {
                stuck.Add(standing);
            }

            expected.AddRange(ExpectedOf(opportunity, playbook, calendar, calendar.DateAt(now)));
            if (opportunity.Facts.WonAt is null && playbook.NumberOf(opportunity.Facts.Stage) >= playbook.NumberOf(CoverageGapCause.From.In(playbook))
                && CoverageGaps.Of(opportunity, account, company, playbook, calendar.DateAt(now)).FirstOrDefault(g => g is not CoverageGap.Untouched) is { } gap)
            {
                uncovered.Add(new Uncovered(opportunity, account, gap));
            }
        }

        return new WeeklyDigest(
            [.. moved.OrderBy(m => m.Move).ThenByDescending(m => m.Opportunity.Facts.Amount.Amount).ThenBy(m => m.Opportunity.Id.Value, StringComparer.Ordinal)],
            [.. stuck.OrderByDescending(s => WeightOf(s.Opportunity, DaysOf(s.Since, now))).ThenBy(s => s.Opportunity.Id.Value, StringComparer.Ordinal)],
            [.. expected.OrderBy(e => e.On).ThenBy(e => e.What).ThenByDescending(e => e.Opportunity.Facts.Amount.Amount)],
            [.. uncovered.OrderByDescending(u => u.Opportunity.Facts.Amount.Amount).DistinctBy(u => u.Opportunity.Facts.AccountId)
                .OrderByDescending(u => u.Gap.Weight).ThenByDescending(u => u.Opportunity.Facts.Amount.Amount)],
            all.Count(o => o.Opportunity.IsOpen))
        {
            Held = [.. held.OrderByDescending(h => WeightOf(h.Opportunity, h.Days)).ThenBy(h => h.Opportunity.Id.Value, StringComparer.Ordinal)],
        };
    }

    // the amount times how late it is: a large one is told before a small one, and a late one before one that is not
    private static decimal WeightOf(Opportunity opportunity, int days) => Math.Max(opportunity.Facts.Amount.Amount, 1) * (days + 1);

    private static int DaysOf(DateTimeOffset since, DateTimeOffset now) => Math.Max(0, (int)(now - since).TotalDays);

    private static Move? MoveOf(OpportunityFacts facts, WorkCalendar calendar, DateTimeOffset now)
    {
        var since = now - AWeek;
        return facts.WonAt >= since ? Move.Won
            : facts.Status == OpportunityStatus.Lost ? facts.ClosedOn >= calendar.DateAt(since) ? Move.Lost : null
            : facts.Status == OpportunityStatus.OnHold || facts.StageEnteredAt < since && !(facts.LastMilestoneAt >= since) ? null
            : facts.StageEnteredAt < since ? Move.MilestoneReached
            : facts.Stage == facts.StartedIn && facts.LastMilestoneAt is null ? Move.Opened
            : Move.StageChanged;
    }

    // what is over its stage's time, whatever was answered; else what somebody was told of, unless an answer quiets its reader too
    private static Stuck? StuckOf(Opportunity opportunity, KnownCustomer customer, Playbook playbook, Company company, DateTimeOffset now, Person? reader)
    {
        var causes = FollowUpCauses.Of(opportunity, customer, playbook, company, FollowUpPolicy.CalendarOf(company.Find(opportunity.Facts.Owner), playbook.FollowUps)).ToList();
        if (causes.Where(c => c.Since <= now && FollowUpCauses.Find(c.Cause) is { IsAlwaysReported: true }).Select(c => (DueCause?)c).FirstOrDefault() is { } overdue)
        {
            var quiet = opportunity.FollowUps.FirstOrDefault(c => c.Key == overdue.Key)?.All.LastOrDefault(a => a.Until > now);
            return new Stuck(opportunity, overdue.Cause, overdue.Since, quiet);
        }

        return opportunity.FollowUps.Where(c => !c.IsOver && causes.Any(d => d.Key == c.Key) && !c.All.Any(IsAnswer)).OrderBy(c => c.Since).FirstOrDefault() is { } chain
            ? new Stuck(opportunity, chain.Cause, chain.Since, chain.All.LastOrDefault(a => a.Until > now))
            : null;

        bool IsAnswer(StandingAnswer answer) => !answer.IsOwners && answer.Until > now && answer.Quiets(reader?.Role ?? Role.Rep, reader?.Id);
    }

    private static IEnumerable<Expected> ExpectedOf(Opportunity opportunity, Playbook playbook, WorkCalendar calendar, DateOnly today)
    {
        var facts = opportunity.Facts;
        if (facts.BidBranch is BidBranch.Bid bid && IsNear(bid.Deadline) && !facts.Reached.ContainsKey(BidDeadlineNearCause.SubmittedBy.In(playbook)))
        {
            yield return new Expected(opportunity, Expectation.BidDeadline, bid.Deadline);
        }

        foreach (var day in facts.Visits.Select(v => calendar.DateAt(v.At)).Where(IsNear))
        {
            yield return new Expected(opportunity, Expectation.Visit, day);
        }

        if (facts.NextStep is { } step && IsNear(step.Due))
        {
            yield return new Expected(opportunity, Expectation.NextStep, step.Due);
        }

        if (facts is { ExpectedClose: { } close, WonAt: null } && IsNear(close))
        {
            yield return new Expected(opportunity, Expectation.Close, close);
        }

        bool IsNear(DateOnly day) => day >= today && day <= today.AddDays(7);
    }
}
