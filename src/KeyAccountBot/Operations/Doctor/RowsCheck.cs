using System.Globalization;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Operations.Doctor;

/// <summary>Looks at every row of every table for those that cannot be read.</summary>
internal sealed class RowsCheck(RowScan scan) : IDoctorCheck
{
    /// <inheritdoc/>
    public async Task<CheckResult> LookAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var result = await scan.RunAsync(null, cancellationToken);
        List<Finding> findings = [.. result.Found.Select(FindingOf)];
        if (result.All > result.Found.Count)
        {
            findings.Add(new Finding(
                string.Create(CultureInfo.InvariantCulture, $"{result.All - result.Found.Count} more rows cannot be read."), "Mend those named first, then run this again."));
        }

        return new CheckResult(string.Create(CultureInfo.InvariantCulture, $"{result.Looked} looked at, {result.All} set aside"), findings);
    }

    private static Finding FindingOf(SetAsideRow row) =>
        new($"Row {row.Mark} of {row.Table}, '{row.PartitionKey}' '{row.RowKey}', cannot be read: {row.Reason}.", MendOf(row));

    private static string MendOf(SetAsideRow row) => (row.Fault, row.Table, row.RowKey) switch
    {
        (RowFault.Newer, _, _) => "Run the newer version of the program again; this one leaves the row as it is.",
        (_, RowKeys.Index, _) => "Run 'deliveries reconcile': it writes the line anew from the record.",
        (_, RowKeys.Opportunities, RowKeys.Snapshot) => "Run 'deliveries reconcile': it folds the snapshot anew from the entries, if all of these can be read.",
        (_, RowKeys.Accounts, RowKeys.Snapshot) => "Nothing is lost while its entries can be read: the next change of the account writes it anew.",
        (_, RowKeys.Opportunities or RowKeys.Accounts, _) => "Put this row back from a copy of the store; until then this one record rests.",
        (_, RowKeys.People, _) => "Import this person again from people.csv.",
        (_, "addresses" or "conversations", _) => "It is written anew when this person next writes to the bot.",
        (_, "mailboxes", "weekly") or (_, "operations", _) => "It is written anew by the running service within an hour.",
        _ => "Put this row back from a copy of the store, or delete it.",
    };
}
