using System.Globalization;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Import;

/// <summary>A person whose line cannot be taken, and why.</summary>
internal sealed record PeopleClash(PersonId Person, ImportFault Fault);

/// <summary>
/// Finds what must not stand on record once the import is done: two people with one id or address, which would let either pass for the
/// other, and managers who lead round in a circle, which would let each see the others' opportunities. Every line that takes part is named.
/// </summary>
/// <param name="lines">Where each person of the file stands.</param>
/// <param name="record">Who is on record; whom the file replaces counts as the file has them.</param>
/// <param name="managers">What the file calls its column of managers.</param>
internal sealed class PeopleClashes(IReadOnlyDictionary<PersonId, CsvLine> lines, Company record, string managers)
{
    private static readonly Dictionary<Mark, (string Column, string Name)> Marks = new()
    {
        [Mark.TeamsId] = ("teams_id", "Teams id"),
        [Mark.SlackId] = ("slack_id", "Slack id"),
        [Mark.Email] = ("email", "e-mail"),
    };

    /// <summary>The clashes that stand with these people of the file.</summary>
    public IReadOnlyList<PeopleClash> Find(IReadOnlyCollection<Person> people)
    {
        var replaced = people.Select(p => p.Id).ToHashSet();
        List<Person> after = [.. record.People.Where(p => !replaced.Contains(p.Id)), .. people];
        return
        [
            .. PeopleFaults.Shared(after).SelectMany(s => OfLines(s.People, who => lines[who].Fault(
                Marks[s.Mark].Column, $"{s.Value} is the {Marks[s.Mark].Name} of {string.Join(" and ", s.People.Where(p => p.Id != who).Select(Where))} as well"))),
            .. PeopleFaults.Circles(after).SelectMany(c => OfLines(c, who => lines[who].Fault(
                managers, $"the managers lead round in a circle: {string.Join(", ", From(c, who).Select(s => $"{Where(s.Who)} reports to {Where(s.Above)}"))}"))),
        ];
    }

    private IEnumerable<PeopleClash> OfLines(IEnumerable<Person> people, Func<PersonId, ImportFault> fault) =>
        people.Where(p => lines.ContainsKey(p.Id)).OrderBy(p => lines[p.Id].Number).Select(p => new PeopleClash(p.Id, fault(p.Id)));

    // each line reads the circle from its own place on
    private static IEnumerable<(Person Who, Person Above)> From(IReadOnlyList<Person> circle, PersonId who)
    {
        var first = circle.TakeWhile(p => p.Id != who).Count();
        return Enumerable.Range(first, circle.Count).Select(i => (circle[i % circle.Count], circle[(i + 1) % circle.Count]));
    }

    private string Where(Person person) => lines.TryGetValue(person.Id, out var line)
        ? string.Create(CultureInfo.InvariantCulture, $"line {line.Number}")
        : $"{person.Name} on record";
}
