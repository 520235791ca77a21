using System.Buffers;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using KeyAccountBot.Benchmarks.Wire;

namespace KeyAccountBot.Benchmarks.Digests;

/// <summary><c>digest</c>: the director of a very large company asks the service for the weekly digest and for their list.</summary>
internal static class DigestCommand
{
    private const int Times = 3;
    private const double AimSeconds = 2;
    private const double AimMemory = 300;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var count = new Option<int>("--opportunities") { Description = "How many are open.", DefaultValueFactory = _ => 100_000 };
        var late = new Option<double>("--late") { Description = "Which share of them is late, 0 to 1.", DefaultValueFactory = _ => 1 };
        var command = new Command("digest", "A weekly digest of a company with very many opportunities: time to the reply, and the service's peak memory.") { count, late };
        command.SetAction((given, stop) => RunAsync(new LargeCompany(given.GetValue(count), given.GetValue(late)), stop));
        return command;
    }

    private static async Task<int> RunAsync(LargeCompany company, CancellationToken stop)
    {
        using var folder = new TemporaryFolder();
        await using var end = await FarEnd.StartAsync();
        var heard = new Heard();
        end.Inbox = heard;
        var began = Stopwatch.GetTimestamp();
        await company.SeedAsync(folder.Path, stop);
        Say($"{company.Opportunities:N0} opportunities on record in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s, {company.LateShare:P0} of them late.");
        var settings = end.Settings();
        settings["Storage__Path"] = folder.Path;
        await using var service = ServiceProcess.Start(null, folder.Path, settings);
        await service.ReadyAsync(stop);
        var request = new ActivityRequest(end.ServiceUrl, service.Address, end.Token());
        using var connection = await WireConnection.OpenAsync(service.Port, stop);
        var said = 0;
        await TakesAsync("help");
        List<double> digests = [], processor = [];
        for (var i = 0; i < Times; i++)
        {
            var used = service.Processor;
            digests.Add(await TakesAsync("weekly digest"));
            processor.Add((service.Processor - used).TotalSeconds);
        }

        var list = await TakesAsync("my opportunities");
        var find = await TakesAsync("status Account 000777");
        await TakesAsync("cancel");
        var peak = service.PeakMemory / (1024.0 * 1024.0);
        Say($"weekly digest, from asked to replied: {string.Join(", ", digests.Select(d => d.ToString("0.00", CultureInfo.InvariantCulture)))} s; aim under {AimSeconds} s: {Met(digests.Max() < AimSeconds)}; of processor time {string.Join(", ", processor.Select(d => d.ToString("0.00", CultureInfo.InvariantCulture)))} s");
        Say($"my opportunities: {list:0.00} s; an opportunity found by its customer's name: {find:0.00} s");
        Say($"peak memory of the service: {peak:0} MiB; aim under {AimMemory} MiB: {Met(peak < AimMemory)}");
        return heard.Last.Length > 0 ? 0 : 1;

        async Task<double> TakesAsync(string text)
        {
            var at = Stopwatch.GetTimestamp();
            var before = heard.Count;
            var status = await connection.PostAsync(request.Write(0, ActivityRequest.IdOf(0, 0, ++said), text), stop);
            return status == 200 && heard.Count > before
                ? Stopwatch.GetElapsedTime(at).TotalSeconds
                : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"“{text}” was answered with {status} and {heard.Count - before} replies."));
        }
    }

    private static string Met(bool met) => met ? "met" : "MISSED";

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private sealed class Heard : IInbox
    {
        private int count;

        public int Count => Volatile.Read(ref count);

        public string Last { get; private set; } = "";

        public void Take(int rep, in ReadOnlySequence<byte> body)
        {
            Last = Encoding.UTF8.GetString(body);
            Interlocked.Increment(ref count);
        }
    }
}
