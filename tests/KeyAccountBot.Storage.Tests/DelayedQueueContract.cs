using System.Text;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KeyAccountBot.Storage.Tests;

/// <summary>What every engine's queues promise.</summary>
public abstract class DelayedQueueContract
{
    protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly CancellationToken None = CancellationToken.None;

    protected string Queue { get; } = "q-" + Guid.NewGuid().ToString("N")[..12];

    protected abstract DateTimeOffset Now { get; }

    protected abstract ValueTask<IDelayedQueue> OpenAsync();

    /// <summary>The same store as another process sees it, whose clock is another.</summary>
    protected abstract ValueTask<IDelayedQueue> OpenAsync(TimeProvider clock);

    /// <summary>Lets that time pass, and receives what is visible then.</summary>
    protected abstract Task<IReadOnlyList<LeasedMessage>> ReceiveAfter(TimeSpan wait, IDelayedQueue queue);

    [Fact]
    public async Task A_message_that_is_due_is_leased_once_with_its_body()
    {
        var queue = await OpenAsync();
        await queue.SendAsync(Queue, Body("Zürich ✓"), Now, None);
        var message = Assert.Single(await queue.ReceiveAsync(Queue, 10, Minute, None));
        Assert.Equal((Queue, "Zürich ✓", 1), (message.Queue, Text(message), message.DequeueCount));
        Assert.Empty(await queue.ReceiveAsync(Queue, 10, Minute, None));
        Assert.Empty(await queue.ReceiveAsync(Queue + "-other", 10, Minute, None));
    }

    [Fact]
    public async Task A_message_stays_hidden_until_it_is_due()
    {
        var queue = await OpenAsync();
        await queue.SendAsync(Queue, Body("later"), Now.AddSeconds(2), None);
        Assert.Empty(await queue.ReceiveAsync(Queue, 10, Minute, None));
        var message = Assert.Single(await ReceiveAfter(TimeSpan.FromSeconds(2), queue));
        Assert.Equal(("later", 1), (Text(message), message.DequeueCount));
    }

    [Fact]
    public async Task A_lease_that_ends_gives_the_message_to_another_and_the_first_loses_it()
    {
        var queue = await OpenAsync();
        await queue.SendAsync(Queue, Body("m"), Now, None);
        var first = Assert.Single(await queue.ReceiveAsync(Queue, 1, TimeSpan.FromSeconds(1), None));
        var second = Assert.Single(await ReceiveAfter(TimeSpan.FromSeconds(1), queue));
        Assert.Equal((first.Id, 2), (second.Id, second.DequeueCount));
        await queue.CompleteAsync(first, None);
        await queue.ReturnAsync(first, Now, None);
        Assert.Empty(await queue.ReceiveAsync(Queue, 1, Minute, None));
        await queue.ReturnAsync(second, Now, None);
        Assert.Equal(3, Assert.Single(await queue.ReceiveAsync(Queue, 1, Minute, None)).DequeueCount);
    }

    [Fact]
    public async Task A_completed_message_is_gone_and_completing_it_again_does_nothing()
    {
        var queue = await OpenAsync();
        await queue.SendAsync(Queue, Body("m"), Now, None);
        var message = Assert.Single(await queue.ReceiveAsync(Queue, 1, TimeSpan.FromSeconds(1), None));
        await queue.CompleteAsync(message, None);
        await queue.CompleteAsync(message, None);
        await queue.ReturnAsync(message, Now, None);
        await queue.SendAsync(Queue, Body("next"), Now.AddSeconds(2), None);
        Assert.Equal("next", Text(Assert.Single(await ReceiveAfter(TimeSpan.FromSeconds(2), queue))));
    }

    [Fact]
    public async Task A_returned_message_comes_again_when_it_is_due_again()
    {
        var queue = await OpenAsync();
        await queue.SendAsync(Queue, Body("m"), Now, None);
        await queue.ReturnAsync(Assert.Single(await queue.ReceiveAsync(Queue, 1, Minute, None)), Now.AddSeconds(2), None);
        Assert.Empty(await queue.ReceiveAsync(Queue, 1, Minute, None));
        var again = Assert.Single(await ReceiveAfter(TimeSpan.FromSeconds(2), queue));
        Assert.Equal(("m", 2), (Text(again), again.DequeueCount));
    }

