using System.Runtime.CompilerServices;
using KeyAccountBot.Language;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Conversations.Understanding;

/// <summary>The people of a large company by how the parts of their names begin; made once for the same people.</summary>
internal sealed class PeopleByName
{
    private const int LettersOfName = 3;
    private static readonly ConditionalWeakTable<IReadOnlyCollection<Person>, PeopleByName> Ready = [];

    private readonly List<Person> people;
    private readonly List<(string Begins, List<int> Places)> parts;

    private PeopleByName(IReadOnlyCollection<Person> company)
    {
        people = [.. company];
        Dictionary<string, List<int>> found = new(StringComparer.Ordinal);
        for (var i = 0; i < people.Count; i++)
        {
            foreach (var part in Spelling.Fold(people[i].Name).Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(people[i].Called ?? "").Where(p => p.Length > 0))
            {
                var begins = part[..Math.Min(part.Length, Spelling.IsHan(part[0]) ? 1 : LettersOfName)];
                if (!found.TryGetValue(begins, out var places))
                {
                    found[begins] = places = [];
                }

                places.Add(i);
            }
        }

        parts = [.. found.Select(f => (f.Key, f.Value))];
    }

    /// <summary>Those of this company.</summary>
    public static PeopleByName Of(Company company) => Ready.GetValue(company.People, static p => new PeopleByName(p));

    /// <summary>Whom a folded text may name, in the company's order.</summary>
    public IEnumerable<Person> In(string folded)
    {
        SortedSet<int> named = [];
        foreach (var (begins, places) in parts)
        {
            if (folded.Contains(begins, StringComparison.Ordinal))
            {
                named.UnionWith(places);
            }
        }

        return named.Select(n => people[n]);
    }
}
