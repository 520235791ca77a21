using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sayings.Worlds;
using KeyAccountBot.Storage.Memory;

namespace KeyAccountBot.Sayings.Trials;

/// <summary>What a saying put on record without more ado.</summary>
/// <param name="Opportunities">What happened to opportunities, each with its id.</param>
/// <param name="Accounts">What happened to customers.</param>
/// <param name="Others">The keys of other rows that were written, such as a reminder or an absence.</param>
internal sealed record Recorded(
    IReadOnlyList<(string Opportunity, OpportunityEvent What)> Opportunities, IReadOnlyList<AccountEvent> Accounts, IReadOnlyList<string> Others)
{
    /// <summary>Nothing.</summary>
    public static Recorded Nothing { get; } = new([], [], []);

    /// <summary>Whether anything is.</summary>
    public bool IsAnything => Opportunities.Count + Accounts.Count + Others.Count > 0;

    /// <summary>What is on record now and was not before.</summary>
    public static async Task<Recorded> SinceAsync(
        MemoryTableStore before, MemoryTableStore after, IServiceProvider services, TenantId tenant, World world, CancellationToken cancellationToken)
    {
        var (ledger, accounts) = (services.GetRequiredService<OpportunityLedger>(), services.GetRequiredService<AccountLedger>());
        List<(string, OpportunityEvent)> happened = [];
        List<AccountEvent> toAccounts = [];
        foreach (var opportunity in await IdsAsync(ledger, tenant, cancellationToken))
        {
            await foreach (var entry in ledger.EntriesAsync(tenant, opportunity, cancellationToken))
            {
                if (!entry.Command.Value.StartsWith("world|", StringComparison.Ordinal))
                {
                    happened.Add((opportunity.Value, entry.What));
                }
            }
        }

        foreach (var account in world.Accounts)
        {
            await foreach (var entry in accounts.EntriesAsync(tenant, AccountId.OfName(account.Name), cancellationToken))
            {
                if (!entry.Command.Value.StartsWith("world|", StringComparison.Ordinal))
                {
                    toAccounts.Add(entry.What);
                }
            }
        }

        var ofThese = happened.Count + toAccounts.Count > 0;
        return new Recorded(happened, toAccounts, ofThese ? [] : [.. after.WrittenSince(before).Select(w => $"{w.Table}/{w.RowKey}")]);
    }

    private static async Task<IReadOnlyList<OpportunityId>> IdsAsync(OpportunityLedger ledger, TenantId tenant, CancellationToken cancellationToken)
    {
        List<OpportunityId> ids = [];
        await foreach (var line in ledger.AllAsync(tenant, cancellationToken))
        {
            ids.Add(line.Id);
        }

        return ids;
    }
}
