using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;

namespace KeyAccountBot.Import;

/// <summary>Reads what people call customers beside their names, from a file with <c>account,called</c>; several names are separated by semicolons.</summary>
internal static class AccountsFile
{
    /// <summary>The lines that can be read, in the file's order.</summary>
    /// <exception cref="ImportRefusedException">The file cannot be read, or lacks a column.</exception>
    public static IReadOnlyList<AccountCommand.CallAlso> Read(string path, string? map, List<ImportFault> faults)
    {
        List<AccountCommand.CallAlso> calls = [];
        var seen = new HashSet<AccountId>();
        foreach (var line in CsvFile.Read(path, HeaderNames.Accounts, HeaderNames.ReadMap(map, HeaderNames.Accounts), faults))
        {
            if (line["account"].Length == 0)
            {
                faults.Add(line.Fault("account", "the account is missing"));
            }
            else if (!seen.Add(AccountId.OfName(line["account"])))
            {
                faults.Add(line.Fault("account", $"{line["account"]} stands on another line already"));
            }
            else if (line["called"].Length > 0)
            {
                var names = line["called"] == "-" ? [] : line["called"].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                calls.Add(new AccountCommand.CallAlso(line["account"], names));
            }
        }

        return calls;
    }
}
