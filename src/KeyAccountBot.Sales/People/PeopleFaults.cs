namespace KeyAccountBot.Sales.People;

/// <summary>What tells people apart.</summary>
public enum Mark
{
    /// <summary>The Entra object id.</summary>
    TeamsId,

    /// <summary>The Slack user id.</summary>
    SlackId,

    /// <summary>The e-mail address.</summary>
    Email,
}

/// <summary>People who cannot be told apart, since they have a mark in common.</summary>
/// <param name="Mark">Which.</param>
/// <param name="Value">As the first of them has it.</param>
/// <param name="People">Two or more, in the order given.</param>
public sealed record SharedMark(Mark Mark, string Value, IReadOnlyList<Person> People);

/// <summary>What must not be on record of our people: two who cannot be told apart, and managers who lead each other in a circle. Pure.</summary>
public static class PeopleFaults
{
    /// <summary>The marks that two or more have in common, whatever the capitals and the space around.</summary>
    public static IEnumerable<SharedMark> Shared(IReadOnlyCollection<Person> people) => Enum.GetValues<Mark>().SelectMany(mark => people
        .Where(p => !string.IsNullOrWhiteSpace(ValueOf(p, mark)))
        .GroupBy(p => ValueOf(p, mark)!.Trim(), StringComparer.OrdinalIgnoreCase)
        .Where(g => g.Skip(1).Any())
        .Select(g => new SharedMark(mark, g.Key, [.. g])));

    /// <summary>The circles of managers, each once: from somebody to whom they report, and so on back to them.</summary>
    public static IEnumerable<IReadOnlyList<Person>> Circles(IEnumerable<Person> people)
    {
        var byId = people.ToDictionary(p => p.Id);
        HashSet<PersonId> done = [];
        foreach (var first in byId.Values)
        {
            List<PersonId> path = [];
            for (PersonId? next = first.Id; next is { } id && byId.TryGetValue(id, out var person); next = person.Manager)
            {
                if (path.IndexOf(id) is >= 0 and var from)
                {
                    yield return [.. path[from..].Select(p => byId[p])];
                    break;
                }

                if (!done.Add(id))
                {
                    break;
                }

                path.Add(id);
            }
        }
    }

    private static string? ValueOf(Person person, Mark mark) => mark switch
    {
        Mark.TeamsId => person.TeamsId,
        Mark.SlackId => person.SlackId,
        Mark.Email => person.Email,
        _ => throw new ArgumentOutOfRangeException(nameof(mark), mark, null),
    };
}
