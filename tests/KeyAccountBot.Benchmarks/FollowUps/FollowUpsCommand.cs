using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Benchmarks.Wire;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Records;
using KeyAccountBot.Storage.Engines;

namespace KeyAccountBot.Benchmarks.FollowUps;

/// <summary>What a child process measured.</summary>
/// <param name="PerSecond">Follow-ups decided and committed in a second, a round each.</param>
/// <param name="ProcessorMs">Processor time a follow-up, a round each.</param>
/// <param name="PeakMiB">The process's largest working set.</param>
internal sealed record RunFigures(IReadOnlyList<double> PerSecond, IReadOnlyList<double> ProcessorMs, double PeakMiB)
{
    /// <summary>The median rate, the first round left out: it warms up.</summary>
    public double Rate => Median(PerSecond);

    /// <summary>The median processor time, the first round left out.</summary>
    public double Processor => Median(ProcessorMs);

    private static double Median(IReadOnlyList<double> rounds)
    {
        var counted = rounds.Skip(rounds.Count > 1 ? 1 : 0).Order().ToList();
        return counted[counted.Count / 2];
    }
}

/// <summary><c>follow-ups</c>: whether cost follows what is due, how many follow-ups a second are decided and committed, and how late they are sent.</summary>
internal static class FollowUpsCommand
{
    private const int DueARound = 1_000;
    private const int Few = 10_000;
    private const int AtOnce = 20_000;
    private const int OnAzurite = 3_000;
    private const int ASecond = 100;
    private const int Seconds = 30;

    /// <summary>The commands: the whole, and a measured process on its own.</summary>
    public static IEnumerable<Command> Create()
    {
        var many = new Option<int>("--open") { Description = "How many opportunities the large store holds.", DefaultValueFactory = _ => 1_000_000 };
        var azure = new Option<string?>("--azure") { Description = "A storage account's connection string, for example Azurite's; without it that part is left out.", HelpName = "CONNECTION" };
        var whole = new Command("follow-ups", "Follow-ups: cost by what is due, rate, latency, memory.") { many, azure };
        whole.SetAction((given, stop) => RunAsync(given.GetValue(many), given.GetValue(azure), stop));
        yield return whole;

        var store = new Argument<string>("STORE") { Description = "A folder, or a connection string." };
        var due = new Argument<int>("DUE");
        var rounds = new Argument<int>("ROUNDS");
        var run = new Command("follow-ups-run", "One measured process on a store that is filled already.") { store, due, rounds };
        run.Hidden = true;
        run.SetAction((given, stop) => MeasureAsync(given.GetRequiredValue(store), given.GetValue(due), given.GetValue(rounds), stop));
        yield return run;
    }

    private static async Task<int> RunAsync(int open, string? azure, CancellationToken stop)
    {
        var few = await OfFolderAsync(Few, DueARound, PipelineStore.Rounds, stop);
        var many = await OfFolderAsync(open, DueARound, PipelineStore.Rounds, stop);
        var (time, processor) = (few.Rate / many.Rate, many.Processor / few.Processor);
        Say($"{DueARound:N0} due among {Few:N0}: {few.Rate:N0}/s, {few.Processor:0.000} ms of processor each; among {open:N0}: {many.Rate:N0}/s, {many.Processor:0.000} ms");
        Say($"  time {time:0.00}×, processor {processor:0.00}×; aim at most 1.30×: {Met(time <= 1.3 && processor <= 1.3)}");
        Say($"  peak memory with {open:N0} open: {many.PeakMiB:N0} MiB; aim under 250 MiB: {Met(many.PeakMiB < 250)}");

        var rate = await OfFolderAsync(AtOnce, AtOnce, 1, stop);
        Say($"{AtOnce:N0} due at once, embedded: {rate.Rate:N0}/s decided and committed; aim at least 2,000/s: {Met(rate.Rate >= 2000)}");
        if (azure is not null)
        {
            var floor = await AccountFloor.RateAsync(azure, stop);
            var figures = await OfAccountAsync(azure, stop);
            Say($"{OnAzurite:N0} due at once, storage account: {figures.Rate:N0}/s; aim at least 300/s: {Met(figures.Rate >= 300)}");
            Say($"  the bare calls of a follow-up against the same account, nothing decided: {floor:N0}/s; {figures.Rate / floor:0.00} of it");
        }

        var (p50, p99, missing) = await LatencyAsync(stop);
        Say($"{ASecond} due a second for {Seconds} s, embedded: due to sent p50 {p50.TotalMilliseconds:N0} ms, p99 {p99.TotalMilliseconds:N0} ms; aim p99 under 2 s: {Met(p99 < TimeSpan.FromSeconds(2))}");
        if (missing > 0)
        {
            Say($"{missing} were not sent at all.");
        }

        return missing == 0 ? 0 : 1;
    }

    private static async Task<RunFigures> OfFolderAsync(int open, int due, int rounds, CancellationToken stop)
    {
        using var folder = new TemporaryFolder();
        await using (var engine = StorageEngine.Open(new StorageOptions { Path = folder.Path }, new BenchClock(PipelineStore.Begin, runs: false)))
        {
            await new PipelineStore(open, due).SeedAsync(engine, null, rounds, stop);
        }

        return await ChildAsync(folder.Path, due, rounds, stop);
    }

