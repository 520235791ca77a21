using System.Diagnostics;
using KeyAccountBot.EndToEnd.Tests.Harness;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Attacks;

/// <summary>The store's file is taken from a running service, or is no store: nothing is confirmed, and nobody is shown a stack trace.</summary>
public sealed class LostStoreAttacks : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private readonly TemporaryFolder store = new();

    private string File => Path.Combine(store.Path, "key-account-bot.db");

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Once_the_stores_file_is_deleted_under_it_the_service_confirms_nothing_and_is_not_ready_within_ten_seconds()
    {
        await using var ends = await FarEnds.StartAsync();
        await using var bot = await ServiceProcess.StartAsync(ends, store.Path);
        var rep = bot.Teams("ravi");
        foreach (var said in new[] { "check in Nordwind Dairies", "none", "none" })
        {
            await rep.SaysAsync(said);
        }

        await rep.SeesAsync("Shall I record it?");
        using var ready = await bot.GetAsync("/health/ready");
        Assert.Equal(200, (int)ready.StatusCode);

        System.IO.File.Delete(File);
        var begin = Stopwatch.GetTimestamp();
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Something went wrong on my side");
        Assert.DoesNotContain(rep.Heard(), a => TeamsUser.Words(a).Contains("Recorded for", StringComparison.Ordinal));

        var status = 200;
        while (status == 200 && Stopwatch.GetElapsedTime(begin) < Soon)
        {
            using var asked = await bot.GetAsync("/health/ready");
            status = (int)asked.StatusCode;
        }

        Assert.Equal(503, status);
        Assert.False(System.IO.File.Exists(File), "An empty store was made in its place.");
    }

    [Fact]
    public async Task On_a_file_that_is_no_store_the_service_does_not_start_and_no_command_runs_and_one_sentence_says_why()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 10_000));

        foreach (var args in new string[][] { [], ["show", "Nordwind"] })
        {
            await using var bot = ServiceProcess.Launch(null, store.Path, arguments: args);
            Assert.Equal(1, await bot.ExitAsync());
            Assert.Contains("is no whole database", bot.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", bot.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_word_that_is_no_command_is_refused_with_the_commands_there_are()
    {
        await using var bot = ServiceProcess.Launch(null, store.Path, arguments: ["chatter"]);

        Assert.Equal(1, await bot.ExitAsync());
        Assert.StartsWith("'chatter' is no command. There are import, show, explain, export, deliveries, policy, doctor", bot.Output, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File), "The store was opened for it.");
    }
}
