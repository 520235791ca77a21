using System.Diagnostics;
using System.Net;
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

    [Fact]
    public async Task The_service_that_the_README_publishes_starts_in_Production_and_has_no_sandbox()
    {
        var readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"), TestContext.Current.CancellationToken);
        Assert.Contains("dotnet publish src/KeyAccountBot -o service\n", readme, StringComparison.Ordinal);
        Assert.Contains("dotnet service/KeyAccountBot.dll\n", readme, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        var published = Path.Combine(folder.Path, "service");
        await DotnetAsync(folder.Path, "publish", Repository.PathOf("src", "KeyAccountBot"), "-o", published, "--no-build", "-c", Configuration, "-v:q", "-nologo");

        await using var bot = ServiceProcess.LaunchPublished(Path.Combine(published, "KeyAccountBot.dll"), Path.Combine(folder.Path, "store"), RealApp);
        Assert.True(await bot.ListensAsync(), bot.Output);
        await bot.WritesAsync("Hosting environment: Production");
        using var page = await bot.GetAsync("/");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.DoesNotContain("this is no sandbox", bot.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_app_in_Development_is_warned_of_once_with_what_is_off()
    {
        using var folder = new TemporaryFolder();
        await using var bot = await ServiceProcess.StartAsync(null, folder.Path, "Development", RealApp);

        await bot.WritesAsync("Hosting environment: Development");
        var warning = Assert.Single(bot.Output.Split('\n'), line => line.Contains("Teams:AppId is set", StringComparison.Ordinal));
        Assert.All(["warn", "'I am ...'", "clients without a token", "Production"], words => Assert.Contains(words, warning, StringComparison.Ordinal));
        using var page = await bot.GetAsync("/");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    private static readonly Dictionary<string, string> RealApp = new() { ["Teams:AppId"] = "a-real-app", ["Teams:AppPassword"] = "secret" };

    private static Task<string> RunAsync(string folder, params string[] arguments) =>
        DotnetAsync(folder, ["run", "--no-build", "-c", Configuration, "--project", Repository.PathOf("src", "KeyAccountBot"), "--", .. arguments]);

    private static async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
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
