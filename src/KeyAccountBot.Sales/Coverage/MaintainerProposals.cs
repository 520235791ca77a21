using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Coverage;

/// <summary>Who might look after a contact who has nobody, or somebody too junior.</summary>
/// <param name="Contact">Whom to look after.</param>
/// <param name="Proposed">Who of us; <c>null</c> where nobody is free or above the owner.</param>
public sealed record MaintainerProposal(Contact Contact, Person? Proposed);

/// <summary>Proposes maintainers by the grades of the method. Pure; a person decides.</summary>
public static class MaintainerProposals
{
    /// <summary>
    /// A proposal for every contact whose maintainer is missing, has left or is too junior, in the order they came on record.
    /// Decision makers go to the most senior of the owner's line whose role the playbook names and who is free. Everybody else
    /// goes to one named person a department: who looks after the department already, else who of the owner's team has the
    /// fewest departments here, the owner first.
    /// </summary>
    /// <param name="account">The customer.</param>
    /// <param name="company">Our people as they stand.</param>
    /// <param name="owner">The rep.</param>
    /// <param name="playbook">Who may maintain decision makers, and how many.</param>
    /// <param name="elsewhere">How many decision makers of other accounts each of us maintains; none where left out.</param>
    public static IReadOnlyList<MaintainerProposal> Of(
        Account account, Company company, PersonId owner, Playbook playbook, IReadOnlyDictionary<PersonId, int>? elsewhere = null)
    {
        var settings = playbook.Coverage;
        var decisionMakers = new Dictionary<PersonId, int>(elsewhere ?? new Dictionary<PersonId, int>());
        var departments = new Dictionary<DepartmentId, Person>();
        foreach (var contact in account.Active)
        {
            if (CoverageGaps.OfMaintainer(contact, company, settings) is not null || company.Find(contact.Maintainer!.Value) is not { } maintainer)
            {
                continue;
            }

            if (contact.IsDecisionMaker)
            {
                Count(decisionMakers, maintainer.Id);
            }
            else if (maintainer.Role == Role.Rep)
            {
                departments.TryAdd(contact.Data.Department, maintainer);
            }
        }

        var seniors = company.LineAbove(owner).Where(p => settings.DecisionMakersBy.Contains(p.Role)).OrderByDescending(p => p.Role).ToList();
        var team = TeamOf(company, owner);
        List<MaintainerProposal> proposals = [];
        foreach (var contact in account.Active.Where(c => CoverageGaps.OfMaintainer(c, company, settings) is not null))
        {
            if (contact.IsDecisionMaker)
            {
                var free = seniors.FirstOrDefault(p => decisionMakers.GetValueOrDefault(p.Id) < settings.DecisionMakersEach);
                proposals.Add(new MaintainerProposal(contact, free));
                if (free is not null)
                {
                    Count(decisionMakers, free.Id);
                }
            }
            else
            {
                var department = contact.Data.Department;
                if (!departments.TryGetValue(department, out var named)
                    && team.MinBy(p => departments.Values.Count(d => d.Id == p.Id)) is { } next)
                {
                    departments[department] = named = next;
                }

                proposals.Add(new MaintainerProposal(contact, named));
            }
        }

        return proposals;
    }

    // the owner, then the sales and service staff who report to the same manager
    private static List<Person> TeamOf(Company company, PersonId owner)
    {
        var rep = company.Find(owner);
        var colleagues = rep?.Manager is { } manager ? company.TeamOf(manager) : [];
        return [.. (rep is null ? [] : new[] { rep }).Concat(
            colleagues.Where(p => p.Role == Role.Rep && p.Id != owner).OrderBy(p => p.Id.Value, StringComparer.Ordinal))];
    }

    private static void Count(Dictionary<PersonId, int> counts, PersonId who) => counts[who] = counts.GetValueOrDefault(who) + 1;
}
