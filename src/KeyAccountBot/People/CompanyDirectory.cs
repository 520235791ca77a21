using System.Collections.Concurrent;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.People;

/// <summary>Our people as of now, read at most every fifteen seconds: an import in another process is seen soon after.</summary>
internal sealed partial class CompanyDirectory(PeopleRepository people, TimeProvider clock, ILogger<CompanyDirectory> logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    // real time, not the bot's clock: this is about another process's writes, and a moved clock must not age it
    private readonly ConcurrentDictionary<TenantId, (Company Company, long ReadAt)> known = new();
    private readonly ConcurrentDictionary<TenantId, (int Shared, int Circles)> warned = new();

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
        WarnOf(tenant, company);
        known[tenant] = (company, TimeProvider.System.GetTimestamp());
        return company;
    }

    // an import refuses such people; an older one may have put them on record
    private void WarnOf(TenantId tenant, Company company)
    {
        var found = (Shared: PeopleFaults.Shared(company.People).Count(), Circles: PeopleFaults.Circles(company.People).Count());
        if (found == warned.GetValueOrDefault(tenant))
        {
            return;
        }

        warned[tenant] = found;
        if (found.Shared > 0)
        {
            Shared(found.Shared);
        }

        if (found.Circles > 0)
        {
            Circles(found.Circles);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} Teams ids, Slack ids or e-mail addresses belong to more than one person each, so they identify nobody. Import people.csv with one person for each.")]
    private partial void Shared(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} lines of managers lead round in a circle. Import people.csv with the right manager_email.")]
    private partial void Circles(int count);
}
