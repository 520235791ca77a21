using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using KeyAccountBot.Benchmarks.Wire;

namespace KeyAccountBot.Benchmarks.Start;

/// <summary><c>start</c>: from the start of the process to the first message answered, on a store that is in use.</summary>
internal static class StartCommand
{
    private const int Runs = 5;
    private const double AimSeconds = 1.5;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var service = new Argument<string?>("FOLDER") { Description = "Where the service was published to; without it, the build beside this program.", DefaultValueFactory = _ => null };
        var command = new Command("start", "Process start to first message accepted; the median of five.") { service };
        command.SetAction((given, stop) => RunAsync(given.GetValue(service), stop));
        return command;
    }

    private static async Task<int> RunAsync(string? service, CancellationToken stop)
    {
        using var folder = new TemporaryFolder();
        await using var end = await FarEnd.StartAsync();
        var company = new SampleCompany(50, 20);
        await company.SeedAsync(folder.Path, stop);
        var inbox = new Inbox(company.Reps, checksWords: true);
        end.Inbox = inbox;
        var settings = end.Settings();
        settings["Storage__Path"] = folder.Path;
        List<double> took = [];
        for (var run = 0; run < Runs; run++)
        {
            var began = Stopwatch.GetTimestamp();
            await using var process = ServiceProcess.Start(service, folder.Path, settings);
            var request = new ActivityRequest(end.ServiceUrl, process.Address, end.Token());
            using var connection = await ConnectAsync(process.Port, stop);
            inbox.Begin(run, 0);
            var status = await connection.PostAsync(
                request.Write(run, ActivityRequest.IdOf(run, 0, 0), CheckInWords.Says(0, SampleCompany.AccountOf(run, 0))), stop);
            took.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            if (status != 200 || !inbox.EndedWell(run))
            {
                Console.WriteLine($"The first message was not answered well: {status.ToString(CultureInfo.InvariantCulture)} {inbox.FirstWrong}");
                return 1;
            }
        }

        var median = took.Order().ElementAt(Runs / 2);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Process start to the first check-in begun and answered: {string.Join(", ", took.Select(t => t.ToString("0.00", CultureInfo.InvariantCulture)))} s; median {median:0.00} s, aim at most {AimSeconds} s: {(median <= AimSeconds ? "met" : "MISSED")}"));
        return 0;
    }

    private static async Task<WireConnection> ConnectAsync(int port, CancellationToken stop)
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return await WireConnection.OpenAsync(port, stop);
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(5, stop);
            }
        }
    }
}
