using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
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

namespace KeyAccountBot.EndToEnd.Tests.Attacks;

/// <summary>The storage account goes away while follow-ups are on their way, first without a word, then refusing everybody.</summary>
public sealed partial class StorageOutageAttacks : IDisposable
{
    private const int Replicas = 2;

    // reminders in Teams, alerts in Slack
    private const int LanesInUse = 2;
    private const int HeldAtTheCut = 8;

    // a lease that an outage kept from being given back ends while the test runs; a claim holds longer than the outage
    private static readonly WorkTimes Times = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(Needs.Whole ? 120 : 60), TimeSpan.Zero);

    // what was claimed as the storage went is told once its claim ends, and the step after it asks for it at ever longer intervals
    private static readonly TimeSpan Patience = (Times.ClaimHolds * 1.5) + TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder files = new();
    private readonly TemporaryFolder scratch = new();

    public void Dispose()
    {
        files.Dispose();
        scratch.Dispose();
    }

    [Fact]
    public async Task A_storage_outage_amid_due_follow_ups_loses_none_and_tells_none_twice_but_what_was_in_flight()
    {
        var zone = BusinessDay.Now().Zone;
        var due = Needs.Whole
            ? new DueOpportunities(1_000, 100, zone) { Within = TimeSpan.FromSeconds(60) }
            : new DueOpportunities(48, 8, zone) { Within = TimeSpan.FromSeconds(20) };

        // an emulator of its own: no other test meets the outage
        await using var azurite = new Azurite();
        var direct = await azurite.ConnectionStringAsync();
        await using var tables = new StorageWire(PortOf("TableEndpoint", direct));
        await using var queues = new StorageWire(PortOf("QueueEndpoint", direct));
        var settings = new Dictionary<string, string>
        {
            ["Playbook:Path"] = files.Write("playbook.json", DueOpportunities.PlaybookJson()),
            ["Storage:ConnectionString"] = Through(Through(direct, "TableEndpoint", tables.Port), "QueueEndpoint", queues.Port),
            ["FollowUps:Lease"] = Times.Lease.ToString("c"),
            ["FollowUps:ClaimHolds"] = Times.ClaimHolds.ToString("c"),
            ["FollowUps:Gathering"] = Times.Gathering.ToString("c"),
        };
        await using var engine = StorageEngine.Open(new StorageOptions { ConnectionString = direct }, TimeProvider.System);
        await using var ends = await FarEnds.StartAsync();
        await due.SeedAsync(engine, scratch.Path, PlaybookFile.Load(settings["Playbook:Path"]), DateTimeOffset.UtcNow.AddSeconds(10));
        ServiceProcess[] replicas = await Task.WhenAll(Enumerable.Range(0, Replicas).Select(_ => ServiceProcess.StartAsync(ends, scratch.Path, settings: settings)));
        try
        {
            await AreReadyAsync(replicas);
            var (answered, inFlight) = await HoldInFlightAsync(ends, replicas);

            StorageWire[] wires = [tables, queues];
            Array.ForEach(wires, w => w.Hang());
            await AreAsync(HttpStatusCode.ServiceUnavailable, replicas);
            answered.SetResult();
            Array.ForEach(wires, w => w.Refuse());
            await AreAsync(HttpStatusCode.ServiceUnavailable, replicas);
            var toldBefore = ends.Told.Count;
            Array.ForEach(wires, w => w.Mend());

            Assert.InRange(toldBefore, HeldAtTheCut, due.FollowUps - 1);
            await AreReadyAsync(replicas);
            IReadOnlyList<DeliveryRecord> open = [];
            await Eventually.TrueAsync(
                async () =>
                {
                    var records = await RecordsAsync(engine);
                    open = [.. records.Where(r => r.Status != DeliveryStatus.Sent)];
                    return records.Count - open.Count >= due.FollowUps;
                },
                () => $"{Told(ends).Distinct().Count()} of {due.FollowUps} follow-ups were told; open: {string.Join("; ", open)}.\n{Output(replicas)}", Patience);

            var told = Told(ends);
            var twice = told.GroupBy(t => t).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{due.FollowUps} follow-ups, {toldBefore} told before the storage was back, {inFlight.Count} in flight in Teams as it went; {twice.Count} told twice"));
            Assert.Equal(due.FollowUps, told.Distinct().Count());
            Assert.InRange(twice.Count, 0, Replicas * LanesInUse * DeliveryWorker.Slots);
            Assert.All(twice.Where(t => t.Conversation.StartsWith("a:", StringComparison.Ordinal)), t => Assert.Contains(t.Account, inFlight.Keys));
            Assert.Equal(due.FollowUps, (await RecordsAsync(engine)).Count);
            Assert.Empty(await DeadLettersAsync(engine));
        }
        finally
        {
            foreach (var replica in replicas)
            {
                await replica.DisposeAsync();
            }
        }
    }

    // until some have arrived and are not answered: the service has told them and cannot know it yet
    private static async Task<(TaskCompletionSource Answered, ConcurrentDictionary<string, byte> InFlight)> HoldInFlightAsync(FarEnds ends, ServiceProcess[] replicas)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = new ConcurrentDictionary<string, byte>(StringComparer.Ordinal);
        ends.Taken = activity =>
        {
            held[AccountName().Match(activity.Summary ?? activity.Text ?? "").Value] = 0;
            return answered.Task;
        };
        await Eventually.TrueAsync(
            () => Task.FromResult(held.Count >= HeldAtTheCut), () => $"{held.Count} of {HeldAtTheCut} were held.\n{Output(replicas)}", Patience);
        return (answered, held);
    }

    private static Task AreReadyAsync(ServiceProcess[] replicas) => AreAsync(HttpStatusCode.OK, replicas);

    // readiness is looked at anew every few seconds
    private static Task AreAsync(HttpStatusCode readiness, ServiceProcess[] replicas) => Eventually.TrueAsync(
        async () => (await ReadinessAsync(replicas)).All(r => r == readiness), () => $"The readiness of the service is not {readiness}.\n" + Output(replicas), Patience);

    private static async Task<HttpStatusCode[]> ReadinessAsync(ServiceProcess[] replicas) => await Task.WhenAll(replicas.Select(async replica =>
    {
        using var response = await replica.GetAsync("health/ready");
        return response.StatusCode;
    }));

    private static List<(string Account, string Conversation)> Told(FarEnds ends) => [.. ends.Told.Select(t => (AccountName().Match(t.Words).Value, t.Conversation))];

    private static async Task<List<DeliveryRecord>> RecordsAsync(StorageEngine engine)
    {
        List<DeliveryRecord> records = [];
        await foreach (var row in engine.Tables.ScanAsync(RowKeys.Opportunities, null, CancellationToken.None))
        {
            if (row.RowKey.StartsWith("delivery|", StringComparison.Ordinal))
            {
                records.Add(JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.DeliveryRecord)!);
            }
        }

        return records;
    }

    private static async Task<List<string>> DeadLettersAsync(StorageEngine engine)
    {
        List<string> letters = [];
        await foreach (var row in engine.Tables.ScanAsync("deadletters", null, CancellationToken.None))
        {
            letters.Add(System.Text.Encoding.UTF8.GetString(row.Body.Span));
        }

        return letters;
    }

    private static string Output(ServiceProcess[] replicas) => string.Join("\n\n", replicas.Select(r => r.Output));

    private static int PortOf(string endpoint, string connectionString) =>
        new Uri(connectionString.Split(';').Single(p => p.StartsWith(endpoint + "=", StringComparison.Ordinal))[(endpoint.Length + 1)..]).Port;

    private static string Through(string connectionString, string endpoint, int port) => connectionString.Replace(
        $"{endpoint}=http://127.0.0.1:{PortOf(endpoint, connectionString)}/", $"{endpoint}=http://127.0.0.1:{port}/", StringComparison.Ordinal);

    [GeneratedRegex("Works [0-9]{4}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AccountName();
}
