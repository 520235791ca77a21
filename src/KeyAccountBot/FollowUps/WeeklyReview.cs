using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.FollowUps;

/// <summary>
/// Reads what a person's weekly digest is about: all that they and those below them look after. The lists are read whole, page by page; the
/// records only of those that the digest may tell of, and of so many at most, however large the company is.
/// </summary>
internal sealed class WeeklyReview(OpportunityLedger ledger, AccountLedger accounts, Playbook playbook, TimeProvider clock)
{
    /// <summary>How many opportunities a digest looks at; of more, the largest. What is late beside them is counted.</summary>
    public const int Looks = 5_000;

    private const int AtOnce = 16;

    /// <summary>The digest as of now.</summary>
    public async Task<WeeklyDigest> OfAsync(TenantId tenant, Person reader, Company company, CancellationToken cancellationToken)
    {
        var looks = new DigestLooks(Looks, playbook, clock.GetUtcNow());
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var owners = company.LookedAfterBy(reader.Id).Select(p => p.Id).Concat(company.UnreadBelow(reader.Id));
        await Parallel.ForEachAsync(owners, options, async (owner, stop) =>
        {
            await foreach (var line in ledger.OfOwnerAsync(tenant, owner, stop))
            {
                looks.Add(line);
            }
        });

        var (chosen, lateBeside) = looks.Choose();
        var opportunities = new Opportunity?[chosen.Count];
        await Parallel.ForAsync(0, chosen.Count, options, async (i, stop) =>
            opportunities[i] = (await ledger.FindAsync(tenant, chosen[i], stop))?.Opportunity);

        AccountId[] customers = [.. opportunities.Select(o => o?.Facts.AccountId).OfType<AccountId>().Distinct()];
        var known = new Account?[customers.Length];
        await Parallel.ForAsync(0, customers.Length, options, async (i, stop) => known[i] = (await accounts.FindAsync(tenant, customers[i], stop))?.Account);
        var byId = customers.Zip(known).ToDictionary(c => c.First, c => c.Second);
        var digest = WeeklyDigest.Of(
            [.. opportunities.OfType<Opportunity>().Select(o => (o, o.Facts.AccountId is { } id ? byId[id] : null))], playbook, company, clock.GetUtcNow(), reader);
        return digest with { Open = looks.Open, LateBeside = lateBeside };
    }
}
