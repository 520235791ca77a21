using KeyAccountBot.Records;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Faults;

/// <summary>
/// A process that dies at every single call of the store between a wake-up and the message sent: just before the call, so it is not
/// carried out, and just after, so nobody hears that it was. Another process then finds the same store.
/// </summary>
public class KillPointTests
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    /// <summary>Promised: the step is on record once and its reader is told; twice only where the process died between telling and noting so.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_any_call_of_a_follow_up_it_is_told_by_the_next_process_and_twice_only_where_it_died_before_noting_so(bool afterTheCall)
    {
        var (points, repeats) = (0, 0);
        for (var isDead = true; isDead; points++)
        {
            await using var story = await FaultStory.BeginAsync();
            await story.OpensAsync("Cancity");
            story.ToTheEve();
            story.Clock.Advance(TimeSpan.FromSeconds(1));
            var dying = new Death(points + 1, afterTheCall);
            isDead = await dying.OfAsync(story.Starts(dying.Befalls));

            var isNoted = (await story.DeliveriesAsync("Cancity")).Any(d => d.Status == DeliveryStatus.Sent);
            var mayRepeat = isDead && story.Told.Count == 1 && !isNoted;
            await story.ForwardAsync(TimeSpan.FromHours(4), TenMinutes, story.Starts());
            await At(points + 1, () => story.AreKeptAsync(steps: 1, (_, _) => mayRepeat ? 1 : 0));
            repeats += story.Told.Count - 1;
        }

        Assert.InRange(points, 15, 200);
        Assert.InRange(repeats, afterTheCall ? 0 : 1, 2);
        TestContext.Current.TestOutputHelper?.WriteLine($"killed at {points - 1} calls, {repeats} told twice");
    }

    /// <summary>Promised: of what was held for the digest nothing is lost either, and the digest goes out once; twice only where it died before noting so.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_any_call_of_a_digest_it_goes_out_and_twice_only_where_it_died_before_noting_so(bool afterTheCall)
    {
        var points = 0;
        for (var isDead = true; isDead; points++)
        {
            await using var story = await FaultStory.BeginAsync(separateMessages: 1);
            await story.OpensAsync("Cancity", "Nordwind");
            story.ToTheEve();
            var dying = new Death(points + 1, afterTheCall);
            var replica = story.Starts(dying.Befalls);
            story.Clock.Advance(TimeSpan.FromSeconds(1));
            isDead = await dying.OfAsync(replica);
            var left = 8.5; // hours, of work
            if (!isDead)
            {
                story.Clock.Advance(TimeSpan.FromHours(7)); // four in the afternoon
                left -= 7;
                isDead = await dying.OfAsync(replica);
            }

            var before = story.Told.Count;
            await story.ForwardAsync(TimeSpan.FromHours(left), TenMinutes, story.Starts());
            await At(points + 1, async () =>
            {
                Assert.Empty((await story.MessagesAsync()).Due);
                DeliveryRecord[] records = [.. await story.DeliveriesAsync("Cancity"), .. await story.DeliveriesAsync("Nordwind")];
                Assert.Equal([DeliveryStatus.Sent, DeliveryStatus.InDigest], records.Select(r => r.Status).Order());
                Assert.All(story.Told, t => Assert.Equal(Rep.Id, t.To));
                // at most one message was in flight when the process died
                Assert.InRange(story.Told.Count, 2, isDead && before > 0 ? 3 : 2);
                Assert.Equal(2, story.Told.Select(t => t.Words).Distinct().Count());
            });
        }

        Assert.InRange(points, 30, 400);
        TestContext.Current.TestOutputHelper?.WriteLine($"killed at {points - 1} calls");
    }

    /// <summary>Promised: what gathers is decided whole by the next process: the heavier by itself, the other in the digest, nothing lost.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_any_call_while_what_is_due_gathers_the_heavier_is_told_by_itself_and_the_other_in_the_digest(bool afterTheCall)
    {
        var points = 0;
        for (var isDead = true; isDead; points++)
        {
            await using var story = await FaultStory.BeginAsync(separateMessages: 1, gathering: TimeSpan.FromMinutes(2));
            await story.OpensAsync(a => a == "Zenith" ? 9_000_000 : 1_000, "Cancity", "Zenith");
            story.ToTheEve();
            var dying = new Death(points + 1, afterTheCall);
            var replica = story.Starts(dying.Befalls);
            story.Clock.Advance(TimeSpan.FromSeconds(1));
            isDead = await dying.OfAsync(replica);
            if (!isDead)
            {
                story.Clock.Advance(TimeSpan.FromMinutes(2));
                isDead = await dying.OfAsync(replica);
            }

            await story.ForwardAsync(TimeSpan.FromHours(8), TenMinutes, story.Starts());
            await At(points + 1, async () =>
            {
                Assert.Empty((await story.MessagesAsync()).Due);
                Assert.Equal(DeliveryStatus.Sent, Assert.Single(await story.DeliveriesAsync("Zenith")).Status);
                Assert.Equal(DeliveryStatus.InDigest, Assert.Single(await story.DeliveriesAsync("Cancity")).Status);
                Assert.Equal(2, story.Told.Select(t => t.Words).Distinct().Count());
                Assert.InRange(story.Told.Count, 2, isDead ? 3 : 2);
            });
        }

        Assert.InRange(points, 30, 400);
        TestContext.Current.TestOutputHelper?.WriteLine($"killed at {points - 1} calls");
    }

    private static async Task At(int point, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"Killed at call {point}: {e.Message}", e);
        }
    }

    /// <summary>Comes at one call of the store; after that nothing works any more.</summary>
    private sealed class Death(int at, bool afterTheCall)
    {
        private bool isDead;

        public Fault Befalls(StoreCall call)
        {
            if (isDead || call.Number < at)
            {
                return isDead ? Fault.Before : Fault.None;
            }

            isDead = true;
            return afterTheCall ? Fault.After : Fault.Before;
        }

        /// <summary>Lets a replica work until it has done everything or is dead; whether it is.</summary>
        public async Task<bool> OfAsync(Replica replica)
        {
            while (!isDead && await replica.LooksAsync())
            {
                // there is more to do
            }

            return isDead;
        }
    }
}
