using Azure;
using KeyAccountBot.Deliveries;
using Xunit;

namespace KeyAccountBot.Tests.Faults;

/// <summary>Follow-ups while the store is out of reach: what it interrupts is not to blame.</summary>
public class StorageOutageTests
{
    private static readonly RequestFailedException OutOfReach = new(503, "Server busy.", "ServerBusy", null);

    [Fact]
    public async Task However_long_the_tables_are_out_of_reach_nothing_becomes_a_dead_letter_and_all_is_told_once_they_are_back()
    {
        await using var story = await FaultStory.BeginAsync();
        await story.OpensAsync("Cancity", "Nordwind");
        var isOut = true;
        var replica = story.Starts(_ => Fault.None);

        // all but the table of dead letters: there would be room for them
        replica.Store.Meanwhile = call => isOut && (call.What is "Get" or "Submit" or "Query" or "Scan") && !call.Where.StartsWith("deadletters", StringComparison.Ordinal) ? Task.FromException(OutOfReach) : Task.CompletedTask;
        story.ToTheEve();

        // far more than ten tries, at every quarter of an hour of two days
        for (var looks = 0; looks < 200; looks++)
        {
            story.Clock.Advance(TimeSpan.FromMinutes(15));
            await replica.LooksAsync();
        }

        Assert.Empty(story.Told);
        isOut = false;
        await story.ForwardAsync(TimeSpan.FromDays(12), TimeSpan.FromHours(1), replica);

        await story.AreKeptAsync(steps: 3);
        Assert.Empty((await story.MessagesAsync()).Dead);
    }

    [Fact]
    public async Task What_was_sent_as_the_store_went_away_is_noted_once_it_is_back_and_not_told_again()
    {
        await using var story = await FaultStory.BeginAsync();
        await story.OpensAsync("Cancity");
        story.ToTheEve();
        var (replica, failures) = (story.Starts(_ => Fault.None), 0);
        replica.Store.Meanwhile = call => story.Told.Count > 0 && call is { What: "Submit" } && call.Where.Contains("delivery|", StringComparison.Ordinal) && failures < 5
            ? Fails()
            : Task.CompletedTask;

        await story.ForwardAsync(TimeSpan.FromHours(4), TimeSpan.FromMinutes(10), replica);

        Assert.Equal(5, failures);
        await story.AreKeptAsync(steps: 1);

        Task Fails()
        {
            failures++;
            return Task.FromException(OutOfReach);
        }
    }

    [Fact]
    public async Task Who_claimed_a_delivery_and_hung_for_longer_than_a_claim_holds_does_not_send_it()
    {
        await using var story = await FaultStory.BeginAsync();
        await story.OpensAsync("Cancity");
        story.ToTheEve();
        var (replica, hangs) = (story.Starts(_ => Fault.None), true);
        var toldWhileHanging = -1;
        replica.Store.Meanwhile = call =>
        {
            if (hangs && call is { What: "Submit" } && call.Where.Contains("delivery|", StringComparison.Ordinal)
                && !call.Where.Contains("snapshot", StringComparison.Ordinal))
            {
                hangs = false;
                story.Clock.Advance(WorkTimes.Usual.ClaimHolds);
            }
            else if (!hangs && toldWhileHanging < 0 && call.What == "PutOff")
            {
                toldWhileHanging = story.Told.Count;
            }

            return Task.CompletedTask;
        };

        await story.ForwardAsync(TimeSpan.FromHours(4), TimeSpan.FromMinutes(10), replica);

        Assert.Equal(0, toldWhileHanging);
        await story.AreKeptAsync(steps: 1);
    }
}
