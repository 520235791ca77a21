using System.Diagnostics;
using System.Globalization;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Engines;

namespace KeyAccountBot.Benchmarks.FollowUps;

/// <summary>What a storage account does of the calls that a follow-up cannot do without: a message received, a row read, a batch of four written, a message sent, one removed.</summary>
internal static class AccountFloor
{
    private const int Count = 3_000;
    private const int AtATime = 128;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>How many a second.</summary>
    public static async Task<double> RateAsync(string connection, CancellationToken stop)
    {
        await using var engine = StorageEngine.Open(new StorageOptions { ConnectionString = connection }, TimeProvider.System);
        var body = new byte[1200];
        Array.Fill(body, (byte)'x');
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = stop };
        await Parallel.ForAsync(0, Count, options, async (i, cancellation) =>
        {
            await engine.Queues.SendAsync("floor", BitConverter.GetBytes(i), TimeProvider.System.GetUtcNow(), cancellation);
            await engine.Tables.SubmitAsync("floor", PartitionOf(i), [new TableOperation.Add("snapshot", body)], cancellation);
        });

        var began = Stopwatch.GetTimestamp();
        for (var left = Count; left > 0;)
        {
            var messages = await engine.Queues.ReceiveAsync("floor", AtATime, Lease, stop);
            left -= messages.Count;
            await Task.WhenAll(messages.Select(m => OneAsync(engine, m, body, stop)));
        }

        return Count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task OneAsync(StorageEngine engine, LeasedMessage message, byte[] body, CancellationToken stop)
    {
        var partition = PartitionOf(BitConverter.ToInt32(message.Body.Span));
        var row = await engine.Tables.GetAsync("floor", partition, "snapshot", stop);
        await engine.Queues.SendAsync("floorout", body.AsMemory(0, 200), TimeProvider.System.GetUtcNow(), stop);
        await engine.Tables.SubmitAsync(
            "floor", partition,
            [
                new TableOperation.Replace("snapshot", body, row!.ETag), new TableOperation.Add("entry", body.AsMemory(0, 400)),
                new TableOperation.Add("command", body.AsMemory(0, 2)), new TableOperation.Put("delivery", body.AsMemory(0, 500)),
            ],
            stop);
        await engine.Queues.CompleteAsync(message, stop);
    }

    private static string PartitionOf(int number) => number.ToString("D6", CultureInfo.InvariantCulture);
}
