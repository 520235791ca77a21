using System.Collections.Concurrent;
using KeyAccountBot.Language;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Understanding;

/// <summary>
/// Gathers what a speaker's message may name. Of many customers the contacts are read only where the message names the customer, and what
/// somebody sees of a large company is kept for a minute.
/// </summary>
internal sealed class Sights(Dossiers dossiers, Playbook playbook)
{
    private const int Many = 200;
    private const int ManyCustomers = 60;
    private const int MostKept = 200;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(TenantId Tenant, PersonId Person), (IReadOnlyList<OpportunityListing> Lines, DateTimeOffset Until)> kept = new();

    /// <summary>What the speaker's message may name.</summary>
    public async ValueTask<Sight> OfAsync(Scene scene, string words, CancellationToken cancellationToken)
    {
        var lines = await LinesAsync(scene, cancellationToken);
        var customers = lines.Where(l => !string.IsNullOrWhiteSpace(l.Account)).DistinctBy(l => AccountId.OfName(l.Account)).ToList();
        List<KnownName> names =
        [
            .. customers.Select(l => new KnownName(NameKind.Account, AccountId.OfName(l.Account).Value, l.Account)),
            .. lines.Where(l => l.Name.Length > 0).Select(l => new KnownName(NameKind.Opportunity, l.Id.Value, l.Name) { Account = Sight.AccountOf(l) }),
            .. Named(scene.Company, words).Select(Of),
            .. playbook.Competitors.Select(c => new KnownName(NameKind.Competitor, c, c)),
        ];
        IEnumerable<OpportunityListing> read = customers;
        if (customers.Count > ManyCustomers)
        {
            var named = NameMentions.In(words, names).SelectMany(m => m.Fits).Select(f => f.Kind == NameKind.Account ? f.Id : f.Account).ToHashSet(StringComparer.Ordinal);
            read = customers.Where(l => l.Owner == scene.Person.Id || named.Contains(AccountId.OfName(l.Account).Value)).Take(ManyCustomers);
        }

        HashSet<AccountId> seen = [];
        foreach (var line in read)
        {
            if (await dossiers.CustomerAsync(scene.Asker, line, cancellationToken) is { } account && seen.Add(account.Id))
            {
                names.AddRange(ContactsOf(account));
            }
        }

        await foreach (var account in dossiers.LookedAfterAsync(scene.Asker, cancellationToken))
        {
            if (seen.Add(account.Id))
            {
                names.AddRange(ContactsOf(account));
            }
        }

        return new Sight(lines, new NameIndex(names));
    }

    // of a large company those whose name the message may hold, by how its parts begin
    private static IEnumerable<Person> Named(Company company, string words) =>
        company.People.Count <= ManyCustomers ? company.People : PeopleByName.Of(company).In(Spelling.Fold(words));

    private async ValueTask<IReadOnlyList<OpportunityListing>> LinesAsync(Scene scene, CancellationToken cancellationToken)
    {
        var key = (scene.Tenant, scene.Person.Id);
        if (kept.TryGetValue(key, out var found) && found.Until > scene.Now && found.Until <= scene.Now + Kept)
        {
            return found.Lines;
        }

        List<OpportunityListing> lines = [];
        await foreach (var line in dossiers.LinesAsync(scene.Asker, cancellationToken))
        {
            lines.Add(line);
        }

        if (lines.Count > Many)
        {
            if (kept.Count >= MostKept)
            {
                kept.Clear();
            }

            kept[key] = (lines, scene.Now + Kept);
        }

        return lines;
    }

    private IEnumerable<KnownName> ContactsOf(Account account) => account.Active.Select(contact =>
    {
        var department = playbook.Coverage.Find(contact.Data.Department);
        return new KnownName(NameKind.Contact, contact.Id.Value, contact.Name)
        {
            Account = account.Id.Value,
            Rank = contact.Data.Level switch { Level.Executive => NameRank.Executive, Level.Manager => NameRank.Manager, _ => NameRank.Staff },
            Beside = [.. department is null ? [] : department.Name.Values.Concat(department.Phrases.All), .. contact.Data.Title is { } title ? [title] : Array.Empty<string>()],
        };
    });

    private static KnownName Of(Person person) => new(NameKind.Colleague, person.Id.Value, person.Name)
    {
        Rank = person.Role switch { Role.Rep => NameRank.Staff, Role.Manager => NameRank.Manager, _ => NameRank.Executive },
    };
}
