using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage.Records;

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
internal sealed class AccountSearch(OpportunitySearch search, OpportunityLedger ledger, AccountLedger accounts, Playbook playbook)
{
    /// <summary>The lines whose customer is known.</summary>
    public async ValueTask<IReadOnlyList<OpportunityListing>> VisibleAsync(Scene scene, CancellationToken cancellationToken) =>
        [.. (await search.VisibleAsync(scene, cancellationToken)).Where(l => !string.IsNullOrWhiteSpace(l.Account))];

    /// <summary>A customer with all that the speaker may see of it; <c>null</c> where that is nothing.</summary>
    public async ValueTask<AccountView?> SeeAsync(Scene scene, string account, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(account))
        {
            return null;
        }

        var id = AccountId.OfName(account);
        var lines = (await VisibleAsync(scene, cancellationToken)).Where(l => AccountId.OfName(l.Account) == id).ToList();
        if (lines.Count == 0)
        {
            return null;
        }

        List<Opportunity> opportunities = [];
        foreach (var line in lines.Where(OpportunitySearch.IsWorkedOn))
        {
            if ((await ledger.FindAsync(scene.Tenant, line.Id, cancellationToken))?.Opportunity is { } opportunity)
            {
                opportunities.Add(opportunity);
            }
        }

        var stored = await accounts.FindAsync(scene.Tenant, id, cancellationToken);
        return new AccountView(
            id, stored?.Account.Name ?? lines[0].Account, stored?.Account,
            [.. opportunities.OrderByDescending(o => playbook.NumberOf(o.Facts.Stage)).ThenByDescending(o => o.Facts.Amount.Amount)]);
    }

    /// <summary>Every customer on record whose contacts the speaker looks after or may see, theirs first.</summary>
    public async ValueTask<IReadOnlyList<Account>> OnRecordAsync(Scene scene, CancellationToken cancellationToken)
    {
        List<Account> found = [];
        await foreach (var maintained in accounts.MaintainedByAsync(scene.Tenant, scene.Person.Id, cancellationToken))
        {
            found.Add(maintained);
        }

        var others = (await VisibleAsync(scene, cancellationToken)).Select(l => AccountId.OfName(l.Account)).Distinct().Except(found.Select(a => a.Id));
        foreach (var id in others.ToList())
        {
            if ((await accounts.FindAsync(scene.Tenant, id, cancellationToken))?.Account is { } account)
            {
                found.Add(account);
            }
        }

        return found;
    }
}
