using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Records;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

public sealed class CrashStories : IDisposable
{
    private const string People = """
        name,email,role,manager_email,teams_id
        Maria Santos,maria@sample.invalid,manager,,sandbox-maria
        Ravi Patel,ravi@sample.invalid,rep,maria@sample.invalid,sandbox-ravi
        """;

    private readonly TemporaryFolder store = new();
    private readonly TemporaryFolder files = new();

    /// <summary>How many kills: 200 where nothing is skipped, few for who just tries the tests; <c>KILLS</c> says another number.</summary>
    private static int Kills { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills
        : string.Equals(Environment.GetEnvironmentVariable("NOTHING_SKIPPED"), "true", StringComparison.OrdinalIgnoreCase) ? 200
        : 20;

    /// <summary>Another seed every run, and in the failure's message; <c>KILL_SEED</c> repeats one.</summary>
    private static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("KILL_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();

    public void Dispose()
    {
        store.Dispose();
        files.Dispose();
    }

    [Fact]
    public async Task Killed_at_any_point_of_a_check_in_the_bot_loses_nothing_it_confirmed_and_records_nothing_twice()
    {
        await using var ends = await FarEnds.StartAsync();
        await ImportAsync(ends, Kills * 2);
        await using var bot = await MortalBot.StartAsync(ends, store.Path, Seed);
        var rep = new TeamsUser(bot, "ravi");
        var chance = new Random(Seed);
        var checkIns = 0;
        try
        {
            for (; bot.Kills < Kills; checkIns++)
            {
                var byCard = chance.Next(4) == 0;
                bot.AimAt(chance.Next(2) == 0 ? (byCard ? MortalBot.Press : "yes") : byCard ? "check in" : MortalBot.Aims[chance.Next(6)]);
                await (byCard ? CheckInByCardAsync(rep, checkIns) : CheckInByTypingAsync(rep, checkIns));
            }

            await rep.SaysAsync("status " + Account(0));
            await rep.SeesAsync(Account(0));
            Assert.Equal(0, await bot.EndAsync());

            Assert.DoesNotContain(bot.Said, id => ends.ToTeams.All(reply => reply.ReplyToId != id));
            await AssertRecordedOnceAsync(checkIns);
            TestContext.Current.TestOutputHelper?.WriteLine($"{bot.Kills} kills in {checkIns} check-ins, seed {Seed}\n{bot.Story}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"KILL_SEED={Seed}, check-in {checkIns}, kill {bot.Kills}: {e.Message}\n{bot.Story}", e);
        }
    }

    private static async Task CheckInByTypingAsync(TeamsUser rep, int number)
    {
        await rep.SaysAsync("check in " + Account(number));
        await rep.SeesAsync("Which milestones have been reached?");
        await rep.SaysAsync("1");
        await rep.SeesAsync("When was that?");
        await rep.SaysAsync("today");
        await rep.SeesAsync("What shows it?");
        await rep.SaysAsync(Evidence(number));
        await rep.SeesAsync("What is the next step?");
        await rep.SaysAsync("Visit " + Account(number));
        await rep.SeesAsync("By when?");
        await rep.SaysAsync("in 3 days");
        await rep.SeesAsync("Shall I record it?");
        await rep.SaysAsync("yes");
        // the second where it was recorded, and killed before it could say so
        await rep.SeesAsync(["Recorded for " + Account(number), Account(number) + ": that is on record already"]);
    }

    private static async Task CheckInByCardAsync(TeamsUser rep, int number)
    {
        await rep.SaysAsync("check in " + Account(number));
        await rep.SeesAsync("Which milestones have been reached?");
        var summary = await rep.PressesAsync("Review", new() { ["milestones"] = "customer-profile", ["evidence"] = Evidence(number) });
        Assert.Contains("this is what I understood", summary, StringComparison.Ordinal);
        var yes = JsonNode.Parse(summary)!["value"]!["actions"]![0]!;
        var answer = await rep.PressAsync(yes);
        // the last where it was recorded, and the press came again as another
        Assert.True(
            answer.Contains("Recorded for " + Account(number), StringComparison.Ordinal)
            || answer.Contains("that is on record already", StringComparison.Ordinal)
            || answer.Contains("no longer current", StringComparison.Ordinal),
            answer);
    }

    private async Task ImportAsync(FarEnds ends, int count)
    {
        var opportunities = new StringBuilder("id,account,name,amount,currency,stage,owner_email\n");
        for (var i = 0; i < count; i++)
        {
            opportunities.Append(CultureInfo.InvariantCulture, $"{Id(i)},{Account(i)},Line,1000,EUR,development,ravi@sample.invalid\n");
        }

        await ServiceProcess.CommandAsync(ends, store.Path, "Development", null, "import", "people", files.Write("people.csv", People));
        await ServiceProcess.CommandAsync(
            ends, store.Path, "Development", null, "import", "opportunities", files.Write("opportunities.csv", opportunities.ToString()));
    }

    private async Task AssertRecordedOnceAsync(int checkIns)
    {
        await using var engine = StorageEngine.Open(new StorageOptions { Path = store.Path }, TimeProvider.System);
        var ledger = new OpportunityLedger(engine.Tables, engine.Queues, PlaybookFile.Load(PlaybookFile.Default), TimeProvider.System);
        for (var i = 0; i < checkIns; i++)
        {
            List<OpportunityEvent> events = [];
            await foreach (var entry in ledger.EntriesAsync(Service.Tenant, new OpportunityId(Id(i)), CancellationToken.None))
            {
                events.Add(entry.What);
            }

            Assert.True(events.OfType<OpportunityEvent.CheckedIn>().Count() == 1, $"{Account(i)} has {string.Join(", ", events)}");
            Assert.Equal(Evidence(i), Assert.Single(events.OfType<OpportunityEvent.MilestoneReached>()).Evidence);
        }
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"works-{number}");

    private static string Account(int number) => string.Create(CultureInfo.InvariantCulture, $"Works {number:000}");

    private static string Evidence(int number) => "Letter of " + Account(number);
}
