using System.Runtime.CompilerServices;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Overviews;

/// <summary>What was opened for a question.</summary>
/// <param name="Dossiers">Opportunities with their customers, by customer and name.</param>
/// <param name="Beside">How many more there are that were not looked at: the smaller ones, on which nothing is due.</param>
internal sealed record Holdings(IReadOnlyList<Dossier> Dossiers, int Beside)
{
    /// <summary>The only one; <c>null</c> where there are none or several.</summary>
    public Dossier? Single => Dossiers is [var only] && Beside == 0 ? only : null;

    /// <summary>The customers, each once, by name.</summary>
    public IEnumerable<Account> Accounts => Dossiers.Select(d => d.Account).OfType<Account>().DistinctBy(a => a.Id);
}

/// <summary>Reads what a question is about: the lines of lists, or the records behind them. Nothing here is for other eyes than the speaker's.</summary>
internal sealed class Portfolio(Dossiers dossiers, Playbook playbook)
{
    /// <summary>So many records are opened for one question at most.</summary>
    public const int Looks = 500;

    private const int AtOnce = 16;

    // what may be due comes before what rests, and the large before the small
    private static Comparer<OpportunityListing> ByWeight(DateTimeOffset now) => Comparer<OpportunityListing>.Create((a, b) =>
        IsDue(a, now).CompareTo(IsDue(b, now)) is var due && due != 0 ? -due
        : b.Amount.Amount.CompareTo(a.Amount.Amount) is var amount && amount != 0 ? amount
        : string.CompareOrdinal(a.Id.Value, b.Id.Value));

    /// <summary>The lines that a question is about, in no order; read page by page.</summary>
    public async IAsyncEnumerable<OpportunityListing> LinesAsync(Scene scene, Asked asked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        foreach (var owner in scope.Owners)
        {
            await foreach (var line in dossiers.LinesOfAsync(scene.Asker, owner, cancellationToken))
            {
                if (scope.Holds(line))
                {
                    yield return line;
                }
            }
        }
    }

    /// <summary>The records that a question is about and that fit, with their customers.</summary>
    public async ValueTask<Holdings> OpenAsync(Scene scene, Asked asked, Func<OpportunityListing, bool> fits, CancellationToken cancellationToken)
    {
        IReadOnlyList<OpportunityId> ids;
        var count = 0;
        if (PortfolioScope.Of(scene, asked).Only is { } only)
        {
            (ids, count) = ([.. only], only.Count);
        }
        else
        {
            var first = new FirstFew<OpportunityListing>(Looks, ByWeight(scene.Now));
            await foreach (var line in LinesAsync(scene, asked, cancellationToken))
            {
                if (fits(line))
                {
                    first.Add(line);
                }
            }

            (ids, count) = ([.. first.InOrder.Select(l => l.Id)], first.Count);
        }

        var opened = await OpenAsync(scene, ids, cancellationToken);
        return new Holdings(
            [.. opened.Where(d => fits(OpportunityListing.Of(d.Opportunity, playbook)))
                .OrderBy(d => d.Opportunity.Facts.Account, StringComparer.OrdinalIgnoreCase).ThenBy(d => d.Opportunity.Facts.Name, StringComparer.OrdinalIgnoreCase)],
            count - ids.Count);
    }

    private async ValueTask<IReadOnlyList<Dossier>> OpenAsync(Scene scene, IReadOnlyList<OpportunityId> ids, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var opportunities = new Opportunity?[ids.Count];
        await Parallel.ForAsync(0, ids.Count, options, async (i, stop) => opportunities[i] = await dossiers.FindAsync(scene.Asker, ids[i], stop));

        // one of each customer's is enough to see the customer
        Opportunity[] customers = [.. opportunities.OfType<Opportunity>().Where(o => o.Facts.AccountId is not null).DistinctBy(o => o.Facts.AccountId)];
        var accounts = new Account?[customers.Length];
        await Parallel.ForAsync(0, customers.Length, options, async (i, stop) => accounts[i] = await dossiers.CustomerAsync(scene.Asker, customers[i], stop));
        var byId = customers.Zip(accounts).ToDictionary(c => c.First.Facts.AccountId!.Value, c => c.Second);
        return [.. opportunities.OfType<Opportunity>().Select(o => new Dossier(o, o.Facts.AccountId is { } id ? byId[id] : null))];
    }

    private static bool IsDue(OpportunityListing line, DateTimeOffset now) => line.Times is not { } times || times.DueFrom <= now;
}
