using KeyAccountBot.Records;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Operations;

/// <summary>What looking through the rows came to.</summary>
/// <param name="Looked">How many rows were looked at.</param>
/// <param name="Found">Those that cannot be read; so many at most.</param>
/// <param name="All">How many cannot be read.</param>
/// <param name="IsWhole">Every row was looked at.</param>
internal sealed record RowScanResult(int Looked, IReadOnlyList<SetAsideRow> Found, int All, bool IsWhole);

/// <summary>Looks through every table for rows that cannot be read. What is found is named in the log as well, as by whoever needs the row.</summary>
internal sealed class RowScan(ITableStore tables, RowReader rows)
{
    /// <summary>How many rows are named.</summary>
    public const int Named = 100;

    /// <summary>Looks at every row, or at as many as can be read in a time.</summary>
    public async Task<RowScanResult> RunAsync(TimeSpan? within, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var (looked, all) = (0, 0);
        List<SetAsideRow> found = [];
        foreach (var kinds in ServiceRowKinds.All.GroupBy(k => k.Table, StringComparer.Ordinal))
        {
            await foreach (var row in tables.ScanAsync(kinds.Key, null, cancellationToken))
            {
                looked++;
                if (kinds.FirstOrDefault(k => k.Holds(row)) is { } kind && kind.Try(row) is { Fault: { } fault, Reason: var reason })
                {
                    all++;
                    var aside = new SetAsideRow(kind.Table, row.PartitionKey, row.RowKey, fault, reason, kind.NamesSomebody);
                    rows.Keep(aside, row.ETag);
                    if (found.Count < Named)
                    {
                        found.Add(aside);
                    }
                }

                if (within is { } time && looked % 100 == 0 && TimeProvider.System.GetElapsedTime(began) > time)
                {
                    return new RowScanResult(looked, found, all, IsWhole: false);
                }
            }
        }

        return new RowScanResult(looked, found, all, IsWhole: true);
    }
}
