using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Import;

/// <summary>Lines of one kind by what became of them.</summary>
internal sealed record ImportCount(int Added, int Changed, int Unchanged, int Rejected);

/// <summary>What became of an import.</summary>
/// <param name="People">Ours.</param>
/// <param name="Opportunities">Theirs.</param>
/// <param name="Faults">Why lines stayed out: the first of them.</param>
/// <param name="MoreFaults">How many faults there are beside them.</param>
internal sealed record ImportSummary(ImportCount People, ImportCount Opportunities, IReadOnlyList<ImportFault> Faults, int MoreFaults)
{
    /// <summary>Whether every line is in.</summary>
    public bool IsWhole => Faults.Count == 0;
}

/// <summary>Carries a plan out. Doing it again changes nothing, so an import that was cut short is finished by running it again.</summary>
internal sealed class ImportRun(OpportunityLedger ledger, PeopleRepository people, Playbook playbook, TimeProvider clock)
{
    // so many at a time that the embedded store can commit them in groups
    private const int AtATime = 256;

    /// <summary>What is on record now.</summary>
    public async Task<OnRecord> LookAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var ids = new KnownIds();
        await foreach (var line in ledger.AllAsync(tenant, cancellationToken))
        {
            ids.Add(line.Id.Value);
        }

        return new OnRecord(await people.LoadAsListedAsync(tenant, cancellationToken), ids, playbook, clock.GetUtcNow());
    }

    /// <summary>Writes people first, then opportunities, while the file is read.</summary>
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
        var (added, unchanged) = (0, 0);
        var (unread, unwritten) = (new FaultReport(), new FaultReport());
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(plan.Opportunities(unread.Add), options, async (opportunity, stop) =>
        {
            if (onRecord.Opportunities.Contains(opportunity.Id))
            {
                Interlocked.Increment(ref unchanged);
                return;
            }

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
                    unwritten.Add(opportunity.Line.Fault("", $"it was refused: {refusal}"));
                }
                else
                {
                    Interlocked.Increment(ref added);
                }
            }
            catch (Exception e) when (e is StoreLimitException or StoreConflictException or ArgumentException)
            {
                unwritten.Add(opportunity.Line.Fault("", $"it could not be stored: {e.Message}"));
            }

            done();
        });

        return Summary(plan, added, unchanged, unread, unwritten);
    }

    /// <summary>The summary of a plan as it would go.</summary>
    /// <param name="plan">What.</param>
    /// <param name="onRecord">What the plan was made against.</param>
    /// <param name="would">Told of each opportunity that would be added, in the file's order.</param>
    public static ImportSummary Foresee(ImportPlan plan, OnRecord onRecord, Action<OpportunityToOpen> would)
    {
        var (added, unchanged) = (0, 0);
        var unread = new FaultReport();
        foreach (var opportunity in plan.Opportunities(unread.Add))
        {
            if (onRecord.Opportunities.Contains(opportunity.Id))
            {
                unchanged++;
            }
            else
            {
                added++;
                would(opportunity);
            }
        }

        return Summary(plan, added, unchanged, unread, new FaultReport());
    }

    private static ImportSummary Summary(ImportPlan plan, int added, int unchanged, FaultReport unread, FaultReport unwritten)
    {
        List<ImportFault> named = [.. plan.PeopleFaults, .. unread.First, .. unwritten.First.OrderBy(f => f.Line)];
        return new ImportSummary(
            new ImportCount(plan.AddedPeople.Count, plan.ChangedPeople.Count, plan.UnchangedPeople, plan.PeopleFaults.Select(f => (f.File, f.Line)).Distinct().Count()),
            new ImportCount(added, 0, unchanged, unread.Lines + unwritten.Lines),
            named, plan.PeopleFaults.Count + unread.Count + unwritten.Count - named.Count);
    }
}
