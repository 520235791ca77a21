using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.FollowUps;

/// <summary>Reads what a person's weekly digest is about: all that they and those below them look after.</summary>
internal sealed class WeeklyReview(OpportunityLedger ledger, AccountLedger accounts, Playbook playbook, TimeProvider clock)
{
    private const int AtOnce = 16;

    /// <summary>The digest as of now.</summary>
    public async Task<WeeklyDigest> OfAsync(TenantId tenant, Person reader, Company company, CancellationToken cancellationToken)
    {
        List<OpportunityListing> listed = [];
        foreach (var owner in company.LookedAfterBy(reader.Id).Select(p => p.Id).Concat(company.UnreadBelow(reader.Id)))
        {
            await foreach (var line in ledger.OfOwnerAsync(tenant, owner, cancellationToken))
            {
                listed.Add(line);
            }
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var opportunities = new Opportunity?[listed.Count];
        await Parallel.ForAsync(0, listed.Count, options, async (i, stop) =>
            opportunities[i] = (await ledger.FindAsync(tenant, listed[i].Id, stop))?.Opportunity);

        AccountId[] customers = [.. opportunities.Select(o => o?.Facts.AccountId).OfType<AccountId>().Distinct()];
        var known = new Account?[customers.Length];
        await Parallel.ForAsync(0, customers.Length, options, async (i, stop) => known[i] = (await accounts.FindAsync(tenant, customers[i], stop))?.Account);
        var byId = customers.Zip(known).ToDictionary(c => c.First, c => c.Second);
        return WeeklyDigest.Of(
            [.. opportunities.OfType<Opportunity>().Select(o => (o, o.Facts.AccountId is { } id ? byId[id] : null))], playbook, company, clock.GetUtcNow());
    }
}
