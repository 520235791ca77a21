using System.Collections.Frozen;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps.Causes;
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

/// <summary>The list of the causes of follow-up, which everything else asks. A new cause is a file in <c>Causes</c> and a line here. Pure.</summary>
public static class FollowUpCauses
{
    /// <summary>All causes, in the order in which one message speaks of them.</summary>
    public static IReadOnlyList<Cause> All { get; } =
    [
        new HoldOverCause(),
        new VisitNotReportedCause(),
        new BidDeadlineNearCause(),
        new ContractApprovalWaitingCause(),
        new CheckInMissedCause(),
        new StageOverdueCause(),
        new NextStepPassedCause(),
        new NotMovingCause(),
        new GateStuckCause(),
        new DecisionMakerUnidentifiedCause(),
        new CoverageGapCause(),
    ];

    private static readonly FrozenDictionary<FollowUpCause, Cause> ByName = All.ToFrozenDictionary(c => c.Name);

    /// <summary>The cause of this name; <c>null</c> for one that only another version of the bot knows.</summary>
    public static Cause? Find(FollowUpCause name) => ByName.GetValueOrDefault(name);

    /// <summary>
    /// When each cause falls or fell due, as things stand; at most one of each, in the order in which one message speaks of them.
    /// Of what is on hold only that; none while it is closed.
    /// </summary>
    public static IEnumerable<DueCause> Of(Opportunity opportunity, KnownCustomer customer, Playbook playbook, Company company, WorkCalendar calendar)
    {
        var situation = new Situation(opportunity, customer.Account, customer.IsRead, playbook, company, calendar);
        foreach (var cause in All)
        {
            if (cause.While == opportunity.Facts.Status && cause.DueSince(situation) is { } since)
            {
                yield return new DueCause(cause.Name, since, customer.IsRead || !cause.IsOfCustomer);
            }
        }
    }

    /// <summary>The keys of the chains whose causes hold at a moment.</summary>
    public static IReadOnlySet<string> Standing(Opportunity opportunity, KnownCustomer customer, Playbook playbook, Company company, DateTimeOffset now)
    {
        var calendar = FollowUpPolicy.CalendarOf(company.Find(opportunity.Facts.Owner), playbook.FollowUps);
        return Of(opportunity, customer, playbook, company.AsOf(now), calendar).Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether only the account's record tells if a cause is still there.</summary>
    public static bool IsOfCustomer(FollowUpCause? cause) => cause is { } name && Find(name) is { IsOfCustomer: true };
}
