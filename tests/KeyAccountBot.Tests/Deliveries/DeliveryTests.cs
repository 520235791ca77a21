using KeyAccountBot.Deliveries;
using KeyAccountBot.Records;
using KeyAccountBot.Tests.FollowUps;
using Xunit;

namespace KeyAccountBot.Tests.Deliveries;

public class DeliveryTests
{
    [Fact]
    public async Task Five_a_day_come_one_by_one_and_the_rest_in_one_digest()
    {
        await using var story = await FollowUpStory.BeginAsync();
        for (var i = 0; i < 20; i++)
        {
            await story.OpensAsync($"Account {i:D2}", 1000 * i);
        }

        while (story.Teams.Sent.Count == 0)
        {
            await story.ForwardAsync(TimeSpan.FromHours(1));
        }

        Assert.Equal(5, story.Teams.Sent.Count);
        Assert.Equal(15, story.Deliveries().Count(d => d.Status == DeliveryStatus.InDigest));

        await story.ForwardAsync(TimeSpan.FromHours(9));

        Assert.Equal(6, story.Teams.Sent.Count);
        Assert.StartsWith("15 more opportunities need you", story.Teams.Sent[5].Message.Notification, StringComparison.Ordinal);
        Assert.Contains("and 5 more", story.Teams.Sent[5].Message.InWords(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_channel_falls_back_to_the_other_and_then_is_dead()
    {
        await using var story = await FollowUpStory.BeginAsync();
        story.Teams.Refuses = () => new NotSentException("blocked", isPermanent: true);
        await story.OpensAsync("Cancity");
        while (story.Deliveries().Count == 0)
        {
            await story.ForwardAsync(TimeSpan.FromHours(1));
        }

        Assert.Equal(FollowUpStory.Rep.Id, Assert.Single(story.Slack.Sent).To);
        story.Slack.Refuses = () => new NotSentException("account_inactive", isPermanent: true);
        while (story.Deliveries().Count == 1)
        {
            await story.ForwardAsync(TimeSpan.FromHours(1));
        }

        var dead = Assert.Single(story.Deliveries(), d => d.Status == DeliveryStatus.Dead);
        Assert.Contains("account_inactive", dead.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passing_failure_is_tried_again_and_a_repeated_message_is_not_sent_twice()
    {
        await using var story = await FollowUpStory.BeginAsync();
        var failures = 2;
        story.Teams.Refuses = () => failures-- > 0 ? new NotSentException("http_503", isPermanent: false) : null;
        var id = await story.OpensAsync("Cancity");
        while (story.Teams.Sent.Count == 0)
        {
            await story.ForwardAsync(TimeSpan.FromHours(1));
        }

        var delivery = Assert.Single(story.Deliveries());
        Assert.Equal((DeliveryStatus.Sent, 3), (delivery.Status, delivery.Attempts));
        var again = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new DeliveryDue(FollowUpStory.Tenant, id, delivery.Delivery.Key), StoredJson.Default.DeliveryDue);
        await story.Store.SendAsync(RowKeys.Deliveries, again, story.Clock.GetUtcNow(), default);
        await story.WorkAsync();

        Assert.Single(story.Teams.Sent);
        Assert.Equal(0, story.Store.Count(RowKeys.Deliveries));
    }

    [Fact]
    public async Task A_signal_wakes_whoever_waits()
    {
        var signal = new WorkSignal();
        var waiting = signal.Next;
        signal.Set();
        await waiting.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.False(signal.Next.IsCompleted);
    }
}
