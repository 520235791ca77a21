using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KeyAccountBot.Deliveries;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Storage.Engines;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

public sealed class CrashStories : IDisposable
{
    private readonly TemporaryFolder store = new();
    private readonly TemporaryFolder files = new();

    /// <summary>How many kills: 200 where nothing is skipped, few for who just tries the tests; <c>KILLS</c> says another number.</summary>
    private static int Kills { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills
        : Needs.Whole ? 200
        : 20;

    /// <summary>Another seed every run, and in the failure's message; <c>KILL_SEED</c> repeats one, as far as real time allows.</summary>
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
        Needs.Signals();
        await using var ends = await FarEnds.StartAsync();
        await ImportAsync(ends, Kills + 1);
        await using var bot = await MortalBot.StartAsync(ends, store.Path, Seed);
        var rep = new TeamsUser(bot, "ravi");
        var chance = new Random(Seed);
        var checkIns = 0;
        try
        {
            for (; bot.Kills < Kills && checkIns <= Kills; checkIns++)
            {
                await (chance.Next(4) == 0 ? CheckInByCardAsync(rep, checkIns) : CheckInByTypingAsync(rep, checkIns));
            }

            await rep.SaysAsync("status " + Account(0));
            await rep.SeesAsync(Account(0));
            Assert.Equal(0, await bot.EndAsync());
            Assert.InRange(bot.Kills, Kills, int.MaxValue);

            Assert.DoesNotContain(bot.Said, id => ends.ToTeams.All(reply => reply.ReplyToId != id));
            await AssertRecordedOnceAsync(checkIns);
            TestContext.Current.TestOutputHelper?.WriteLine($"{bot.Kills} kills in {checkIns} check-ins, seed {Seed}\n{bot.Story}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"KILL_SEED={Seed}, check-in {checkIns}, kill {bot.Kills}: {e.Message}\n{bot.Story}", e);
        }
    }

    [Fact]
    public async Task Killed_while_a_reminder_is_being_delivered_the_bot_delivers_it_after_all_and_at_most_twice()
    {
        Needs.Signals();
        var times = await RemindersAsync(end: async (bot, _) =>
        {
            Assert.True(bot.TryKill());
            await bot.ExitAsync();
        });

        Assert.All(times, t => Assert.InRange(t, 1, 2));
    }

    [Fact]
    public async Task Asked_to_end_while_a_reminder_is_being_delivered_the_bot_finishes_it_and_sends_it_once()
    {
        Needs.Signals();
        var times = await RemindersAsync(end: async (bot, answer) =>
        {
            await bot.TerminateAsync();
            await bot.WritesAsync("Application is shutting down");
            answer();
            Assert.Equal(0, await bot.ExitAsync());
        });

        Assert.All(times, t => Assert.Equal(1, t));
    }

    // reminders are due, the connector has the first and is slow to say so; the bot ends, and another goes on after a while: how often each reminder came
    private async Task<IReadOnlyList<int>> RemindersAsync(Func<ServiceProcess, Action, Task> end)
    {
        await using var ends = await FarEnds.StartAsync();
        var settings = new Dictionary<string, string> { ["Playbook:Path"] = files.Write("playbook.json", AllDayPlaybook()), ["FollowUps:Gathering"] = "00:00:00" };
        var (zone, isBusinessDay) = BusinessDay.Now();
        await ImportAsync(ends, 1, settings, zone, enteredDaysAgo: 365);
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ends.Taken = _ =>
        {
            taken.TrySetResult();
            return answered.Task;
        };
        // who claimed a delivery has died, once the claim is six minutes old
        var later = DateTimeOffset.UtcNow + WorkTimes.Usual.ClaimHolds + TimeSpan.FromMinutes(2);
        await using (var bot = await ServiceProcess.StartAsync(ends, store.Path, settings: settings))
        {
            if (isBusinessDay)
            {
                await taken.Task.WaitAsync(TimeSpan.FromSeconds(15));
            }
            else
            {
                // nowhere on Earth is it a business day: the reminders wait, and must outlive the process all the same
                Assert.Empty(ends.ToTeams);
                later = later.AddDays(3);
            }

            await end(bot, answered.SetResult);
        }

        ends.Taken = null;
        answered.TrySetResult();
        await using var after = Service.GoOn(ends, store.Path, settings, later);
        await after.ForwardAsync();

        var reminders = after.Teams("ravi").Heard().Select(TeamsUser.Words).ToList();
        Assert.NotEmpty(reminders);
        Assert.All(reminders, words => Assert.Contains(Account(0), words, StringComparison.Ordinal));
        return [.. reminders.GroupBy(words => words, StringComparer.Ordinal).Select(g => g.Count())];
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
        await rep.SeesAsync("Recorded for " + Account(number));
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
            || answer.Contains("no longer current", StringComparison.Ordinal),
            answer);
    }

    // the key-account playbook, but with work around the clock
    private static string AllDayPlaybook()
    {
        var playbook = JsonNode.Parse(File.ReadAllText(PlaybookFile.Default))!;
        playbook["followUps"]!["workingFrom"] = "00:00:00";
        playbook["followUps"]!["workingTo"] = "23:59:00";
        return playbook.ToJsonString();
    }

    private async Task ImportAsync(
        FarEnds ends, int count, IReadOnlyDictionary<string, string>? settings = null, string zone = "Etc/UTC", int enteredDaysAgo = 0)
    {
        var entered = DateTimeOffset.UtcNow.AddDays(-enteredDaysAgo);
        var opportunities = new StringBuilder("id,account,name,amount,currency,stage,owner_email,stage_entered\n");
        for (var i = 0; i < count; i++)
        {
            opportunities.Append(CultureInfo.InvariantCulture, $"{Id(i)},{Account(i)},Line,1000,EUR,development,ravi@sample.invalid,{entered:yyyy-MM-dd}\n");
        }

        await ServiceProcess.CommandAsync(ends, store.Path, "Development", settings, "import", "people", files.Write("people.csv", PeopleIn(zone)));
        await ServiceProcess.CommandAsync(
            ends, store.Path, "Development", settings, "import", "opportunities", files.Write("opportunities.csv", opportunities.ToString()));
    }

    private async Task AssertRecordedOnceAsync(int checkIns)
    {
        await using var engine = StorageEngine.Open(new StorageOptions { Path = store.Path }, TimeProvider.System);
        var ledger = new OpportunityLedger(new Tables(engine.Tables), engine.Queues, PlaybookFile.Load(PlaybookFile.Default), TimeProvider.System);
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

    private static string PeopleIn(string zone) => $"""
        name,email,role,manager_email,teams_id,time_zone
        Maria Santos,maria@sample.invalid,manager,,sandbox-maria,{zone}
        Ravi Patel,ravi@sample.invalid,rep,maria@sample.invalid,sandbox-ravi,{zone}
        """;

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"works-{number}");

    private static string Account(int number) => string.Create(CultureInfo.InvariantCulture, $"Works {number:000}");

    private static string Evidence(int number) => "Letter of " + Account(number);
}
