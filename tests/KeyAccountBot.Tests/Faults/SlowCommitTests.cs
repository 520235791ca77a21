using KeyAccountBot.Records;
using Xunit;

namespace KeyAccountBot.Tests.Faults;

/// <summary>A message goes on its queue before the row it belongs to is committed. Here the commit takes its time, and another process has the message.</summary>
public class SlowCommitTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Promised: a step whose commit takes four minutes is told all the same, and once.</summary>
    [Fact]
    public async Task A_step_whose_commit_takes_four_minutes_is_told_once()
    {
        await using var story = await FaultStory.BeginAsync();
        await story.OpensAsync("Cancity");
        story.ToTheEve();
        story.Clock.Advance(TimeSpan.FromSeconds(1));
        var (slow, other) = (story.Starts(), story.Starts());
        var isSlow = true;
        slow.Store.Meanwhile = async call =>
        {
            if (isSlow && call.What == "Submit" && call.Where.Contains("delivery|", StringComparison.Ordinal))
            {
                isSlow = false;
                await story.ForwardAsync(4 * Minute, TimeSpan.FromSeconds(10), other);
            }
        };

        await FaultStory.WorkAsync(slow);
        await story.ForwardAsync(TimeSpan.FromHours(4), 10 * Minute, slow, other);

        Assert.False(isSlow);
        await story.AreKeptAsync(steps: 1);
    }

    /// <summary>Promised: a digest whose hour strikes while its first line is being committed goes out all the same, and once.</summary>
    [Fact]
    public async Task A_digest_whose_hour_strikes_while_its_first_line_is_committed_goes_out_once()
    {
        await using var story = await FaultStory.BeginAsync(separateMessages: 1);
        await story.OpensAsync("Cancity", "Nordwind");
        story.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 16, 15, 59, 59, TimeSpan.Zero));
        var (slow, other) = (story.Starts(), story.Starts());
        var isSent = false;
        slow.Store.Meanwhile = async call =>
        {
            isSent |= call is { What: "Send", Where: "digests" };
            if (isSent && call.What == "Submit" && call.Where.StartsWith("mailboxes", StringComparison.Ordinal))
            {
                isSent = false;
                story.Clock.Advance(TimeSpan.FromSeconds(1));
                await FaultStory.WorkAsync(other);
            }
        };

        await FaultStory.WorkAsync(slow);
        await story.ForwardAsync(TimeSpan.FromHours(1), Minute, slow, other);

        DeliveryRecord[] records = [.. await story.DeliveriesAsync("Cancity"), .. await story.DeliveriesAsync("Nordwind")];
        Assert.Equal([DeliveryStatus.Sent, DeliveryStatus.InDigest], records.Select(r => r.Status).Order());
        Assert.Equal(2, story.Told.Count);
        Assert.Empty((await story.MessagesAsync()).Due);
    }
}
