using KeyAccountBot.Records;
using Xunit;

namespace KeyAccountBot.Tests.Faults;

/// <summary>A paging system's best-known complaint is the page after the acknowledgement: here the word comes while the message is claimed.</summary>
public sealed class AnsweredMeanwhileTests
{
    /// <summary>Promised: an answer ends the step before it is sent, and the chain goes on when the answer's time is over.</summary>
    [Fact]
    public async Task Whoever_answers_while_a_message_is_claimed_is_not_told_any_more()
    {
        await using var story = await FaultStory.BeginAsync();
        await story.OpensAsync("Cancity");
        story.ToTheEve();
        var replica = story.Starts();
        var claimed = OnceClaimed(replica, () => story.SnoozesAsync("Cancity", story.Clock.GetUtcNow().AddDays(3)));

        await story.ForwardAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), replica);
        Assert.True(claimed());
        Assert.Empty(story.Told);
        Assert.Equal(DeliveryStatus.Dropped, Assert.Single(await story.DeliveriesAsync("Cancity")).Status);

        await story.ForwardAsync(TimeSpan.FromDays(4), TimeSpan.FromHours(1), replica);
        // it was the rep's own word: those above hear all the same
        Assert.Equal(["melvin", "dora"], story.Told.Select(t => t.To.Value));
    }

    /// <summary>Promised: progress ends the chain before the next send.</summary>
    [Fact]
    public async Task A_check_in_while_a_message_is_claimed_ends_it_too()
    {
        await using var story = await FaultStory.BeginAsync();
        await story.OpensAsync("Cancity");
        story.ToTheEve();
        var replica = story.Starts();
        var claimed = OnceClaimed(replica, () => story.ChecksInAsync("Cancity"));

        await story.ForwardAsync(TimeSpan.FromDays(5), TimeSpan.FromHours(1), replica);
        Assert.True(claimed());
        Assert.Empty(story.Told);
    }

    // the worker's first write of a delivery's row is its claim; the commit's holds the snapshot too
    private static Func<bool> OnceClaimed(Replica replica, Func<Task> happens)
    {
        var claimed = false;
        replica.Store.Meanwhile = async call =>
        {
            if (!claimed && call.What == "Submit" && call.Where.Contains("delivery|", StringComparison.Ordinal) && !call.Where.Contains("snapshot", StringComparison.Ordinal))
            {
                claimed = true;
                await happens();
            }
        };
        return () => claimed;
    }
}
