using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Conversations.Contacts;

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
}
