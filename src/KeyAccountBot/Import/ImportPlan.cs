using System.Globalization;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Import;

/// <summary>What a company has on record as an import begins.</summary>
/// <param name="Company">Our people.</param>
/// <param name="Opportunities">Their ids.</param>
/// <param name="Playbook">The stages.</param>
/// <param name="Now">UTC.</param>
internal sealed record OnRecord(Company Company, KnownIds Opportunities, Playbook Playbook, DateTimeOffset Now);

/// <summary>An opportunity to put on record.</summary>
/// <param name="Id">As the other system names it.</param>
/// <param name="Command">What is to be recorded.</param>
/// <param name="Line">Where it stands in the file.</param>
internal sealed record OpportunityToOpen(OpportunityId Id, OpportunityCommand.Open Command, CsvLine Line);

/// <summary>What files hold beyond what is on record; nothing is written by making it.</summary>
/// <param name="AddedPeople">Not on record yet.</param>
/// <param name="ChangedPeople">On record and different; before and after.</param>
/// <param name="UnchangedPeople">On record like this.</param>
/// <param name="PeopleFaults">Lines that stay out.</param>
/// <param name="Opportunities">
/// All that the files hold, on record or not, read while they are asked for and each time anew, so that no more than a few are in memory; what
/// stays out is told to whom it is given.
/// </param>
internal sealed record ImportPlan(
    IReadOnlyList<Person> AddedPeople,
    IReadOnlyList<(Person Before, Person After)> ChangedPeople,
    int UnchangedPeople,
    IReadOnlyList<ImportFault> PeopleFaults,
    Func<Action<ImportFault>, IEnumerable<OpportunityToOpen>> Opportunities)
{
    /// <summary>A plan of these people and opportunities against what is on record.</summary>
    public static ImportPlan Of(
        OnRecord onRecord, IReadOnlyList<Person> people, IReadOnlyList<ImportFault> peopleFaults,
        Func<Action<ImportFault>, IEnumerable<OpportunityToOpen>> opportunities)
    {
        var known = people.ToLookup(p => onRecord.Company.Find(p.Id) is not null);
        var changed = known[true].Select(p => (Before: onRecord.Company.Find(p.Id)!, After: p)).Where(p => p.Before != p.After).ToList();
        return new ImportPlan([.. known[false]], changed, known[true].Count() - changed.Count, peopleFaults, opportunities);
    }

    /// <summary>Our people once the plan is carried out.</summary>
    public Company CompanyAfter(Company before) => new([.. before.People, .. AddedPeople, .. ChangedPeople.Select(p => p.After)]);

    /// <summary>What would change of people, a sentence each.</summary>
    public IEnumerable<string> Sentences()
    {
        foreach (var person in AddedPeople)
        {
            yield return $"would add {person.Name} ({Word(person.Role)}{(person.Email is { } email ? $", {email}" : "")})";
        }

        foreach (var (before, after) in ChangedPeople)
        {
            yield return $"would change {after.Name}: {string.Join(", ", Differences(before, after))}";
        }
    }

    /// <summary>What would change of an opportunity that is not on record, in a sentence.</summary>
    public static string Sentence(OpportunityToOpen opportunity)
    {
        var open = opportunity.Command;
        var amount = open.Amount.Amount.ToString("N2", CultureInfo.InvariantCulture);
        return $"would add {opportunity.Id}: {(open.Account.Length > 0 ? open.Account : "no account")}, {open.Name}, {amount} {open.Amount.Currency}, {open.Stage}";
    }

    private static IEnumerable<string> Differences(Person before, Person after)
    {
        (string What, string? From, string? To)[] all =
        [
            ("name", before.Name, after.Name), ("role", Word(before.Role), Word(after.Role)), ("e-mail", before.Email, after.Email),
            ("manager", before.Manager?.Value, after.Manager?.Value), ("Teams id", before.TeamsId, after.TeamsId), ("Slack id", before.SlackId, after.SlackId),
            ("time zone", before.TimeZone, after.TimeZone), ("locale", before.Locale, after.Locale),
            ("channel", before.Prefers?.ToString(), after.Prefers?.ToString()), ("office", before.Office, after.Office),
        ];
        return all.Where(d => d.From != d.To).Select(d => $"{d.What} {d.From ?? "none"} to {d.To ?? "none"}");
    }

    private static string Word(Role role) => role.ToString().ToLowerInvariant();
}
