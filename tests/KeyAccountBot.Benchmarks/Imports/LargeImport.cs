using System.Diagnostics;
using System.Globalization;
using System.Text;
using KeyAccountBot.Benchmarks.Wire;

namespace KeyAccountBot.Benchmarks.Imports;

/// <summary>One import of a very large <c>opportunities.csv</c>, as a whole process: how long it takes, and the most memory it ever has.</summary>
internal static class LargeImport
{
    private const int Owners = 300;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Writes a file of so many megabytes: made up, and the same each time.</summary>
    /// <returns>How many opportunities it has.</returns>
    public static int Write(string path, int megabytes)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        file.Write("id,account,name,amount,currency,stage,owner_email,expected_close,stage_entered\n");
        var count = 0;
        for (long written = 0, most = megabytes * 1024L * 1024L; written < most; count++)
        {
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"opp-{count:D8},\"Customer {count / 10:D7}, a company\",Filling line {count % 10} and its spare parts,{1000 + (count * 7919L % 900_000)}.50,EUR,,rep-{count % Owners:D4}@company.example,2027-03-{1 + (count % 28):D2},\n");
            file.Write(line);
            written += line.Length;
        }

        return count;
    }

    /// <summary>Imports it once.</summary>
    public static async Task<int> RunAsync(int megabytes, string? service, CancellationToken stop)
    {
        using var folder = new TemporaryFolder();
        var (people, file) = (Path.Combine(folder.Path, "people.csv"), Path.Combine(folder.Path, "opportunities.csv"));
        await File.WriteAllTextAsync(
            people, "name,email,role\n" + string.Concat(Enumerable.Range(0, Owners).Select(r => string.Create(CultureInfo.InvariantCulture, $"Rep {r},rep-{r:D4}@company.example,rep\n"))), stop);
        var count = Write(file, megabytes);
        await RunAsync(service, folder.Path, stop, "import", "people", people);
        foreach (var how in (string[][])[["--dry-run"], []])
        {
            var (took, peak, said) = await RunAsync(service, folder.Path, stop, ["import", "opportunities", file, .. how]);
            Console.WriteLine(said.Trim().Split('\n')[^1]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{megabytes} MB, {count:N0} opportunities{(how is [var word] ? " with " + word : "")}: {took.TotalSeconds:0} s, {count / took.TotalSeconds:N0} a second; peak memory {peak / (1024.0 * 1024.0):0} MiB"));
        }

        return 0;
    }

    private static async Task<(TimeSpan Took, long Peak, string Said)> RunAsync(string? service, string folder, CancellationToken stop, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(service ?? AppContext.BaseDirectory, "KeyAccountBot"), arguments)
        {
            RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = folder,
        };
        start.Environment["Storage__Path"] = folder;
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The import does not start.");
        var output = process.StandardOutput.ReadToEndAsync(stop);
        long peak = 0;
        while (!process.HasExited)
        {
            process.Refresh();
            peak = process.HasExited ? peak : Math.Max(peak, process.PeakWorkingSet64);
            await Task.WhenAny(process.WaitForExitAsync(stop), Task.Delay(Look, stop));
        }

        var said = await output;
        return process.ExitCode == 0
            ? (Stopwatch.GetElapsedTime(began), peak, said)
            : throw new InvalidOperationException($"The import ended with {process.ExitCode}: {said}");
    }
}