    [Fact]
    public async Task A_message_put_off_comes_again_as_if_it_had_not_been_received()
    {
        var queue = await OpenAsync();
        await queue.SendAsync(Queue, Body("m"), Now, None);
        var first = Assert.Single(await queue.ReceiveAsync(Queue, 1, Minute, None));
        await queue.PutOffAsync(first, Now.AddSeconds(2), None);
        await queue.CompleteAsync(first, None);
        Assert.Empty(await queue.ReceiveAsync(Queue, 1, Minute, None));
        var again = Assert.Single(await ReceiveAfter(TimeSpan.FromSeconds(2), queue));
        Assert.Equal(("m", 1), (Text(again), again.DequeueCount));
        await queue.ReturnAsync(again, Now, None);
        Assert.Equal(2, Assert.Single(await queue.ReceiveAsync(Queue, 1, Minute, None)).DequeueCount);
    }

    [Fact]
    public async Task As_many_are_received_as_are_asked_for()
    {
        var queue = await OpenAsync();
        for (var i = 0; i < 40; i++)
        {
            await queue.SendAsync(Queue, Body($"{i}"), Now, None);
        }

        var first = await queue.ReceiveAsync(Queue, 35, Minute, None);
        var rest = await queue.ReceiveAsync(Queue, 35, Minute, None);
        Assert.Equal((35, 5), (first.Count, rest.Count));
        Assert.Equal(40, first.Concat(rest).Select(Text).Distinct().Count());
    }

    [Fact]
    public async Task The_largest_message_passes_and_a_larger_one_is_refused()
    {
        var queue = await OpenAsync();
        var body = new byte[StoreLimits.Message];
        Random.Shared.NextBytes(body);
        await queue.SendAsync(Queue, body, Now, None);
        Assert.Equal(body, Assert.Single(await queue.ReceiveAsync(Queue, 1, Minute, None)).Body.ToArray());
        await Assert.ThrowsAsync<StoreLimitException>(async () => await queue.SendAsync(Queue, new byte[StoreLimits.Message + 1], Now, None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await queue.SendAsync("No--Queue", body, Now, None));
    }

    [Fact]
    public async Task A_message_of_48_KiB_is_refused_and_nothing_of_it_is_on_the_queue()
    {
        var queue = await OpenAsync();
        await Assert.ThrowsAsync<StoreLimitException>(async () => await queue.SendAsync(Queue, new byte[48 * 1024], Now, None));
        Assert.Empty(await queue.ReceiveAsync(Queue, 10, Minute, None));
    }

    [Fact]
    public async Task A_message_waits_for_longer_than_the_seven_days_that_Azure_hides_one()
    {
        var queue = await OpenAsync();
        var nearlyThere = await OpenAsync(new FakeTimeProvider(Now.AddDays(30).AddSeconds(-1)));
        await queue.SendAsync(Queue, Body("next month"), Now.AddDays(30), None);
        Assert.Empty(await queue.ReceiveAsync(Queue, 1, Minute, None));
        Assert.Empty(await nearlyThere.ReceiveAsync(Queue, 1, Minute, None));
    }

    [Fact]
    public async Task A_message_that_comes_back_again_and_again_counts_every_time_so_that_poison_is_known()
    {
        var queue = await OpenAsync();
        await queue.SendAsync(Queue, Body("poison"), Now, None);
        for (var time = 1; time <= 12; time++)
        {
            var message = Assert.Single(await queue.ReceiveAsync(Queue, 1, Minute, None));
            Assert.Equal(("poison", time), (Text(message), message.DequeueCount));
            await queue.ReturnAsync(message, Now, None);
        }
    }

    [Fact]
    public async Task From_a_process_whose_clock_is_minutes_ahead_nothing_comes_before_it_is_due_by_ours()
    {
        var queue = await OpenAsync();
        var ahead = Now.AddMinutes(5);
        await (await OpenAsync(new FakeTimeProvider(ahead))).SendAsync(Queue, Body("at once, says the other"), ahead, None);
        Assert.Empty(await queue.ReceiveAsync(Queue, 1, Minute, None));
        Assert.Empty(await queue.ReceiveAsync(Queue, 1, Minute, None));
    }

    [Fact]
    public async Task From_a_process_whose_clock_is_minutes_behind_what_is_due_there_comes_at_once()
    {
        var queue = await OpenAsync();
        var behind = Now.AddMinutes(-5);
        await (await OpenAsync(new FakeTimeProvider(behind))).SendAsync(Queue, Body("now"), behind, None);
        var message = Assert.Single(await queue.ReceiveAsync(Queue, 1, Minute, None));
        Assert.Equal(("now", 1), (Text(message), message.DequeueCount));
    }

    protected static byte[] Body(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(LeasedMessage message) => Encoding.UTF8.GetString(message.Body.Span);
}
