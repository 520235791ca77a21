using System.Collections.Concurrent;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.People;

/// <summary>Our people as of now, read at most every fifteen seconds: an import in another process is seen soon after.</summary>
internal sealed class CompanyDirectory(PeopleRepository people, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    // real time, not the bot's clock: this is about another process's writes, and a moved clock must not age it
    private readonly ConcurrentDictionary<TenantId, (Company Company, long ReadAt)> known = new();

    /// <summary>Everybody of a company; who is away today counts as away.</summary>
    public async ValueTask<Company> GetAsync(TenantId tenant, CancellationToken cancellationToken) =>
        (await ReadAsync(tenant, cancellationToken)).AsOf(clock.GetUtcNow());

    /// <summary>Reads again at the next question.</summary>
    public void Forget() => known.Clear();

    private async ValueTask<Company> ReadAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(tenant, out var entry) && TimeProvider.System.GetElapsedTime(entry.ReadAt) < Fresh)
        {
            return entry.Company;
        }

        var company = await people.LoadAsync(tenant, cancellationToken);
        known[tenant] = (company, TimeProvider.System.GetTimestamp());
        return company;
    }
}
