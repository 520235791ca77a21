using System.Diagnostics;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>The README's commands, as somebody types them.</summary>
public sealed class ReadmeStories
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    [Fact]
    public async Task Dotnet_run_takes_paths_from_the_folder_it_is_called_in_and_importing_twice_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        folder.Write("people.csv", "name,email,role\nRosa Lind,rosa@sample.invalid,rep\n");
        folder.Write(
            "opportunities.csv", "id,account,name,amount,currency,stage,owner_email\no-1,Westfal Mills,Bagging line,250000,EUR,development,rosa@sample.invalid\n");

        await RunAsync(folder.Path, "import", "people", "people.csv");
        var first = await RunAsync(folder.Path, "import", "opportunities", "opportunities.csv");
        var second = await RunAsync(folder.Path, "import", "opportunities", "opportunities.csv");
        var shown = await RunAsync(folder.Path, "show", "Westfal Mills");
        var exported = await RunAsync(folder.Path, "export", "opportunities", "--format", "csv");

        Assert.Matches("opportunities +1 +0 +0 +0", first);
        Assert.Matches("opportunities +0 +0 +1 +0", second);
        Assert.Contains("Rosa Lind", shown, StringComparison.Ordinal);
        Assert.Contains("o-1,Westfal Mills,Bagging line,250000,EUR,development", exported, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(folder.Path, "data")));
    }

    private static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["run", "--no-build", "-c", Configuration, "--project", Repository.PathOf("src", "KeyAccountBot"), "--", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(bound.Token);
        var error = process.StandardError.ReadToEndAsync(bound.Token);
        await process.WaitForExitAsync(bound.Token);
        Assert.True(process.ExitCode == 0, await error);
        return await output;
    }
}
