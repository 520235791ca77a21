using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Conversations.Finding;

/// <summary>Who of us might look after a contact.</summary>
internal static class Colleagues
{
    /// <summary>The owner, the sales and service staff beside them, then their line upwards; the nearest first.</summary>
    public static IReadOnlyList<Person> Near(Company company, PersonId owner)
    {
        var rep = company.Find(owner);
        var beside = rep?.Manager is { } manager ? company.TeamOf(manager).Where(p => p.Role == Role.Rep && p.Id != owner) : [];
        return
        [
            .. rep is null ? [] : new[] { rep },
            .. beside.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase),
            .. company.LineAbove(owner),
        ];
    }

    /// <summary>The near ones, then everybody else: so that any name can be typed.</summary>
    public static IReadOnlyList<Person> All(Company company, PersonId owner) =>
        [.. Near(company, owner).Concat(company.People.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)).DistinctBy(p => p.Id)];

    /// <summary>Who of these is called so, by the whole name, else by a part of it; in the order of their names.</summary>
    public static IReadOnlyList<Person> Named(IEnumerable<Person> among, string words)
    {
        var wanted = OpportunitySearch.Folded(words);
        if (wanted.Length == 0)
        {
            return [];
        }

        List<Person> all = [.. among.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)];
        List<Person> whole = [.. all.Where(p => OpportunitySearch.Folded(p.Name) == wanted)];
        return whole.Count > 0
            ? whole
            : [.. all.Where(p => p.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(part => OpportunitySearch.Folded(part) == wanted))];
    }
}
