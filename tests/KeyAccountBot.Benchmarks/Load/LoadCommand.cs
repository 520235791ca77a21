using System.CommandLine;
using System.Globalization;
using KeyAccountBot.Benchmarks.Wire;

namespace KeyAccountBot.Benchmarks.Load;

/// <summary><c>load</c>: check-in conversations over the wire, tokens validated and everything durable, beside the floor in the same run.</summary>
internal static class LoadCommand
{
    private const int OpportunitiesEach = 20;
    private const int MostTurnsASecond = 7_000;
    private const int FewestReps = 200;
    private static readonly TimeSpan FloorWarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FloorMeasured = TimeSpan.FromSeconds(5);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long the service is measured, after the warm-up.", DefaultValueFactory = _ => 12 };
        var inFlight = new Option<int>("--in-flight") { Description = "Turns under way at a time.", DefaultValueFactory = _ => 16 };
        var service = new Option<string?>("--service") { Description = "A folder the service was published to; without it, the build beside this program.", HelpName = "FOLDER" };
        var store = new Option<string?>("--store") { Description = "Where the store's folder is made; without it, the temporary folder.", HelpName = "FOLDER" };
        var warmUp = new Option<int>("--warm-up") { Description = "Seconds before the measuring begins.", DefaultValueFactory = _ => 10 };
        var command = new Command("load", "A closed loop of check-ins over the wire, beside the floor.") { seconds, warmUp, inFlight, service, store };
        command.SetAction((given, stop) => RunAsync(
            TimeSpan.FromSeconds(given.GetValue(warmUp)), TimeSpan.FromSeconds(given.GetValue(seconds)), given.GetValue(inFlight), given.GetValue(service), given.GetValue(store), stop));
        return command;
    }

    private static async Task<int> RunAsync(TimeSpan warmUp, TimeSpan measured, int inFlight, string? service, string? store, CancellationToken stop)
    {
        using var folder = new TemporaryFolder(store);
        await using var end = await FarEnd.StartAsync();
        var reps = Math.Max(FewestReps, (int)((measured + warmUp).TotalSeconds * MostTurnsASecond / CheckInWords.Turns / OpportunitiesEach) + 1);
        var company = new SampleCompany(reps, OpportunitiesEach);
        Console.WriteLine(Say($"{Environment.ProcessorCount} cores, {inFlight} in flight, {reps:N0} reps with {OpportunitiesEach} opportunities each."));
        await company.SeedAsync(folder.Path, stop);

        var floor = await FloorAsync(end, company, inFlight, folder.Path, stop);
        Write("floor", floor);

        var settings = end.Settings();
        settings["Storage__Path"] = folder.Path;
        Measured bot;
        ClosedLoop loop;
        var inbox = new Inbox(company.Reps, checksWords: true);
        await using (var process = ServiceProcess.Start(service, folder.Path, settings))
        {
            await process.ReadyAsync(stop);
            loop = new ClosedLoop(end, process, company, inbox, inFlight);
            bot = await loop.RunAsync(warmUp, measured);
        }

        Write("Key Account Bot", bot);
        for (var turn = 0; turn < CheckInWords.Turns; turn++)
        {
            Console.WriteLine(Say(
                $"    {CheckInWords.Says(turn, "…"),-40} p50 {Measured.Percentile(bot.ByTurn[turn], 0.5),6:0.00} ms   p99 {Measured.Percentile(bot.ByTurn[turn], 0.99),6:0.00} ms"));
        }

        Console.WriteLine(Say($"Share of the floor's rate: {bot.Rate / floor.Rate:P0}. Processor a turn: {bot.ProcessorMs / floor.ProcessorMs:0.0} times the floor's."));
        if (loop.RanOut)
        {
            Console.WriteLine("The opportunities ran out before the time did: the rate above counts the whole time.");
        }

        var recorded = await SampleCompany.CheckInsAsync(folder.Path, stop);
        var good = loop.Wrong == 0 && recorded == loop.Confirmed;
        Console.WriteLine(Say($"Confirmed check-ins: {loop.Confirmed:N0}; on record: {recorded:N0}; wrong answers: {loop.Wrong}. {(good ? "Good." : "NOT GOOD: the figures above mean nothing.")}"));
        if (inbox.FirstWrong is { } wrong)
        {
            Console.WriteLine("The first wrong answer: " + wrong);
        }

        Aim("turns/s", bot.Rate, 5_000, atLeast: true);
        Aim("processor ms/turn", bot.ProcessorMs, 0.30, atLeast: false);
        Aim("p99 ms", Measured.Percentile(bot.Latencies, 0.99), 10, atLeast: false);
        Aim("peak memory MiB", bot.PeakMemory / 1048576.0, 200, atLeast: false);
        return good ? 0 : 1;
    }

    private static async Task<Measured> FloorAsync(FarEnd end, SampleCompany company, int inFlight, string work, CancellationToken stop)
    {
        await using var process = ServiceProcess.StartFloor(work);
        await process.ReadyAsync(stop);

        // it keeps nothing, so its opportunities do not run out
        var endless = company with { OpportunitiesEach = int.MaxValue };
        return await new ClosedLoop(end, process, endless, new Inbox(company.Reps, checksWords: false), inFlight).RunAsync(FloorWarmUp, FloorMeasured);
    }

    private static void Write(string what, Measured m) => Console.WriteLine(Say(
        $"{what}: {m.Rate:N0} turns/s, {m.ProcessorMs:0.000} processor ms/turn (driver {m.DriverMs:0.000}), p50 {Measured.Percentile(m.Latencies, 0.5):0.00} ms, p99 {Measured.Percentile(m.Latencies, 0.99):0.00} ms, peak {m.PeakMemory / 1048576.0:N0} MiB"));

    private static void Aim(string what, double value, double aim, bool atLeast) => Console.WriteLine(Say(
        $"  {what,-18} {value,10:0.00}   aim {(atLeast ? "at least" : "at most")} {aim:0.##}   {((atLeast ? value >= aim : value <= aim) ? "met" : "MISSED")}"));

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
