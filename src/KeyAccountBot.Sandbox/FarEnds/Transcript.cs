using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;

namespace KeyAccountBot.Sandbox.FarEnds;

/// <summary>What stands in somebody's chat with the bot.</summary>
/// <param name="App"><see cref="Transcript.Teams"/> or <see cref="Transcript.Slack"/>.</param>
/// <param name="Person">Whose chat.</param>
/// <param name="Id">Unique; an update carries the id of what it replaces.</param>
/// <param name="FromBot">The bot's words, not the person's.</param>
/// <param name="At">When, by the sandbox's clock, UTC.</param>
/// <param name="Text">In Markdown (Teams) or mrkdwn (Slack).</param>
/// <param name="Card">An Adaptive Card.</param>
/// <param name="Blocks">Block Kit.</param>
/// <param name="Buttons">Suggested actions.</param>
/// <param name="Removed">It was deleted.</param>
/// <param name="Number">Its place among all lines, which an update keeps.</param>
internal sealed record TranscriptLine(
    string App, string Person, string Id, bool FromBot, DateTimeOffset At, string? Text = null,
    JsonElement? Card = null, JsonElement? Blocks = null, JsonElement? Buttons = null, bool Removed = false, long Number = 0);

/// <summary>All chats of the sandbox, oldest line first, for everybody who looks on.</summary>
internal sealed class Transcript
{
    /// <summary>A chat in Teams.</summary>
    public const string Teams = "teams";

    /// <summary>A direct message in Slack.</summary>
    public const string Slack = "slack";

    private const int Kept = 2_000;
    private readonly Lock door = new();
    private readonly List<TranscriptLine> lines = [];
    private readonly List<ChannelWriter<TranscriptLine>> readers = [];
    private long count;
    private long last;

    /// <summary>An id that no other line has.</summary>
    public string NextId(string prefix) => $"{prefix}-{Interlocked.Increment(ref count)}";

    /// <summary>The people who have a chat in this app.</summary>
    public IReadOnlyList<string> PeopleIn(string app)
    {
        lock (door)
        {
            return [.. lines.Where(l => l.App == app).Select(l => l.Person).Distinct(StringComparer.Ordinal)];
        }
    }

    /// <summary>Begins with the lines of an earlier run; no new id is one of theirs.</summary>
    public void Restore(IEnumerable<TranscriptLine> earlier)
    {
        lock (door)
        {
            lines.InsertRange(0, earlier.OrderBy(l => l.Number).TakeLast(Kept));
            last = lines.Select(l => l.Number).Append(last).Max();
            count = lines.Select(l => CountOf(l.Id)).Append(count).Max();
        }

        // "activity-17", or "1f0c-activity-17"
        static long CountOf(string id) => long.TryParse(id.AsSpan(id.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <summary>Adds a line, or puts it in the place of the one with its id.</summary>
    public void Put(TranscriptLine line)
    {
        lock (door)
        {
            var at = lines.FindIndex(l => l.Id == line.Id && l.App == line.App);
            if (at < 0)
            {
                line = line with { Number = ++last };
                lines.Add(line);
                if (lines.Count > Kept)
                {
                    lines.RemoveAt(0);
                }
            }
            else
            {
                line = line with { At = lines[at].At, Person = lines[at].Person, Number = lines[at].Number };
                lines[at] = line;
            }

            readers.RemoveAll(r => !r.TryWrite(line));
        }
    }

    /// <summary>The line with this id, or <c>null</c>.</summary>
    public TranscriptLine? Find(string app, string id)
    {
        lock (door)
        {
            return lines.Find(l => l.App == app && l.Id == id);
        }
    }

    /// <summary>All lines so far, then a <c>null</c>, then each new one as it comes.</summary>
    public async IAsyncEnumerable<TranscriptLine?> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (before, news) = Follow();
        try
        {
            foreach (var line in before)
            {
                yield return line;
            }

            yield return null;
            await foreach (var line in news.Reader.ReadAllAsync(cancellationToken))
            {
                yield return line;
            }
        }
        finally
        {
            news.Writer.TryComplete();
        }
    }

    /// <summary>All lines so far, and where each new one comes until its writer is completed.</summary>
    public (IReadOnlyList<TranscriptLine> Before, Channel<TranscriptLine> News) Follow()
    {
        var channel = Channel.CreateUnbounded<TranscriptLine>();
        lock (door)
        {
            readers.Add(channel.Writer);
            return ([.. lines], channel);
        }
    }
}
