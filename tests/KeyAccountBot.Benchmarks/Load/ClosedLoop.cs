using System.Diagnostics;
using KeyAccountBot.Benchmarks.Wire;

namespace KeyAccountBot.Benchmarks.Load;

/// <summary>What a measured stretch of the loop came to.</summary>
/// <param name="Turns">Finished within it.</param>
/// <param name="Took">Real time.</param>
/// <param name="Processor">The service's.</param>
/// <param name="Driver">This process's: driver and far end.</param>
/// <param name="Latencies">Of each turn, in ticks of <see cref="Stopwatch"/>, ascending.</param>
/// <param name="ByTurn">The same, for each of the check-in's turns.</param>
/// <param name="PeakMemory">The service's, in bytes, warm-up included.</param>
internal sealed record Measured(
    int Turns, TimeSpan Took, TimeSpan Processor, TimeSpan Driver, long[] Latencies, IReadOnlyList<long[]> ByTurn, long PeakMemory)
{
    /// <summary>Turns a second.</summary>
    public double Rate => Turns / Took.TotalSeconds;

    /// <summary>The service's processor time a turn, in milliseconds.</summary>
    public double ProcessorMs => Processor.TotalMilliseconds / Turns;

    /// <summary>The driver's and the far end's processor time a turn, in milliseconds.</summary>
    public double DriverMs => Driver.TotalMilliseconds / Turns;

    /// <summary>The latency in milliseconds that this share of the turns stays under.</summary>
    public static double Percentile(long[] latencies, double share) =>
        latencies.Length == 0 ? 0 : Stopwatch.GetElapsedTime(0, latencies[Math.Min(latencies.Length - 1, (int)(latencies.Length * share))]).TotalMilliseconds;
}

/// <summary>
/// A closed loop: so many reps at a time, each saying the next thing of a check-in once the bot has answered the last one. A
/// conversation that ends makes room for the next rep's.
/// </summary>
internal sealed class ClosedLoop(FarEnd end, ServiceProcess service, SampleCompany company, Inbox inbox, int inFlight)
{
    private int next = -1;
    private int confirmed;
    private int wrong;
    private int measuring;

    /// <summary>Check-ins whose <c>yes</c> was answered as recorded, warm-up included.</summary>
    public int Confirmed => confirmed;

    /// <summary>Turns that were not answered as they should.</summary>
    public int Wrong => wrong;

    /// <summary>Every opportunity was used up before the time was.</summary>
    public bool RanOut { get; private set; }

    /// <summary>Warms up, then measures.</summary>
    public async Task<Measured> RunAsync(TimeSpan warmUp, TimeSpan measured)
    {
        end.Inbox = inbox;
        using var stop = new CancellationTokenSource();
        var workers = Enumerable.Range(0, inFlight).Select(_ => Task.Run(() => WorkAsync(stop.Token))).ToList();
        await Task.WhenAny(Task.Delay(warmUp), Task.WhenAll(workers));
        Volatile.Write(ref measuring, 1);
        using var self = Process.GetCurrentProcess();
        var (processor, driver, began) = (service.Processor, self.TotalProcessorTime, Stopwatch.GetTimestamp());
        await Task.WhenAny(Task.Delay(measured), Task.WhenAll(workers));
        Volatile.Write(ref measuring, 0);
        var took = Stopwatch.GetElapsedTime(began);
        self.Refresh();
        (processor, driver) = (service.Processor - processor, self.TotalProcessorTime - driver);
        await stop.CancelAsync();
        var byTurn = await Task.WhenAll(workers);
        var turns = Enumerable.Range(0, CheckInWords.Turns).Select(t => byTurn.SelectMany(w => w[t]).Order().ToArray()).ToList();
        long[] all = [.. turns.SelectMany(t => t).Order()];
        return new Measured(all.Length, took, processor, driver, all, turns, service.PeakMemory);
    }

    private async Task<List<long>[]> WorkAsync(CancellationToken stop)
    {
        var latencies = Enumerable.Range(0, CheckInWords.Turns).Select(_ => new List<long>(16 * 1024)).ToArray();
        var request = new ActivityRequest(end.ServiceUrl, service.Address, end.Token());
        using var connection = await WireConnection.OpenAsync(service.Port, CancellationToken.None);
        while (!stop.IsCancellationRequested)
        {
            var (opportunity, rep) = Math.DivRem(Interlocked.Increment(ref next), company.Reps);
            if (opportunity >= company.OpportunitiesEach)
            {
                RanOut = true;
                break;
            }

            var account = SampleCompany.AccountOf(rep, opportunity);
            for (var turn = 0; turn < CheckInWords.Turns && !stop.IsCancellationRequested; turn++)
            {
                var bytes = request.Write(rep, ActivityRequest.IdOf(rep, opportunity, turn), CheckInWords.Says(turn, account));
                inbox.Begin(rep, turn);
                var began = Stopwatch.GetTimestamp();
                var status = await connection.PostAsync(bytes, CancellationToken.None);
                var took = Stopwatch.GetTimestamp() - began;

                // the service answers the request once its reply was taken
                if (status != 200 || !inbox.EndedWell(rep))
                {
                    Interlocked.Increment(ref wrong);
                    break;
                }

                if (Volatile.Read(ref measuring) == 1)
                {
                    latencies[turn].Add(took);
                }

                if (turn == CheckInWords.Turns - 1)
                {
                    Interlocked.Increment(ref confirmed);
                }
            }
        }

        return latencies;
    }
}
