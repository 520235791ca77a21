using System.CommandLine;
using KeyAccountBot.Benchmarks.Digests;
using KeyAccountBot.Benchmarks.FollowUps;
using KeyAccountBot.Benchmarks.Imports;
using KeyAccountBot.Benchmarks.Load;
using KeyAccountBot.Benchmarks.Reading;
using KeyAccountBot.Benchmarks.Start;
using KeyAccountBot.Benchmarks.Storage;

namespace KeyAccountBot.Benchmarks;

/// <summary>The benchmarks: each prints its figures beside the aim and fails where what it measured was wrong, not where it was slow.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var root = new RootCommand("Measures Key Account Bot. docs/performance.md keeps the figures. Build with -c Release.")
        {
            LoadCommand.Create(),
            StorageTripsCommand.Create(),
            StartCommand.Create(),
            ImportCommand.Create(),
            DigestCommand.Create(),
            FloorCommand.Create(),
            UnderstandingCommand.Create(),
        };
        foreach (var command in FollowUpsCommand.Create())
        {
            root.Add(command);
        }

        return root.Parse(args.Length == 0 ? ["--help"] : args).InvokeAsync();
    }
}
