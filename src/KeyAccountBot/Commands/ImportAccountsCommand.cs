using System.Globalization;
using KeyAccountBot.Import;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using Spectre.Console;

namespace KeyAccountBot.Commands;

/// <summary><c>import accounts</c>: what people call customers beside their names.</summary>
internal static class ImportAccountsCommand
{
    /// <summary>Reads the file, writes what differs from what is on record, and sums up.</summary>
    public static async Task<int> RunAsync(
        IServiceProvider services, IAnsiConsole console, TextWriter error, string path, string? map, TenantId tenant, bool dryRun, bool strict, CancellationToken cancellationToken)
    {
        List<ImportFault> faults = [];
        var calls = AccountsFile.Read(path, map, faults);
        foreach (var fault in faults)
        {
            await error.WriteLineAsync(fault.ToString());
        }

        if (strict && faults.Count > 0)
        {
            await error.WriteLineAsync("Nothing was written: --strict takes all lines or none.");
            return CommandLine.SomeRejected;
        }

        var (ledger, clock) = (services.GetRequiredService<AccountLedger>(), services.GetRequiredService<TimeProvider>());
        var changed = 0;
        foreach (var call in calls)
        {
            var id = AccountId.OfName(call.Account);
            var before = (await ledger.FindAsync(tenant, id, cancellationToken))?.Account.Called ?? [];
            if (before.SequenceEqual(call.Names, StringComparer.Ordinal))
            {
                continue;
            }

            changed++;
            if (!dryRun)
            {
                var now = clock.GetUtcNow();
                var command = new CommandId($"import|called|{Guid.NewGuid():N}");
                await ledger.RecordAsync(tenant, id, call, new CommandContext(command, null, now, DateOnly.FromDateTime(now.UtcDateTime), "import"), cancellationToken);
            }
        }

        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{(dryRun ? "Would change" : "Changed")} what {changed:N0} customers are called; {calls.Count - changed:N0} stay as they are, {faults.Count:N0} lines were rejected."));
        return faults.Count == 0 ? CommandLine.Done : CommandLine.SomeRejected;
    }
}
