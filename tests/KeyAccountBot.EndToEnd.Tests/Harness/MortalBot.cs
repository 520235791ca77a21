using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using KeyAccountBot.BotFramework.Schema;
using Xunit;
using Activity = KeyAccountBot.BotFramework.Schema.Activity;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>
/// The service as a process that is killed again and again and started again on the same store, and the channel before it: what
/// got no 2xx is delivered again with the same id, once the service is back. All chance comes from one seed.
/// </summary>
internal sealed class MortalBot : IBot, IAsyncDisposable
{
    private const string Press = "a press";

    // SIGKILL
    private const int Killed = 128 + 9;

    private readonly Random chance;
    private readonly string folder;
    private readonly List<Activity> late = [];
    private readonly List<string> said = [];
    private readonly ConcurrentQueue<string> story = new();
    private readonly Dictionary<(string Words, bool Fresh), double> usual = [];
    private readonly List<Timer> timers = [];
    private ServiceProcess process;
    private string saying = "";
    private bool diesOfReply;
    private bool isFresh = true;
    private int ids;
    private int kills;

    private MortalBot(FarEnds ends, string folder, Random chance, ServiceProcess process)
    {
        Ends = ends;
        this.folder = folder;
        this.chance = chance;
        this.process = process;
        ends.Taken = TakenAsync;
    }

    public FarEnds Ends { get; }

    /// <summary>How often it was killed.</summary>
    public int Kills => kills;

    /// <summary>What happened, oldest first, for who must find out why.</summary>
    public string Story => string.Join('\n', story);

    /// <summary>Everything said to the bot as a message, by activity id.</summary>
    public IReadOnlyList<string> Said => said;

    /// <summary>Starts it on a store.</summary>
    public static async Task<MortalBot> StartAsync(FarEnds ends, string folder, int seed) =>
        new(ends, folder, new Random(seed), await ServiceProcess.StartAsync(ends, folder));

    public string NextId() => string.Create(CultureInfo.InvariantCulture, $"activity-{Interlocked.Increment(ref ids)}");

    public async Task<HttpResponseMessage> PostAsync(Activity activity, string? token = null, bool anonymous = false)
    {
        // what came without an answer before the last start comes again at some time, even after what was said since
        List<Activity> again = [.. late];
        late.Clear();
        var answer = await DeliverAsync(activity, mayComeLate: activity.Type == ActivityTypes.Message);
        foreach (var earlier in again)
        {
            (await DeliverAsync(earlier, mayComeLate: false)).Dispose();
        }

        return answer;
    }

    /// <summary>Ends it in an orderly way; its exit code.</summary>
    public async Task<int> EndAsync()
    {
        DisposeTimers();
        while (true)
        {
            await process.TerminateAsync();
            var code = await process.ExitAsync();
            if (code != Killed)
            {
                return code;
            }

            await StartAgainAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        DisposeTimers();
        Ends.Taken = null;
        await process.DisposeAsync();
    }

    private async Task<HttpResponseMessage> DeliverAsync(Activity activity, bool mayComeLate)
    {
        if (activity.Type == ActivityTypes.Message && !said.Contains(activity.Id!))
        {
            said.Add(activity.Id!);
        }

        var words = saying = KindOf(activity);
        while (true)
        {
            Aim(words);
            var began = Stopwatch.GetTimestamp();
            try
            {
                var answer = await process.PostAsync(activity);
                Assert.True(answer.IsSuccessStatusCode, $"{words} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                usual[(words, isFresh)] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                isFresh = diesOfReply = false;
                return answer;
            }
            catch (HttpRequestException)
            {
                await StartAgainAsync();
            }

            if (activity.Type == ActivityTypes.Invoke && chance.Next(2) == 0)
            {
                // nobody repeats a press but the person who pressed
                activity = activity with { Id = NextId() };
            }
            else if (mayComeLate && chance.Next(3) == 0 && Ends.ToTeams.Any(reply => reply.ReplyToId == activity.Id))
            {
                story.Enqueue($"{words} was answered, and is delivered again later");
                late.Add(activity);
                return new HttpResponseMessage(HttpStatusCode.OK);
            }
        }
    }

    // most deaths are around the yes, typed or pressed; a quarter come when the connector has the reply and the service does not know
    private void Aim(string words)
    {
        if (chance.NextDouble() >= (words is "yes" or Press ? 0.6 : 0.15))
        {
            return;
        }

        diesOfReply = chance.Next(4) == 0;
        if (!diesOfReply)
        {
            ShootAfter(TimeSpan.FromMilliseconds(chance.NextDouble() * 1.2 * usual.GetValueOrDefault((words, isFresh), 50)), "at " + words);
        }
    }

    private Task TakenAsync(Activity reply)
    {
        if (diesOfReply)
        {
            diesOfReply = false;
            ShootAfter(TimeSpan.FromMilliseconds(chance.Next(3)), $"when the reply to {saying} was taken");
        }

        return Task.CompletedTask;
    }

    // real time: chance decides when a process dies, not a story
    private void ShootAfter(TimeSpan delay, string why)
    {
        var target = process;
        timers.Add(new Timer(
            _ =>
            {
                if (target.TryKill())
                {
                    story.Enqueue($"kill {Interlocked.Increment(ref kills)}, {why}, after {delay.TotalMilliseconds:0.0} ms");
                }
            },
            null,
            delay,
            Timeout.InfiniteTimeSpan));
    }

    private async Task StartAgainAsync()
    {
        do
        {
            Assert.True(await process.ExitAsync() == Killed, "The service ended by itself:\n" + process.Output);
            await process.DisposeAsync();
            process = ServiceProcess.Launch(Ends, folder);
            isFresh = true;
            diesOfReply = false;
            if (chance.Next(12) == 0)
            {
                ShootAfter(TimeSpan.FromMilliseconds(chance.NextDouble() * 700), "while starting");
            }
        }
        while (!await process.ListensAsync());
    }

    private static string KindOf(Activity activity) =>
        activity.Text is not { } text ? Press
        : text.StartsWith("check in", StringComparison.Ordinal) ? "check in"
        : text.Split(' ')[0];

    private void DisposeTimers()
    {
        timers.ForEach(timer => timer.Dispose());
        timers.Clear();
    }
}
