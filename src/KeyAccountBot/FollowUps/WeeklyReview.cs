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
internal sealed class WeeklyReview(Dossiers dossiers, Playbook playbook, TimeProvider clock)
{
    /// <summary>How many opportunities a digest looks at; of more, the largest. What is late beside them is counted.</summary>
    public const int Looks = 5_000;

    private const int AtOnce = 16;

    /// <summary>The digest as of now.</summary>
    public async Task<WeeklyDigest> OfAsync(TenantId tenant, Person reader, Company company, CancellationToken cancellationToken)
    {
        var asker = new Asker(tenant, company, reader.Id);
        var looks = new DigestLooks(Looks, playbook, clock.GetUtcNow());
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var owners = Authority.OwnersSeenBy(reader.Id, company);
        await Parallel.ForEachAsync(owners, options, async (owner, stop) =>
        {
            await foreach (var line in dossiers.LinesOfAsync(asker, owner, stop))
            {
                looks.Add(line);
            }
        });

        var (chosen, lateBeside) = looks.Choose();
        var opportunities = new Opportunity?[chosen.Count];
        await Parallel.ForAsync(0, chosen.Count, options, async (i, stop) =>
            opportunities[i] = await dossiers.FindAsync(asker, chosen[i], stop));

        // one of each customer's is enough to see the customer
        Opportunity[] customers = [.. opportunities.OfType<Opportunity>().Where(o => o.Facts.AccountId is not null).DistinctBy(o => o.Facts.AccountId)];
        var known = new Account?[customers.Length];
        await Parallel.ForAsync(0, customers.Length, options, async (i, stop) => known[i] = await dossiers.CustomerAsync(asker, customers[i], stop));
        var byId = customers.Zip(known).ToDictionary(c => c.First.Facts.AccountId!.Value, c => c.Second);
        var digest = WeeklyDigest.Of(
            [.. opportunities.OfType<Opportunity>().Select(o => (o, o.Facts.AccountId is { } id ? byId[id] : null))], playbook, company, clock.GetUtcNow(), reader);
        return digest with { Open = looks.Open, LateBeside = lateBeside };
    }
}
