using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Overviews;

/// <summary>Why we do not reach somebody who decides; the graver first.</summary>
public enum ReachProblem
{
    /// <summary>Nobody of ours looks after them.</summary>
    Nobody,

    /// <summary>Somebody too junior does.</summary>
    TooJunior,

    /// <summary>Nobody was ever in touch.</summary>
    NeverMet,

    /// <summary>Nobody was in touch for too long.</summary>
    Stale,
}

/// <summary>Somebody who decides at a customer, and whom we do not reach as we should.</summary>
/// <param name="Account">At which customer.</param>
/// <param name="Contact">Who.</param>
/// <param name="Maintainer">Who of us looks after them; <c>null</c> for nobody.</param>
/// <param name="Problem">The gravest problem.</param>
/// <param name="Days">Days since the last touch; <c>null</c> for never.</param>
public sealed record OutOfReach(Account Account, Contact Contact, Person? Maintainer, ReachProblem Problem, int? Days)
{
    /// <summary>Those of a customer on a local date, the gravest first. Pure.</summary>
    public static IReadOnlyList<OutOfReach> Of(Account account, Company company, Playbook playbook, DateOnly today) =>
    [
        .. TouchedAccount.Of(account, playbook, today).Contacts
            .Where(c => c.Contact.IsDecisionMaker)
            .Select(c => (Touched: c, Maintainer: c.Contact.Maintainer is { } id ? company.Find(id) : null))
            .Select(c => (c.Touched, c.Maintainer, Problem: ProblemOf(c.Touched, c.Maintainer, playbook)))
            .Where(c => c.Problem is not null)
            .Select(c => new OutOfReach(account, c.Touched.Contact, c.Maintainer, c.Problem!.Value, c.Touched.Days))
            .OrderBy(o => o.Problem),
    ];

    private static ReachProblem? ProblemOf(TouchedContact touched, Person? maintainer, Playbook playbook) =>
        maintainer is null ? ReachProblem.Nobody
        : !playbook.Coverage.DecisionMakersBy.Contains(maintainer.Role) ? ReachProblem.TooJunior
        : touched.Last is null ? ReachProblem.NeverMet
        : !touched.IsFresh ? ReachProblem.Stale
        : null;
}
