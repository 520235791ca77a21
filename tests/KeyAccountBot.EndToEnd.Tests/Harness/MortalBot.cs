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
    // SIGKILL
    private const int Killed = 128 + 9;

    /// <summary>In place of words: a card's button.</summary>
    public const string Press = "a press";

    /// <summary>What a check-in can die of: the beginnings of what is said in it.</summary>
    public static readonly IReadOnlyList<string> Aims = ["check in", "1", "today", "Letter", "Visit", "in 3 days", "yes", Press];

    private readonly Random chance;
    private readonly string folder;
    private readonly List<Activity> late = [];
    private readonly List<string> said = [];
    private readonly ConcurrentQueue<string> story = new();
    private readonly Dictionary<string, double> usual = new(StringComparer.Ordinal);
    private readonly List<Timer> timers = [];
    private ServiceProcess process;
    private string? aimedAt;
    private string saying = "";
    private Shot shot;
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

    private enum Shot
    {
        /// <summary>At any moment from the request on until a little after its usual end.</summary>
        AtAnyMoment,

        /// <summary>When the connector has the reply, and before the service knows.</summary>
        WhenTheReplyIsTaken,

        /// <summary>At any moment, and once more while it starts again.</summary>
        AndAgainWhileStarting,
    }

    public FarEnds Ends { get; }

    /// <summary>How often it was killed.</summary>
    public int Kills => kills;

    /// <summary>What happened, oldest first, for whoever must find out why.</summary>
    public string Story => string.Join('\n', story);

    /// <summary>Everything said to the bot as a message, by activity id.</summary>
    public IReadOnlyList<string> Said => said;

    /// <summary>Starts it on a store.</summary>
    public static async Task<MortalBot> StartAsync(FarEnds ends, string folder, int seed) =>
        new(ends, folder, new Random(seed), await ServiceProcess.StartAsync(ends, folder));

    /// <summary>The next thing said that begins with these words is what it may die of.</summary>
    public void AimAt(string words)
    {
        aimedAt = words;
        shot = chance.Next(8) switch
        {
            < 2 when words != Press => Shot.WhenTheReplyIsTaken,
            2 => Shot.AndAgainWhileStarting,
            _ => Shot.AtAnyMoment,
        };
    }

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

        var words = saying = activity.Text ?? Press;
        while (true)
        {
            if (aimedAt is { } aim && words.StartsWith(aim, StringComparison.Ordinal) && shot != Shot.WhenTheReplyIsTaken)
            {
                ShootAfter(TimeSpan.FromMilliseconds(chance.NextDouble() * 1.2 * usual.GetValueOrDefault(aim, 50)), "at " + aim);
            }

            var began = Stopwatch.GetTimestamp();
            try
            {
                var answer = await process.PostAsync(activity);
                Assert.True(answer.IsSuccessStatusCode, $"{words} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                Learn(words, Stopwatch.GetElapsedTime(began));
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

    private Task TakenAsync(Activity reply)
    {
        if (shot == Shot.WhenTheReplyIsTaken && aimedAt is { } aim && saying.StartsWith(aim, StringComparison.Ordinal) && reply.ReplyToId == said[^1])
        {
            ShootAfter(TimeSpan.FromMilliseconds(chance.Next(3)), "when the reply was taken to " + aim);
        }

        return Task.CompletedTask;
    }

    // real time: chance decides when a process dies, not a story
    private void ShootAfter(TimeSpan delay, string why)
    {
        aimedAt = null;
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
            if (shot == Shot.AndAgainWhileStarting)
            {
                shot = Shot.AtAnyMoment;
                ShootAfter(TimeSpan.FromMilliseconds(chance.NextDouble() * 700), "while starting");
            }
        }
        while (!await process.ListensAsync());
    }

    private void Learn(string words, TimeSpan took)
    {
        foreach (var aim in Aims.Where(a => words.StartsWith(a, StringComparison.Ordinal)))
        {
            usual[aim] = (0.7 * usual.GetValueOrDefault(aim, 50)) + (0.3 * took.TotalMilliseconds);
        }
    }

    private void DisposeTimers()
    {
        timers.ForEach(timer => timer.Dispose());
        timers.Clear();
    }
}
