using System.Collections.Frozen;

namespace KeyAccountBot.Sales.People;

/// <summary>All our people as they stand, and who reports to whom.</summary>
public sealed class Company
{
    private readonly FrozenDictionary<PersonId, Person> byId;
    private readonly ILookup<PersonId, Person> reports;

    /// <summary>A company of these people; of two with one id the later counts.</summary>
    public Company(IEnumerable<Person> people)
    {
        byId = people.GroupBy(p => p.Id).ToFrozenDictionary(g => g.Key, g => g.Last());
        reports = byId.Values.Where(p => p.Manager is not null).ToLookup(p => p.Manager!.Value);
    }

    /// <summary>Nobody.</summary>
    public static Company Empty { get; } = new([]);

    /// <summary>Everybody, in no order.</summary>
    public IReadOnlyCollection<Person> People => byId.Values;

    /// <summary>The person with this id, or <c>null</c>.</summary>
    public Person? Find(PersonId id) => byId.GetValueOrDefault(id);

    /// <summary>Whom a person reports to, nearest first; a circle ends where it closes.</summary>
    public IEnumerable<Person> LineAbove(PersonId id)
    {
        var seen = new HashSet<PersonId> { id };
        for (var person = Find(id); person?.Manager is { } manager && seen.Add(manager); person = Find(manager))
        {
            if (Find(manager) is { } above)
            {
                yield return above;
            }
        }
    }

    /// <summary>A person and everybody below them, themselves first.</summary>
    public IEnumerable<Person> TeamOf(PersonId id)
    {
        var seen = new HashSet<PersonId>();
        var waiting = new Queue<PersonId>([id]);
        while (waiting.TryDequeue(out var next))
        {
            if (seen.Add(next) && Find(next) is { } person)
            {
                yield return person;
                foreach (var report in reports[next])
                {
                    waiting.Enqueue(report.Id);
                }
            }
        }
    }

    /// <summary>Whether a person may see and change what this owner's opportunity holds: the owner, and their line of management.</summary>
    public bool MaySee(PersonId who, PersonId owner) => who == owner || LineAbove(owner).Any(p => p.Id == who);

    /// <summary>
    /// Who hears a step meant for this role: the owner for a rep's step, else the first of the role up the owner's line,
    /// else an administrator; <c>null</c> where there is none of these.
    /// </summary>
    public Person? Hears(Role role, PersonId owner) =>
        role == Role.Rep && Find(owner) is { } rep
            ? rep
            : LineAbove(owner).FirstOrDefault(p => p.Role == role)
                ?? byId.Values.Where(p => p.Role == Role.Administrator).OrderBy(p => p.Id.Value, StringComparer.Ordinal).FirstOrDefault();
}
