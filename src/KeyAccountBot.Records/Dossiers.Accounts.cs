using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Records;

/// <content>The customers: somebody sees those of the opportunities that they may see, and those where they look after a contact.</content>
public sealed partial class Dossiers
{
    /// <summary>The customer of an opportunity at hand; <c>null</c> while nobody there is on record, or where the opportunity is not for them to see.</summary>
    public async ValueTask<Account?> CustomerAsync(Asker asker, Opportunity opportunity, CancellationToken cancellationToken) =>
        Authority.Allows(asker.Person, asker.Company, opportunity, ToRead) ? await accounts.OfAsync(asker.Tenant, opportunity, cancellationToken) : null;

    /// <summary>The customer of a line at hand; <c>null</c> while nobody there is on record, or where the line is not for them to see.</summary>
    public async ValueTask<Account?> CustomerAsync(Asker asker, OpportunityListing line, CancellationToken cancellationToken) =>
        Authority.Sees(asker.Person, asker.Company, line.Owner)
            ? (await accounts.FindAsync(asker.Tenant, AccountId.OfName(line.Account), cancellationToken))?.Account
            : null;

    /// <summary>The customers where somebody looks after a contact who counts, in no order.</summary>
    public IAsyncEnumerable<Account> LookedAfterAsync(Asker asker, CancellationToken cancellationToken) =>
        accounts.MaintainedByAsync(asker.Tenant, asker.Person, cancellationToken);

    /// <summary>Every customer on record that somebody may see: those where they look after a contact, then those of the opportunities that they may see.</summary>
    public async ValueTask<IReadOnlyList<Account>> CustomersAsync(Asker asker, CancellationToken cancellationToken)
    {
        List<Account> found = [];
        await foreach (var maintained in LookedAfterAsync(asker, cancellationToken))
        {
            found.Add(maintained);
        }

        HashSet<AccountId> others = [];
        await foreach (var line in LinesAsync(asker, cancellationToken))
        {
            if (!string.IsNullOrWhiteSpace(line.Account))
            {
                others.Add(AccountId.OfName(line.Account));
            }
        }

        foreach (var id in others.Except(found.Select(a => a.Id)).ToList())
        {
            if ((await accounts.FindAsync(asker.Tenant, id, cancellationToken))?.Account is { } account)
            {
                found.Add(account);
            }
        }

        return found;
    }

    /// <summary>How many decision makers a colleague looks after at other customers. It is a number only: these customers need not be for the asker to see.</summary>
    /// <param name="asker">Who asks.</param>
    /// <param name="colleague">Whose load.</param>
    /// <param name="beside">The customer that does not count.</param>
    /// <param name="cancellationToken">Stops between two customers.</param>
    public async ValueTask<int> LoadOfAsync(Asker asker, PersonId colleague, AccountId beside, CancellationToken cancellationToken)
    {
        var load = 0;
        await foreach (var other in accounts.MaintainedByAsync(asker.Tenant, colleague, cancellationToken))
        {
            load += other.Id == beside ? 0 : other.Active.Count(c => c.IsDecisionMaker && c.Maintainer == colleague);
        }

        return load;
    }

    /// <summary>Records a command about a customer in the name of who asks; whether they may is asked right before.</summary>
    /// <param name="asker">Who asks.</param>
    /// <param name="id">Which customer.</param>
    /// <param name="command">What.</param>
    /// <param name="context">When, and through which channel.</param>
    /// <param name="cancellationToken">Stops before the commit, never within it.</param>
    /// <param name="through">One of the customer's opportunities as just read or recorded: where that is theirs to see, no list is read.</param>
    /// <returns>What came of it; with <see cref="AccountRefusal.NotTheirs"/>, and nothing of the customer, where they may not.</returns>
    public async ValueTask<AccountOutcome> RecordAsync(
        Asker asker, AccountId id, AccountCommand command, CommandContext context, CancellationToken cancellationToken, Opportunity? through = null)
    {
        // what costs least is asked first: the opportunity at hand, then the contacts they look after, then their list
        StoredAccount? stored = null;
        var may = through?.Facts.AccountId == id && Allows([through.Facts.Owner]);
        if (!may && command is AccountCommand.LogTouch)
        {
            stored = await accounts.FindAsync(asker.Tenant, id, cancellationToken);
            may = Allows([]);
        }

        return may || (await OwnerAtAsync(asker, id, cancellationToken) is { } owner && Allows([owner]))
            ? await accounts.RecordAsync(asker.Tenant, id, command, context with { By = asker.Person }, cancellationToken, stored)
            : new AccountOutcome(null, [], new AccountRefusal.NotTheirs());

        bool Allows(IEnumerable<PersonId> owners) => Authority.Allows(asker.Person, asker.Company, stored?.Account, owners, command);
    }

    // the first of those they may see is enough, and their own come first
    private async ValueTask<PersonId?> OwnerAtAsync(Asker asker, AccountId id, CancellationToken cancellationToken)
    {
        await foreach (var line in LinesAsync(asker, cancellationToken))
        {
            if (!string.IsNullOrWhiteSpace(line.Account) && AccountId.OfName(line.Account) == id)
            {
                return line.Owner;
            }
        }

        return null;
    }
}
