using System.Collections.Concurrent;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Channels;
using KeyAccountBot.Channels.Teams;

namespace KeyAccountBot.Tests.Turns;

/// <summary>A connector that remembers what it took, and refuses what it is told to.</summary>
internal sealed class RecordingConnector : IReplyChannel
{
    private readonly ConcurrentQueue<Activity> taken = new();

    /// <summary>How often it was called.</summary>
    public int Calls;

    /// <summary>Why a reply is not taken; <c>null</c> for those that are.</summary>
    public Func<Activity, NotSentException?> Refuses { get; set; } = _ => null;

    /// <summary>What happens before a reply is taken.</summary>
    public Func<Activity, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>What it took, oldest first.</summary>
    public IReadOnlyList<Activity> Taken => [.. taken];

    /// <summary>The first words of each.</summary>
    public IReadOnlyList<string> Words => [.. taken.Select(WordsOf)];

    public static NotSentException Down { get; } = new("503", isPermanent: false);

    public async Task SendAsync(Activity reply, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Calls);
        await Before(reply);
        if (Refuses(reply) is { } refusal)
        {
            throw refusal;
        }

        taken.Enqueue(reply);
    }

    public static string WordsOf(Activity reply) => (reply.Text ?? reply.Summary ?? "").Split('\n')[0];
}
