using Xunit;

namespace KeyAccountBot.Tests.Faults;

/// <summary>A clock that is set while the bot works: a week on, as after a pause of the machine, or an hour back, as by who sets it.</summary>
public class ClockJumpTests
{
    /// <summary>
    /// A step that falls due at an exact moment, and the clock jumps at every single call of the store on its way. Promised: it is told
    /// once, the steps after it come once each in their order and their readers' hours, and none is skipped or forgotten.
    /// </summary>
    [Theory]
    [InlineData(7 * 24)]
    [InlineData(-1)]
    public async Task Wherever_the_clock_jumps_every_step_is_told_once_and_in_order(int hours)
    {
        var points = 0;
        for (var hasJumped = true; hasJumped; points++)
        {
            await using var story = await FaultStory.BeginAsync();
            await story.OpensAsync("Cancity");
            story.ToTheEve();
            var at = int.MaxValue;
            hasJumped = false;
            var replica = story.Starts(call =>
            {
                if (call.Number >= at && !hasJumped)
                {
                    hasJumped = true;
                    story.Clock.AdjustTime(story.Clock.GetUtcNow().AddHours(hours));
                }

                return Fault.None;
            });
            story.Clock.Advance(TimeSpan.FromSeconds(1));
            await FaultStory.WorkAsync(replica);
            await story.SnoozesAsync("Cancity", new DateTimeOffset(2026, 3, 18, 11, 0, 0, TimeSpan.Zero));

            // at nine a wake-up finds the chain snoozed, and arms another for eleven sharp
            story.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 18, 9, 0, 0, TimeSpan.Zero));
            await FaultStory.WorkAsync(replica);
            story.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 18, 11, 0, 0, TimeSpan.Zero));
            at = replica.Store.Calls + 1 + points;
            await FaultStory.WorkAsync(replica);
            var jumped = hasJumped;
            await story.ForwardAsync(TimeSpan.FromDays(14), TimeSpan.FromHours(2), replica);
            try
            {
                await story.AreKeptAsync(steps: 3);
                Assert.Equal(3, story.Told.Count);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new InvalidOperationException($"Jumped at call {points + 1}: {e.Message}", e);
            }

            hasJumped = jumped;
        }

        Assert.InRange(points, 10, 200);
        TestContext.Current.TestOutputHelper?.WriteLine($"jumped at {points - 1} calls");
    }
}
