using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using KeyAccountBot.Benchmarks.Wire;

namespace KeyAccountBot.Benchmarks.Imports;

/// <summary><c>import</c>: the whole of <c>import crm FOLDER</c>, from the start of its process to the end.</summary>
internal static class ImportCommand
{
    private const int Runs = 3;
    private const double AimSeconds = 3;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var folder = new Argument<string?>("FOLDER") { Description = "A CRM export; without it, one of the same shape is made.", DefaultValueFactory = _ => null };
        var service = new Option<string?>("--service") { Description = "A folder the service was published to; without it, the build beside this program.", HelpName = "FOLDER" };
        var size = new Option<int>("--size") { Description = "Instead: one import of opportunities.csv of so many megabytes, its time and peak memory.", HelpName = "MB" };
        var command = new Command("import", "The time of `import crm FOLDER` as a whole process, on an empty store; the median of three.") { folder, service, size };
        command.SetAction((given, stop) => given.GetValue(size) is > 0 and var megabytes
            ? LargeImport.RunAsync(megabytes, given.GetValue(service), stop)
            : RunAsync(given.GetValue(folder), given.GetValue(service), stop));
        return command;
    }

    private static async Task<int> RunAsync(string? export, string? service, CancellationToken stop)
    {
        using var made = new TemporaryFolder();
        if (export is null)
        {
            CrmSample.Write(made.Path);
        }

        List<double> took = [];
        var said = "";
        for (var run = 0; run < Runs; run++)
        {
            using var store = new TemporaryFolder();
            var start = new ProcessStartInfo(
                Path.Combine(service ?? AppContext.BaseDirectory, "KeyAccountBot"), ["import", "crm", Path.GetFullPath(export ?? made.Path)])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
                WorkingDirectory = store.Path,
            };
            start.Environment["Storage__Path"] = store.Path;
            var began = Stopwatch.GetTimestamp();
            using var process = Process.Start(start) ?? throw new InvalidOperationException("The import does not start.");
            said = await process.StandardOutput.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            took.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            if (process.ExitCode != 0)
            {
                Console.WriteLine($"The import ended with {process.ExitCode.ToString(CultureInfo.InvariantCulture)}:\n{said}");
                return 1;
            }
        }

        var median = took.Order().ElementAt(Runs / 2);
        Console.WriteLine(said.Trim());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The whole process: {string.Join(", ", took.Select(t => t.ToString("0.00", CultureInfo.InvariantCulture)))} s; median {median:0.00} s, aim under {AimSeconds} s: {(median < AimSeconds ? "met" : "MISSED")}"));
        return 0;
    }
}
