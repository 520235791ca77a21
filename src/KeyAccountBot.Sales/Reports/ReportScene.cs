using System.Globalization;
using KeyAccountBot.Language;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Reports;

/// <summary>What is on record where a message is read: whom and what its words may mean. Made once per message, from what its writer may see.</summary>
/// <param name="Playbook">Whose milestones and questions are looked for.</param>
/// <param name="Today">Where the writer is.</param>
/// <param name="Culture">Decides whether 12/3 begins with the day or the month.</param>
/// <param name="Writer">Who says it.</param>
public sealed record ReportScene(Playbook Playbook, DateOnly Today, CultureInfo Culture, PersonId Writer)
{
    /// <summary>What the writer may report on, whatever its status: lost ones come alive again.</summary>
    public IReadOnlyList<Opportunity> Opportunities { get; init; } = [];

    /// <summary>The customers of these opportunities, with their contacts.</summary>
    public IReadOnlyList<Account> Accounts { get; init; } = [];

    /// <summary>Our own people: never taken for somebody of the customer.</summary>
    public IReadOnlyList<Person> People { get; init; } = [];

    /// <summary>Who sells the same, as far as it is on record.</summary>
    public IReadOnlyList<string> Competitors { get; init; } = [];

    /// <summary>Further names on record: other customers, colleagues who use no bot, our own company.</summary>
    public IReadOnlyList<KnownName> Others { get; init; } = [];

    /// <summary>What was spoken of just before; <c>null</c> for nothing.</summary>
    public OpportunityId? SpokenOf { get; init; }

    /// <summary>Opportunities with a visit planned for today or yesterday, where the writer is.</summary>
    public IReadOnlyList<OpportunityId> Visited { get; init; } = [];

    /// <summary>Everything that has a name.</summary>
    public NameIndex Names
    {
        get
        {
            // a copy of the scene with other lists has other names
            object[] from = [Opportunities, Accounts, People, Competitors, Others];
            if (index is not { } made || !made.From.SequenceEqual(from, ReferenceEqualityComparer.Instance))
            {
                index = made = (new NameIndex([.. Known(), .. Others]), from);
            }

            return made.Index;
        }
    }

    private (NameIndex Index, object[] From)? index;

    /// <summary>The customer of an opportunity; <c>null</c> where it is not known.</summary>
    public Account? AccountOf(Opportunity opportunity) => opportunity.Facts.AccountId is { } id ? Accounts.FirstOrDefault(a => a.Id == id) : null;

    private IEnumerable<KnownName> Known()
    {
        foreach (var account in Accounts)
        {
            yield return new KnownName(NameKind.Account, account.Id.Value, account.Name) { Called = account.Called };
            foreach (var contact in account.Contacts)
            {
                var department = Playbook.Coverage.Find(contact.Data.Department);
                yield return new KnownName(NameKind.Contact, contact.Id.Value, contact.Name)
                {
                    Account = account.Id.Value,
                    Rank = contact.Data.Level switch { Level.Executive => NameRank.Executive, Level.Manager => NameRank.Manager, _ => NameRank.Staff },
                    Beside = [.. contact.Data.Title is { } title ? [title] : (string[])[], .. department is null ? [] : department.Name.Values.Concat(department.Phrases.All)],
                };
            }
        }

        foreach (var opportunity in Opportunities)
        {
            yield return new KnownName(NameKind.Opportunity, opportunity.Id.Value, opportunity.Facts.Name) { Account = opportunity.Facts.AccountId?.Value };
        }

        foreach (var person in People)
        {
            yield return new KnownName(NameKind.Colleague, person.Id.Value, person.Name)
            {
                Rank = person.Role switch { Role.Rep => NameRank.Staff, Role.Manager => NameRank.Manager, _ => NameRank.Executive },
                Called = person.Called?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            };
        }

        foreach (var competitor in Competitors.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            yield return new KnownName(NameKind.Competitor, competitor, competitor);
        }
    }
}