    private static async Task<RunFigures> OfAccountAsync(string connection, CancellationToken stop)
    {
        await using (var engine = StorageEngine.Open(new StorageOptions { ConnectionString = connection }, new BenchClock(PipelineStore.Begin, runs: false)))
        {
            await new PipelineStore(OnAzurite, OnAzurite).SeedAsync(engine, null, 1, stop);
        }

        return await ChildAsync(connection, OnAzurite, 1, stop);
    }

    // a process of its own, so that its memory is its own
    private static async Task<RunFigures> ChildAsync(string store, int due, int rounds, CancellationToken stop)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(FollowUpsCommand).Assembly.Location);
        }

        foreach (var argument in (string[])["follow-ups-run", store, due.ToString(CultureInfo.InvariantCulture), rounds.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<RunFigures>(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!
            : throw new InvalidOperationException($"The measured process failed: {output}");
    }

    private static async Task<int> MeasureAsync(string store, int due, int rounds, CancellationToken stop)
    {
        // of a storage account the service's own clock decides what is visible, so there the one round is due when the worker starts
        var clock = new BenchClock(rounds == 1 ? PipelineStore.Begin.AddMinutes(1) : PipelineStore.Begin.AddDays(-1), runs: false);
        var options = store.Contains('=', StringComparison.Ordinal) ? new StorageOptions { ConnectionString = store } : new StorageOptions { Path = store };
        await using var engine = StorageEngine.Open(options, clock);
        await using var pipeline = new Pipeline(engine, clock);
        var worker = pipeline.Get<WakeUpWorker>();
        if (rounds > 1)
        {
            await worker.StartAsync(stop);
            await pipeline.SettleAsync(stop);
        }

        List<double> rates = [], processor = [];
        for (var round = 0; round < rounds; round++)
        {
            clock.Now = PipelineStore.Moment(round).AddMinutes(1);
            var (began, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            if (rounds == 1)
            {
                await worker.StartAsync(stop);
            }

            await pipeline.SettleAsync(stop);
            var took = Stopwatch.GetElapsedTime(began);
            rates.Add(due / took.TotalSeconds);
            processor.Add((Environment.CpuUsage.TotalTime - used).TotalMilliseconds / due);
        }

        using var self = Process.GetCurrentProcess();
        var peak = self.PeakWorkingSet64 / (1024.0 * 1024.0);
        await worker.StopAsync(stop);
        var committed = await CommittedAsync(engine, stop);
        if (committed != due * rounds)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{committed} follow-ups are on record, {due * rounds} were due."));
            return 1;
        }

        Console.WriteLine(JsonSerializer.Serialize(new RunFigures(rates, processor, peak)));
        return 0;
    }

    private static async Task<int> CommittedAsync(StorageEngine engine, CancellationToken stop)
    {
        var count = 0;
        await foreach (var row in engine.Tables.ScanAsync(RowKeys.Opportunities, DeliveryRecord.Unsent, stop))
        {
            count += row.RowKey.StartsWith("delivery|", StringComparison.Ordinal) ? 1 : 0;
        }

        return count;
    }

    private static async Task<(TimeSpan P50, TimeSpan P99, int Missing)> LatencyAsync(CancellationToken stop)
    {
        // four companies: a Teams tenant takes fifty messages a second
        var due = ASecond * Seconds;
        using var folder = new TemporaryFolder();
        TimeSpan Later(int i) => TimeSpan.FromSeconds(5) + TimeSpan.FromMilliseconds(1000.0 / ASecond * i);
        await using (var filling = StorageEngine.Open(new StorageOptions { Path = folder.Path }, new BenchClock(PipelineStore.Begin, runs: false)))
        {
            await new PipelineStore(due, due, Tenants: 4).SeedAsync(filling, Later, 1, stop);
        }

        var clock = new BenchClock(PipelineStore.Begin, runs: true);
        await using var engine = StorageEngine.Open(new StorageOptions { Path = folder.Path }, clock);
        await using var pipeline = new Pipeline(engine, clock);
        await pipeline.Get<WakeUpWorker>().StartAsync(stop);
        await pipeline.Get<DeliveryWorker>().StartAsync(stop);
        for (var waited = Stopwatch.StartNew(); pipeline.Sent.Count < due && waited.Elapsed < TimeSpan.FromSeconds(Seconds * 3);)
        {
            await Task.Delay(100, stop);
        }

        await pipeline.Get<WakeUpWorker>().StopAsync(stop);
        await pipeline.Get<DeliveryWorker>().StopAsync(stop);
        // the account in the message is numbered as it was due
        var late = pipeline.Sent.Select(s => s.At - (PipelineStore.Begin + Later(NumberIn(s.Text)))).Order().ToList();
        return (late[late.Count / 2], late[late.Count * 99 / 100], due - late.Count);
    }

    private static int NumberIn(string text)
    {
        const string account = "Account ";
        var at = text.IndexOf(account, StringComparison.Ordinal) + account.Length;
        return int.Parse(text.AsSpan(at, 7), CultureInfo.InvariantCulture);
    }

    private static string Met(bool met) => met ? "met" : "MISSED";

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
