using Xunit;

namespace KeyAccountBot.Tests.Faults;

/// <summary>Follow-ups on a store that fails.</summary>
public class StoreFaultTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan TwelveDays = TimeSpan.FromDays(12);

    /// <summary>
    /// Promised: nothing is lost, nothing decided twice, the steps keep their order and people their hours; somebody is told twice only
    /// where the write that was to say so failed; in the end nothing waits but with the dead letters.
    /// </summary>
    [Fact]
    public async Task On_a_store_that_fails_one_call_in_ten_every_step_is_told_and_twice_only_where_the_mark_failed()
    {
        foreach (var seed in Chance.Seeds(5))
        {
            await using var story = await FaultStory.BeginAsync();
            await story.OpensAsync([.. Enumerable.Range(1, 12).Select(i => $"Account {i:00}")]);
            var chance = new Chance(seed);
            var isFailing = true;
            Replica[] replicas = [story.Starts(Failing("a")), story.Starts(Failing("b"))];
            try
            {
                story.ToTheEve();
                await story.ForwardAsync(TwelveDays, Hour, replicas);
                Assert.True(replicas.Sum(r => r.Store.Failed.Count) > 30, "Hardly anything failed.");

                // the store is well again: what waited is done within a working day
                isFailing = false;
                await story.ForwardAsync(TimeSpan.FromDays(3), Hour, replicas);
                await story.AreKeptAsync(steps: 3, Promises.WhereTheMarkFailed([.. replicas.Select(r => r.Store)]));
                TestContext.Current.TestOutputHelper?.WriteLine(
                    $"seed {seed}: {replicas.Sum(r => r.Store.Calls)} calls, {replicas.Sum(r => r.Store.Failed.Count)} failed, {story.Told.Count} messages for {3 * story.Accounts.Count} steps");
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new InvalidOperationException($"FAULT_SEED={seed}: {e.Message}\n{Story(story, replicas)}", e);
            }

            // each replica its own chance, or both would fail at the same places
            Func<StoreCall, Fault> Failing(string name) => call => isFailing ? chance.OneInTen(call with { Where = name + call.Where }) : Fault.None;
        }
    }

    /// <summary>Promised: a message that was sent is noted as sent even where the store fails twice right then; nobody is told again.</summary>
    [Fact]
    public async Task A_store_that_fails_twice_when_a_message_was_sent_does_not_have_it_told_again()
    {
        await using var story = await FaultStory.BeginAsync();
        await story.OpensAsync("Cancity");
        story.ToTheEve();
        var failures = 0;
        var replica = story.Starts(call =>
            story.Told.Count > 0 && call is { What: "Submit" } && call.Where.Contains("delivery|", StringComparison.Ordinal) && failures < 2
                ? failures++ == 0 ? Fault.Before : Fault.TimesOut
                : Fault.None);

        await story.ForwardAsync(TimeSpan.FromHours(4), TimeSpan.FromMinutes(10), replica);

        Assert.Equal(2, failures);
        await story.AreKeptAsync(steps: 1);
    }

    /// <summary>Promised: while the disk is full nobody is told anything that is not on record; once there is room, everybody is, once.</summary>
    [Fact]
    public async Task While_the_disk_is_full_nothing_is_told_and_once_there_is_room_everything_is_once()
    {
        await using var story = await FaultStory.BeginAsync();
        await story.OpensAsync("Cancity", "Nordwind");
        var isFull = true;
        var replica = story.Starts(call => isFull && call.Writes ? Fault.NoRoom : Fault.None);
        story.ToTheEve();

        for (var hours = 0; hours < 5; hours++)
        {
            story.Clock.Advance(Hour);
            Assert.True(await replica.LooksAsync());
        }

        Assert.Empty(story.Told);
        Assert.Empty(await story.StepsAsync("Cancity"));

        isFull = false;
        await story.ForwardAsync(TwelveDays, Hour, replica);
        await story.AreKeptAsync(steps: 3);
    }

    /// <summary>Promised: at-least-once queues in no order are enough; what comes twice is done once, also by two processes at the same time.</summary>
    [Fact]
    public async Task Queue_messages_that_come_twice_and_out_of_order_are_worked_on_once_and_in_order()
    {
        foreach (var seed in Chance.Seeds(3))
        {
            await using var story = await FaultStory.BeginAsync();
            var chance = new Chance(seed);
            Replica[] replicas = [Starts("a"), Starts("b")];
            await story.OpensAsync([.. Enumerable.Range(1, 12).Select(i => $"Account {i:00}")]);
            try
            {
                story.ToTheEve();
                await story.ForwardAsync(TwelveDays, Hour, replicas);
                await story.AreKeptAsync(steps: 3);
                Assert.Equal(36, story.Told.Count);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new InvalidOperationException($"FAULT_SEED={seed}: {e.Message}", e);
            }

            Replica Starts(string name) => story.Starts(story.Engine.Tables, new UntidyQueue(story.Engine.Queues, story.Clock, chance.Of(name)));
        }
    }

    private static string Story(FaultStory story, Replica[] replicas) => string.Join('\n',
        story.Told.Select(t => $"{t.At:u} {t.To}: {t.Words}").Concat(replicas.SelectMany(r => r.Store.Failed.Select(f => $"{f.Fault} {f.Call}"))));
}
