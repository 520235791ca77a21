using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>A customer as the speaker sees it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">As its opportunities write it.</param>
/// <param name="Account">Its record; <c>null</c> while no contact was ever added.</param>
/// <param name="Opportunities">Those at this customer that the speaker may see and that are worked on, the furthest first.</param>
internal sealed record AccountView(AccountId Id, string Name, Account? Account, IReadOnlyList<Opportunity> Opportunities)
{
    /// <summary>The one that has come furthest: what has to be known of the customer goes by it.</summary>
    public Opportunity? Furthest => Opportunities.Count > 0 ? Opportunities[0] : null;

    /// <summary>The contacts that count, in the order they came on record.</summary>
    public IReadOnlyList<Contact> Contacts => [.. Account?.Active ?? []];

    /// <summary>The active contact with this id, or <c>null</c>.</summary>
    public Contact? Find(string? id) => Contacts.FirstOrDefault(c => c.Id.Value == id);
}

/// <summary>Finds the customers of the opportunities that the speaker may see; there are no others for them.</summary>
internal sealed class AccountSearch(OpportunitySearch search, Dossiers dossiers, Playbook playbook)
{
    /// <summary>The lines that the words name or come close to, of those whose customer is known.</summary>
    public ValueTask<OpportunityMatches> MatchAsync(Scene scene, string words, CancellationToken cancellationToken) =>
        search.MatchAsync(scene, words, IsOfCustomer, cancellationToken);

    /// <summary>The names of the first customers in the order of the list: the speaker's own first.</summary>
    /// <param name="scene">Who speaks.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops between two pages.</param>
    public async ValueTask<IReadOnlyList<string>> FirstAsync(Scene scene, int most, CancellationToken cancellationToken)
    {
        HashSet<AccountId> seen = [];
        var first = new FirstFew<(bool IsOwn, string Account)>(most, Comparer<(bool IsOwn, string Account)>.Create((a, b) =>
            b.IsOwn.CompareTo(a.IsOwn) is var own && own != 0 ? own : StringComparer.OrdinalIgnoreCase.Compare(a.Account, b.Account)));
        foreach (var isOwn in new[] { true, false })
        {
            await foreach (var line in search.LinesAsync(scene, cancellationToken))
            {
                if (line.Owner == scene.Person.Id == isOwn && IsOfCustomer(line) && OpportunitySearch.IsWorkedOn(line) && seen.Add(AccountId.OfName(line.Account)))
                {
                    first.Add((isOwn, line.Account));
                }
            }
        }

        return [.. first.InOrder.Select(f => f.Account)];
    }

    /// <summary>The customer that is spoken of where nobody names one; <c>null</c> where none is, or the speaker may not see it.</summary>
    public async ValueTask<string?> SpokenOfAsync(Scene scene, CancellationToken cancellationToken) => scene.Subject is { Opportunity: var spokenOf }
        && (await search.FirstAsync(scene, l => l.Id == spokenOf && IsOfCustomer(l), static (_, _) => 0, 1, cancellationToken)).InOrder is [var line] ? line.Account : null;

    /// <summary>Whether there is any customer at all.</summary>
    public ValueTask<bool> AnyAsync(Scene scene, CancellationToken cancellationToken) => search.AnyAsync(scene, IsOfCustomer, cancellationToken);

    private static bool IsOfCustomer(OpportunityListing line) => !string.IsNullOrWhiteSpace(line.Account);

    /// <summary>A customer with all that the speaker may see of it; <c>null</c> where that is nothing.</summary>
    public async ValueTask<AccountView?> SeeAsync(Scene scene, string account, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(account))
        {
            return null;
        }

        var id = AccountId.OfName(account);
        var lines = await search.VisibleAsync(scene, l => IsOfCustomer(l) && AccountId.OfName(l.Account) == id, cancellationToken);
        if (lines.Count == 0)
        {
            return null;
        }

        List<Opportunity> opportunities = [];
        foreach (var line in lines.Where(OpportunitySearch.IsWorkedOn))
        {
            if (await dossiers.FindAsync(scene.Asker, line.Id, cancellationToken) is { } opportunity)
            {
                opportunities.Add(opportunity);
            }
        }

        var customer = await dossiers.CustomerAsync(scene.Asker, lines[0], cancellationToken);
        return new AccountView(
            id, customer?.Name ?? lines[0].Account, customer,
            [.. opportunities.OrderByDescending(o => playbook.NumberOf(o.Facts.Stage)).ThenByDescending(o => o.Facts.Amount.Amount)]);
    }
}
