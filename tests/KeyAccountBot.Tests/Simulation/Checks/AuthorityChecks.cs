using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Tests.Simulation.Checks;

/// <summary>Every entry by who had it recorded, by rules written down here once more: the owner, those above, and one step of standing in.</summary>
internal sealed class AuthorityChecks(Staff staff, Violations violations)
{
    /// <summary>An entry was recorded, on the opportunity as it stood before.</summary>
    public void Recorded(Life life, OpportunityEntry entry)
    {
        if (entry.By is not { } by || life.State?.Facts.Owner is not { } owner
            || entry.What is OpportunityEvent.FollowUpAnswered or OpportunityEvent.FollowUpReplied)
        {
            return;
        }

        var line = LineOf(owner);
        if (line.Contains(by))
        {
            Expect(null);
            return;
        }

        var absent = line.Where(p => NamedFor(p, entry.At) == by).Cast<PersonId?>().FirstOrDefault();
        if (absent is null)
        {
            violations.Add(Promise.Authority, entry.At, life.Id, by, $"had {entry.What.GetType().Name} recorded, which is {owner}'s");
            return;
        }

        Expect(absent);

        void Expect(PersonId? name)
        {
            if (entry.For != name)
            {
                violations.Add(Promise.Authority, entry.At, life.Id, by, $"{entry.What.GetType().Name} stands in the name of {entry.For}, and was done in that of {name}");
            }
        }
    }

    private List<PersonId> LineOf(PersonId owner)
    {
        List<PersonId> line = [];
        for (PersonId? next = owner; next is { } id; next = staff[id].Manager)
        {
            line.Add(id);
        }

        return line;
    }

    // who was named by who is away, where that one is there, and of their line or team or with the same manager
    private PersonId? NamedFor(PersonId id, DateTimeOffset at)
    {
        var person = staff[id];
        return IsAway(person, at) && person.Away!.StandIn is { } named && !IsAway(staff[named], at)
            && (person.Away.AgreedBy is not null || LineOf(id).Contains(named) || LineOf(named).Contains(id)
                || (person.Manager is { } manager && staff[named].Manager == manager))
                ? named
                : null;
    }

    private bool IsAway(Person person, DateTimeOffset at) => person.Away is { } away && staff.CalendarOf(person.Id).DateAt(at) is var day && day >= away.From && day <= away.Until;
}
