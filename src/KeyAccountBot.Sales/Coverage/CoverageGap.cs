using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Coverage;

/// <summary>Something missing in how a customer is looked after.</summary>
public abstract record CoverageGap
{
    private CoverageGap() { }

    /// <summary>How much it matters: the higher, the sooner it is to be mended.</summary>
    public abstract int Weight { get; }

    /// <summary>The opportunity has come far, and nobody knows who decides in the end.</summary>
    public sealed record NoDecisionMaker : CoverageGap
    {
        /// <inheritdoc/>
        public override int Weight => 100;
    }

    /// <summary>A decision maker is looked after by someone too junior.</summary>
    public sealed record MaintainedTooJunior(Contact Contact, Person Maintainer) : CoverageGap
    {
        /// <inheritdoc/>
        public override int Weight => 80;
    }

    /// <summary>Nobody of ours looks after the contact; <paramref name="Left"/> did and has left the company.</summary>
    public sealed record NoMaintainer(Contact Contact, PersonId? Left) : CoverageGap
    {
        /// <inheritdoc/>
        public override int Weight => Contact.IsDecisionMaker ? 90 : 60;
    }

    /// <summary>Nobody inside guides us, or not closely enough.</summary>
    public sealed record NoCoach : CoverageGap
    {
        /// <inheritdoc/>
        public override int Weight => 70;
    }

    /// <summary>Nobody is known where the playbook wants a contact.</summary>
    public sealed record EmptyCell(Department Department, Level Level) : CoverageGap
    {
        /// <inheritdoc/>
        public override int Weight => 40;
    }

    /// <summary>Nobody was in touch for longer than the playbook allows: since the last touch, else since the contact came on record.</summary>
    public sealed record Untouched(Contact Contact, DateOnly Since) : CoverageGap
    {
        /// <inheritdoc/>
        public override int Weight => Contact.IsDecisionMaker ? 50 : 30;
    }
}

/// <summary>Finds what is missing. Pure.</summary>
public static class CoverageGaps
{
    /// <summary>All gaps on a local date, the weightiest first; of equal weight in the matrix's order.</summary>
    /// <param name="opportunity">Its stage says whether the decision maker has to be known; without one that is not asked.</param>
    /// <param name="account">The customer; <c>null</c> while not on record.</param>
    /// <param name="company">Our people as they stand.</param>
    /// <param name="playbook">What coverage we want.</param>
    /// <param name="today">The local date.</param>
    public static IReadOnlyList<CoverageGap> Of(Opportunity? opportunity, Account? account, Company company, Playbook playbook, DateOnly today)
    {
        var settings = playbook.Coverage;
        List<CoverageGap> gaps = [];
        if (opportunity is not null && DecisionMakerIsDue(opportunity, playbook) && account?.Active.Any(c => c.IsDecisionMaker) != true)
        {
            gaps.Add(new CoverageGap.NoDecisionMaker());
        }

        if (account is null || !Coaches.Any(account, settings))
        {
            gaps.Add(new CoverageGap.NoCoach());
        }

        gaps.AddRange(CoverageMatrix.Of(account, company, playbook, today).Cells
            .Where(c => c is { IsRequired: true, Contacts.Count: 0 })
            .Select(c => new CoverageGap.EmptyCell(c.Department, c.Level)));

        foreach (var contact in account?.Active ?? [])
        {
            gaps.AddRange(OfContact(contact, company, settings, today));
        }

        return [.. gaps.OrderByDescending(g => g.Weight)];
    }

    internal static CoverageGap? OfMaintainer(Contact contact, Company company, CoverageSettings settings)
    {
        var maintainer = contact.Maintainer is { } id ? company.Find(id) : null;
        return maintainer is null ? new CoverageGap.NoMaintainer(contact, contact.Maintainer)
            : contact.IsDecisionMaker && !settings.DecisionMakersBy.Contains(maintainer.Role) ? new CoverageGap.MaintainedTooJunior(contact, maintainer)
            : null;
    }

    private static IEnumerable<CoverageGap> OfContact(Contact contact, Company company, CoverageSettings settings, DateOnly today)
    {
        if (OfMaintainer(contact, company, settings) is { } gap)
        {
            yield return gap;
        }

        var since = contact.LastTouch?.On ?? contact.KnownSince;
        if (!CoverageMatrix.IsFresh(since, settings, today))
        {
            yield return new CoverageGap.Untouched(contact, since);
        }
    }

    private static bool DecisionMakerIsDue(Opportunity opportunity, Playbook playbook) =>
        playbook.NumberOf(opportunity.Facts.Stage) >= playbook.NumberOf(playbook.Coverage.DecisionMakerFrom);
}
