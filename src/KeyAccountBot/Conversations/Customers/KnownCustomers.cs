using KeyAccountBot.Conversations.Overviews;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Customers;

/// <summary>A customer that a question is about.</summary>
/// <param name="Name">As its opportunities write it.</param>
/// <param name="Account">Its record; <c>null</c> while nobody there is on record.</param>
/// <param name="Furthest">The opportunity there that has come furthest of those that the speaker may see; <c>null</c> where they only look after a contact.</param>
internal sealed record KnownAccount(string Name, Account? Account, Opportunity? Furthest)
{
    /// <summary>Whom we know there, those who decide first, then by level.</summary>
    public IReadOnlyList<Contact> Contacts { get; } = [.. (Account?.Active ?? []).OrderByDescending(c => c.IsDecisionMaker).ThenByDescending(c => c.Data.Level).ThenBy(c => c.Name, StringComparer.CurrentCultureIgnoreCase)];
}

/// <summary>Finds the customers that a question is about, of those that the speaker may see.</summary>
internal sealed class KnownCustomers(Portfolio portfolio, Dossiers dossiers, Playbook playbook)
{
    /// <summary>The customers, by name.</summary>
    public async ValueTask<IReadOnlyList<KnownAccount>> OfAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        var holdings = await portfolio.OpenAsync(scene, asked, l => scope.Only is not null || scope.Account is not null || l.Status is OpportunityStatus.Open or OpportunityStatus.OnHold, cancellationToken);
        List<KnownAccount> found = [.. holdings.Dossiers.Where(d => d.Opportunity.Facts.AccountId is not null).GroupBy(d => d.Opportunity.Facts.AccountId)
            .Select(g => new KnownAccount(g.First().Opportunity.Facts.Account, g.First().Account, g.Select(d => d.Opportunity).OrderByDescending(o => o.IsOpen).ThenByDescending(o => playbook.NumberOf(o.Facts.Stage)).First()))];

        // who only looks after somebody there sees these people too
        if (scope.Account is { } wanted && found.Count == 0)
        {
            await foreach (var account in dossiers.LookedAfterAsync(scene.Asker, cancellationToken))
            {
                if (account.Id == wanted)
                {
                    found.Add(new KnownAccount(account.Name, account, null));
                }
            }
        }

        return found;
    }

    /// <summary>The contacts that a question names, each with their customer.</summary>
    public static IReadOnlyList<(KnownAccount At, Contact Contact)> ContactsOf(IReadOnlyList<KnownAccount> accounts, Asked asked)
    {
        var wanted = asked.All("contact").Concat(asked.All("contacts")).Select(c => new ContactId(c)).Distinct().ToList();
        return [.. accounts.SelectMany(a => (a.Account?.Contacts ?? []).Where(c => wanted.Contains(c.Id)).Select(c => (a, c)))];
    }
}
