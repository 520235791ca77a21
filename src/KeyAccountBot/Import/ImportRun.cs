using System.Collections.Concurrent;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Import;

/// <summary>Lines of one kind by what became of them.</summary>
internal sealed record ImportCount(int Added, int Changed, int Unchanged, int Rejected);

/// <summary>What became of an import.</summary>
/// <param name="People">Ours.</param>
/// <param name="Opportunities">Theirs.</param>
/// <param name="Faults">Lines that stayed out.</param>
internal sealed record ImportSummary(ImportCount People, ImportCount Opportunities, IReadOnlyList<ImportFault> Faults);

/// <summary>Carries a plan out. Doing it again changes nothing, so an import that was cut short is finished by running it again.</summary>
internal sealed class ImportRun(OpportunityLedger ledger, PeopleRepository people, Playbook playbook, TimeProvider clock)
{
    // so many at a time that the embedded store can commit them in groups
    private const int AtATime = 256;

    /// <summary>What is on record now.</summary>
    public async Task<OnRecord> LookAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var ids = new HashSet<OpportunityId>();
        await foreach (var line in ledger.AllAsync(tenant, cancellationToken))
        {
            ids.Add(line.Id);
        }

        return new OnRecord(await people.LoadAsync(tenant, cancellationToken), ids, playbook, clock.GetUtcNow());
    }

    /// <summary>Writes people first, then opportunities.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="plan">What.</param>
    /// <param name="onRecord">What the plan was made against.</param>
    /// <param name="done">Told after each opportunity, from any thread.</param>
    /// <param name="cancellationToken">Stops between two opportunities.</param>
    public async Task<ImportSummary> WriteAsync(TenantId tenant, ImportPlan plan, OnRecord onRecord, Action done, CancellationToken cancellationToken)
    {
        await people.PutAsync(tenant, [.. plan.AddedPeople, .. plan.ChangedPeople.Select(p => p.After)], cancellationToken);
        var company = plan.CompanyAfter(onRecord.Company);
        var today = DateOnly.FromDateTime(onRecord.Now.UtcDateTime);
        var added = 0;
        var unchanged = plan.UnchangedOpportunities;
        var faults = new ConcurrentBag<ImportFault>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(plan.AddedOpportunities, options, async (opportunity, stop) =>
        {
            var context = new CommandContext(new CommandId($"import|{opportunity.Id}"), null, onRecord.Now, today, "import");
            try
            {
                var outcome = await ledger.RecordAsync(tenant, opportunity.Id, opportunity.Command, context, company, stop);
                if (outcome.Repeated || outcome.Refusal is Refusal.AlreadyOnRecord)
                {
                    Interlocked.Increment(ref unchanged);
                }
                else if (outcome.Refusal is { } refusal)
                {
                    faults.Add(opportunity.Line.Fault("", $"it was refused: {refusal}"));
                }
                else
                {
                    Interlocked.Increment(ref added);
                }
            }
            catch (Exception e) when (e is StoreLimitException or StoreConflictException or ArgumentException)
            {
                faults.Add(opportunity.Line.Fault("", $"it could not be stored: {e.Message}"));
            }

            done();
        });

        return Summary(plan, added, unchanged, [.. plan.OpportunityFaults, .. faults.OrderBy(f => f.Line)]);
    }

    /// <summary>The summary of a plan as it would go.</summary>
    public static ImportSummary Foresee(ImportPlan plan) =>
        Summary(plan, plan.AddedOpportunities.Count, plan.UnchangedOpportunities, plan.OpportunityFaults);

    private static ImportSummary Summary(ImportPlan plan, int added, int unchanged, IReadOnlyList<ImportFault> faults) => new(
        new ImportCount(plan.AddedPeople.Count, plan.ChangedPeople.Count, plan.UnchangedPeople, LinesOf(plan.PeopleFaults)),
        new ImportCount(added, 0, unchanged, LinesOf(faults)),
        [.. plan.PeopleFaults, .. faults]);

    private static int LinesOf(IEnumerable<ImportFault> faults) => faults.Select(f => (f.File, f.Line)).Distinct().Count();
}
