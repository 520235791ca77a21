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
internal sealed record TranscriptLine(
    string App, string Person, string Id, bool FromBot, DateTimeOffset At, string? Text = null,
    JsonElement? Card = null, JsonElement? Blocks = null, JsonElement? Buttons = null, bool Removed = false);

/// <summary>All chats of the sandbox since it started, oldest first, for whoever looks on.</summary>
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

    /// <summary>An id that no other line has.</summary>
    public string NextId(string prefix) => $"{prefix}-{Interlocked.Increment(ref count)}";

    /// <summary>Adds a line, or puts it in the place of the one with its id.</summary>
    public void Put(TranscriptLine line)
    {
        lock (door)
        {
            var at = lines.FindIndex(l => l.Id == line.Id && l.App == line.App);
            if (at < 0)
            {
                lines.Add(line);
                if (lines.Count > Kept)
                {
                    lines.RemoveAt(0);
                }
            }
            else
            {
                line = line with { At = lines[at].At, Person = lines[at].Person };
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

    /// <summary>All lines so far, then each new one as it comes.</summary>
    public async IAsyncEnumerable<TranscriptLine> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<TranscriptLine>();
        List<TranscriptLine> before;
        lock (door)
        {
            before = [.. lines];
            readers.Add(channel.Writer);
        }

        try
        {
            foreach (var line in before)
            {
                yield return line;
            }

            await foreach (var line in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return line;
            }
        }
        finally
        {
            channel.Writer.TryComplete();
        }
    }
}
