using System.Globalization;
using KeyAccountBot.Import;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Records;
using Spectre.Console;

namespace KeyAccountBot.Commands;

/// <summary><c>import crm|people|opportunities</c>: plan, say, write, sum up.</summary>
internal static class ImportCommand
{
    private const int ShownOfADryRun = 50;

    /// <summary>Runs it and answers the exit code.</summary>
    public static async Task<int> RunAsync(
        IServiceProvider services, IAnsiConsole console, TextWriter error, Func<OnRecord, ImportPlan> read,
        TenantId tenant, bool dryRun, bool strict, CancellationToken cancellationToken)
    {
        var run = new ImportRun(
            services.GetRequiredService<OpportunityLedger>(), services.GetRequiredService<PeopleRepository>(),
            services.GetRequiredService<Playbook>(), services.GetRequiredService<TimeProvider>());
        var began = TimeProvider.System.GetTimestamp();
        var onRecord = await run.LookAsync(tenant, cancellationToken);
        var plan = read(onRecord);
        var held = strict && plan.Faults.Any();
        if (!dryRun && !held)
        {
            // it writes stages, so it is held to the record as the service is
            await PlaybookAtStart.CheckAsync(services.GetRequiredService<ITableStore>(), onRecord.Playbook, cancellationToken);
        }

        if (dryRun)
        {
            var sentences = plan.Sentences().ToList();
            foreach (var sentence in sentences.Take(ShownOfADryRun))
            {
                console.WriteLine(sentence);
            }

            if (sentences.Count > ShownOfADryRun)
            {
                console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {sentences.Count - ShownOfADryRun:N0} more"));
            }
        }

        var summary = dryRun || held ? ImportRun.Foresee(plan) : await WriteAsync(run, console, tenant, plan, onRecord, cancellationToken);
        foreach (var fault in summary.Faults)
        {
            await error.WriteLineAsync(fault.ToString());
        }

        if (held)
        {
            await error.WriteLineAsync("Nothing was written: --strict takes all lines or none.");
            return CommandLine.SomeRejected;
        }

        Write(console, summary, dryRun);
        if (!dryRun)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Took {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s."));
        }

        Hint(console, plan.CompanyAfter(onRecord.Company));
        return summary.Faults.Count > 0 ? CommandLine.SomeRejected : CommandLine.Done;
    }

    private static async Task<ImportSummary> WriteAsync(
        ImportRun run, IAnsiConsole console, TenantId tenant, ImportPlan plan, OnRecord onRecord, CancellationToken cancellationToken)
    {
        if (!console.Profile.Out.IsTerminal || plan.AddedOpportunities.Count == 0)
        {
            return await run.WriteAsync(tenant, plan, onRecord, () => { }, cancellationToken);
        }

        return await console.Progress().AutoClear(true).StartAsync(progress =>
        {
            var task = progress.AddTask("Opportunities", maxValue: plan.AddedOpportunities.Count);
            return run.WriteAsync(tenant, plan, onRecord, () => task.Increment(1), cancellationToken);
        });
    }

    private static void Write(IAnsiConsole console, ImportSummary summary, bool dryRun)
    {
        var table = new Table { Border = console.Profile.Out.IsTerminal ? TableBorder.Rounded : TableBorder.None };
        table.AddColumns(dryRun ? "would be" : "", "added", "changed", "unchanged", "rejected");
        foreach (var (kind, count) in new[] { ("people", summary.People), ("opportunities", summary.Opportunities) })
        {
            if (count != new ImportCount(0, 0, 0, 0))
            {
                table.AddRow([kind, .. new[] { count.Added, count.Changed, count.Unchanged, count.Rejected }.Select(n => n.ToString("N0", CultureInfo.InvariantCulture))]);
            }
        }

        console.Write(table);
    }

    private static void Hint(IAnsiConsole console, Company company)
    {
        if (company.People.Count == 0 || company.People.Any(p => p.Role == Role.Director))
        {
            return;
        }

        console.WriteLine(company.People.Any(p => p.Role == Role.Administrator)
            ? "No director is on record, so alerts meant for one go to the administrator. Import one with the role 'director', and managers who report to them."
            : "No director is on record, so alerts meant for one go to the administrator, and no administrator is on record either: nobody would hear them. Import one of each with `import people`.");
    }
}
