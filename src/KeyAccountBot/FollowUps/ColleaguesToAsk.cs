using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.FollowUps;

/// <summary>Whom the reader of a follow-up may ask to look after it. Pure.</summary>
internal static class ColleaguesToAsk
{
    /// <summary>So many are offered; any other is asked by name.</summary>
    public const int Offered = 20;

    /// <summary>
    /// The reader's peers, then their team, then who leads the owner: without the reader, the owner and who is away. In a room nobody
    /// in particular reads, so the owner's peers and line are offered.
    /// </summary>
    public static IReadOnlyList<Person> Of(Company company, Person reader, PersonId owner)
    {
        var peers = reader.Manager is { } manager ? company.People.Where(p => p.Manager == manager) : [];
        return
        [
            .. ByName(peers).Concat(ByName(company.TeamOf(reader.Id))).Concat(company.LineAbove(owner))
                .DistinctBy(p => p.Id)
                .Where(p => p.Id != reader.Id && p.Id != owner && !company.IsAway(p))
                .Take(Offered),
        ];
    }

    private static IOrderedEnumerable<Person> ByName(IEnumerable<Person> people) => people.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase);
}
