using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using KeyAccountBot.Deliveries;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Storage.Engines;
using KeyAccountBot.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>Several processes of the service on one storage account.</summary>
public sealed partial class ReplicaStories(Azurite azurite) : IDisposable
{
    private const int Replicas = 3;

    // with nothing told: however slow the machine, somebody is told something sooner
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    // in minutes as they run, in seconds here: the work of the killed process is to be taken over while the test runs
    private static readonly WorkTimes Times = new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(2));

    // reminders in Teams, alerts in Slack
    private const int LanesInUse = 2;

    private readonly TemporaryFolder files = new();
    private readonly TemporaryFolder scratch = new();

    public void Dispose()
    {
        files.Dispose();
        scratch.Dispose();
    }

    [Fact]
    public async Task Of_three_replicas_one_is_killed_and_another_started_and_every_follow_up_is_told_and_none_twice_but_those_in_flight()
    {
        Needs.Signals();
        var due = Needs.Whole ? new DueOpportunities(2_000, 200, BusinessDay.Now().Zone) : new DueOpportunities(400, 40, BusinessDay.Now().Zone);
        var settings = new Dictionary<string, string>
        {
            ["Playbook:Path"] = files.Write("playbook.json", DueOpportunities.PlaybookJson()),
            ["Storage:ConnectionString"] = await azurite.ConnectionStringAsync(),
            ["FollowUps:Lease"] = Times.Lease.ToString("c"),
            ["FollowUps:ClaimHolds"] = Times.ClaimHolds.ToString("c"),
            ["FollowUps:Gathering"] = Times.Gathering.ToString("c"),
        };
        await using var engine = StorageEngine.Open(new StorageOptions { ConnectionString = settings["Storage:ConnectionString"] }, TimeProvider.System);
        await using var ends = await FarEnds.StartAsync();
        var begin = Stopwatch.GetTimestamp();
        var from = DateTimeOffset.UtcNow.AddSeconds(30);
        await due.SeedAsync(engine, scratch.Path, PlaybookFile.Load(settings["Playbook:Path"]), from);
        var seeded = Stopwatch.GetElapsedTime(begin);

        List<ServiceProcess> replicas = [];
        try
        {
            replicas.AddRange(await Task.WhenAll(Enumerable.Range(0, Replicas).Select(_ => StartAsync())));
            await UntilAsync(() => ends.Told.Count >= due.FollowUps * 2 / 5);
            var killed = await KillInFlightAsync(replicas[0], ends);
            replicas.Add(await StartAsync());

            await UntilAsync(() => ends.Told.Count >= due.FollowUps && Told(ends).Distinct().Count() == due.FollowUps);
            var took = (DateTimeOffset.UtcNow - from).TotalSeconds;

            // until what the killed process was at has been taken over, and told again where nobody can know that it was told
            await UntilAsync(() => Stopwatch.GetElapsedTime(killed) > Times.ClaimHolds + Times.Lease);
            var told = Told(ends);
            var twice = told.Count - told.Distinct().Count();
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{due.FollowUps} follow-ups of {due.Count} opportunities on {Environment.ProcessorCount} cores: {told.Distinct().Count()} told, {twice} of them twice; "
                + $"seeded in {seeded.TotalSeconds:0.0} s; all told {took:0.0} s after the first fell due, {due.FollowUps / took:0} a second"));
            Assert.InRange(twice, 1, LanesInUse * DeliveryWorker.Slots);
            var records = await RecordsAsync(engine, due);
            Assert.Equal(due.FollowUps, records.Count);
            Assert.All(records.Values, r => Assert.Equal(DeliveryStatus.Sent, r.Status));
            AssertInOrder(told, records);
        }
        finally
        {
            foreach (var replica in replicas)
            {
                await replica.DisposeAsync();
            }
        }

        Task<ServiceProcess> StartAsync() => ServiceProcess.StartAsync(ends, scratch.Path, settings: settings);

        Task UntilAsync(Func<bool> seen) => ReplicaStories.UntilAsync(
            seen, ends, () => $"{Told(ends).Distinct().Count()} of {due.FollowUps} follow-ups were told.\n{string.Join("\n\n", replicas.Select(r => r.Output))}");
    }

    private static async Task UntilAsync(Func<bool> seen, FarEnds ends, Func<string> story)
    {
        using var tick = new PeriodicTimer(Look);
        var (told, since) = (0, Stopwatch.GetTimestamp());
        while (!seen())
        {
            if (ends.Told.Count != told)
            {
                (told, since) = (ends.Told.Count, Stopwatch.GetTimestamp());
            }

            Assert.True(Stopwatch.GetElapsedTime(since) < Patience, $"For {Patience} nobody was told anything. {story()}");
            await tick.WaitForNextTickAsync();
        }
    }

    // While what it tells has arrived and is not answered, so that it dies before it can note that it was told. Which replica a
    // message comes from cannot be seen; but a lane has so many slots, so more than the others can hold are not only theirs.
    private static async Task<long> KillInFlightAsync(ServiceProcess replica, FarEnds ends)
    {
        const int MoreThanTheOthers = ((Replicas - 1) * DeliveryWorker.Slots) + 1;
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = 0;
        ends.Taken = _ =>
        {
            Interlocked.Increment(ref held);
            return answered.Task;
        };
        await UntilAsync(() => Volatile.Read(ref held) >= MoreThanTheOthers, ends, () => $"{held} of {MoreThanTheOthers} were held.");
        Assert.True(replica.TryKill());
        ends.Taken = null;
        answered.SetResult();
        return Stopwatch.GetTimestamp();
    }

    // what was told, each as the account and to whom, oldest first
    private static List<(string Account, string Conversation)> Told(FarEnds ends) =>
        [.. ends.Told.Select(t => (AccountName().Match(t.Words).Value, t.Conversation))];

    // a delivery that names another to go after was first told after that one was
    private static void AssertInOrder(List<(string Account, string Conversation)> told, Dictionary<(string Account, string Key), DeliveryRecord> records)
    {
        var first = told.Select((t, i) => (t, i)).DistinctBy(t => t.t).ToDictionary(t => t.t, t => t.i);
        Assert.Contains(records.Values, r => r.Delivery.After is not null);
        foreach (var ((account, _), later) in records.Where(r => r.Value.Delivery.After is not null))
        {
            var earlier = records[(account, later.Delivery.After!)];
            Assert.True(
                first[(account, earlier.ConversationId!)] < first[(account, later.ConversationId!)],
                $"{account}: {later.Delivery.Key} was told before {earlier.Delivery.Key}.");
        }
    }

    private static async Task<Dictionary<(string Account, string Key), DeliveryRecord>> RecordsAsync(StorageEngine engine, DueOpportunities due)
    {
        Dictionary<(string, string), DeliveryRecord> records = [];
        var accounts = Enumerable.Range(0, due.Count).ToDictionary(i => RowKeys.Partition(Service.Tenant, DueOpportunities.Id(i)), DueOpportunities.Account);

        // one pass over the table: the emulator reads all of it for every query
        await foreach (var row in engine.Tables.ScanAsync(RowKeys.Opportunities, null, CancellationToken.None))
        {
            if (row.RowKey.StartsWith("delivery|", StringComparison.Ordinal))
            {
                var record = JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.DeliveryRecord)!;
                records.Add((accounts[row.PartitionKey], record.Delivery.Key), record);
            }
        }

        return records;
    }

    [GeneratedRegex("Works [0-9]{4}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AccountName();
}
