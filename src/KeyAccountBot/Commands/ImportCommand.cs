using System.Globalization;
using KeyAccountBot.Import;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
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
        var foreseen = dryRun || strict ? Foresee(console, plan, onRecord, dryRun) : null;
        var held = strict && foreseen is { IsWhole: false };
        if (!dryRun && !held)
        {
            // it writes stages, so it is held to the record as the service is
            await PlaybookAtStart.CheckAsync(services.GetRequiredService<Tables>(), onRecord.Playbook, cancellationToken);
        }

        // all or nothing is known only at the end of the file: then it is read a second time
        var summary = dryRun || held ? foreseen! : await WriteAsync(run, console, tenant, plan, onRecord, cancellationToken);
        foreach (var fault in summary.Faults)
        {
            await error.WriteLineAsync(fault.ToString());
        }

        if (summary.MoreFaults > 0)
        {
            await error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"… and {summary.MoreFaults:N0} more faults. Mend these and import again: what is in stays as it is."));
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
        return summary.IsWhole ? CommandLine.Done : CommandLine.SomeRejected;
    }

    private static ImportSummary Foresee(IAnsiConsole console, ImportPlan plan, OnRecord onRecord, bool says)
    {
        var said = 0;
        foreach (var sentence in plan.Sentences())
        {
            Say(() => sentence);
        }

        var summary = ImportRun.Foresee(plan, onRecord, opportunity => Say(() => ImportPlan.Sentence(opportunity)));
        if (says && said > ShownOfADryRun)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {said - ShownOfADryRun:N0} more"));
        }

        return summary;

        void Say(Func<string> sentence)
        {
            if (says && said++ < ShownOfADryRun)
            {
                console.WriteLine(sentence());
            }
        }
    }

    private static async Task<ImportSummary> WriteAsync(
        ImportRun run, IAnsiConsole console, TenantId tenant, ImportPlan plan, OnRecord onRecord, CancellationToken cancellationToken)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            return await run.WriteAsync(tenant, plan, onRecord, () => { }, cancellationToken);
        }

        return await console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new SpinnerColumn()).StartAsync(progress =>
        {
            // how many there are is known only once the file is read
            var (task, written) = (progress.AddTask("Opportunities", maxValue: double.MaxValue), 0);
            return run.WriteAsync(tenant, plan, onRecord, Done, cancellationToken);

            void Done()
            {
                if (Interlocked.Increment(ref written) is var count && count % 100 == 0)
                {
                    task.Description = string.Create(CultureInfo.InvariantCulture, $"Opportunities: {count:N0}");
                }
            }
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
