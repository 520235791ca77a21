using KeyAccountBot.Records;

namespace KeyAccountBot.Operations;

/// <summary>What looking through the rows came to.</summary>
/// <param name="Looked">How many rows were looked at.</param>
/// <param name="Found">Those that cannot be read; so many at most.</param>
/// <param name="All">How many cannot be read.</param>
/// <param name="IsWhole">Every row was looked at.</param>
internal sealed record RowScanResult(int Looked, IReadOnlyList<SetAsideRow> Found, int All, bool IsWhole);

/// <summary>Looks through every table for rows that cannot be read. What is found is named in the log as well, as by who needs the row.</summary>
internal sealed class RowScan(Tables tables)
{
    /// <summary>How many rows are named.</summary>
    public const int Named = 100;

    /// <summary>Looks at every row, or at as many as can be read in a time.</summary>
    public async Task<RowScanResult> RunAsync(TimeSpan? within, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var (looked, all) = (0, 0);
        List<SetAsideRow> found = [];
        await foreach (var aside in tables.LookThroughAsync(ServiceRowKinds.All, cancellationToken))
        {
            looked++;
            if (aside is not null)
            {
                all++;
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

        return new RowScanResult(looked, found, all, IsWhole: true);
    }
}
