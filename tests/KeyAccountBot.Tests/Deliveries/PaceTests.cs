using CsCheck;
using KeyAccountBot.Channels;
using KeyAccountBot.Deliveries;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Tests.FollowUps;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static KeyAccountBot.Tests.Deliveries.Telling;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Deliveries;

public sealed class PaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly KnownChannels Channels = new([new FakeChannel(Channel.Teams), new FakeChannel(Channel.Slack)]);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Slack_takes_a_message_a_second_in_each_conversation_and_keeps_the_slot_of_whoever_must_wait()
    {
        var clock = new FakeTimeProvider(Start);
        var pace = new Pace(Channels, clock);

        Assert.Null(Slack(pace, "a", "1"));
        Assert.Equal(Start + Second, Slack(pace, "a", "2"));
        Assert.Equal(Start + (2 * Second), Slack(pace, "a", "3"));
        Assert.Null(Slack(pace, "b", "4"));

        clock.Advance(Second);
        Assert.Equal(Start + (3 * Second), Slack(pace, "a", "5"));
        Assert.Null(Slack(pace, "a", "2"));
        clock.Advance(Second);
        Assert.Null(Slack(pace, "a", "3"));
    }

    [Fact]
    public void Teams_takes_seven_messages_in_a_second_and_eight_in_two()
    {
        var clock = new FakeTimeProvider(Start);
        var pace = new Pace(Channels, clock);

        for (var i = 0; i < 7; i++)
        {
            Assert.Null(Teams(pace, "a", $"{i}"));
        }

        Assert.Equal(Start + Second, Teams(pace, "a", "7"));
        Assert.Equal(Start + (2 * Second), Teams(pace, "a", "8"));
        clock.Advance(Second);
        Assert.Null(Teams(pace, "a", "7"));
    }

    [Fact]
    public void Teams_takes_fifty_messages_a_second_in_a_tenant()
    {
        var clock = new FakeTimeProvider(Start);
        var pace = new Pace(Channels, clock);

        Assert.Equal(50, Enumerable.Range(0, 80).Count(i => Teams(pace, $"c{i}", $"{i}") is null));
        clock.Advance(Second);
        Assert.Equal(30, Enumerable.Range(50, 30).Count(i => Teams(pace, $"c{i}", $"{i}") is null));
    }

    [Fact]
    public void However_messages_come_and_come_late_no_conversation_gets_more_than_its_channel_takes() =>
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 900]).Array[1, 150].Sample(asks =>
        {
            var clock = new FakeTimeProvider(Start);
            var pace = new Pace(Channels, clock);
            Dictionary<Channel, List<DateTimeOffset>> sent = new() { [Channel.Slack] = [], [Channel.Teams] = [] };
            foreach (var (message, wait) in asks)
            {
                clock.Advance(TimeSpan.FromMilliseconds(wait));
                foreach (var channel in sent.Keys)
                {
                    if (pace.SlotFor(Tenant, channel, "c", $"{message}") is null)
                    {
                        sent[channel].Add(clock.GetUtcNow());
                    }
                }
            }

            return Keeps(sent[Channel.Slack], 1, Second) && Keeps(sent[Channel.Teams], 7, Second)
                && Keeps(sent[Channel.Teams], 8, 2 * Second) && Keeps(sent[Channel.Teams], 60, 30 * Second);
        });

    [Fact]
    public void A_conversation_asked_to_wait_rests_and_a_second_one_shows_that_the_channel_means_all()
    {
        var clock = new FakeTimeProvider(Start);
        var pace = new Pace(Channels, clock);

        pace.Rest(Channel.Slack, "a", 30 * Second);
        Assert.Equal(Start + (30 * Second), Slack(pace, "a", "1"));
        Assert.Null(Slack(pace, "b", "2"));

        pace.Rest(Channel.Slack, "b", 40 * Second);
        Assert.True(Slack(pace, "c", "3") >= Start + (40 * Second));
        Assert.Null(Teams(pace, "c", "4"));

        clock.Advance(41 * Second);
        Assert.Null(Slack(pace, "a", "1"));
        Assert.Null(Slack(pace, "c", "3"));
    }

    [Fact]
    public async Task Ten_messages_to_one_reader_in_Slack_go_out_a_second_apart_and_no_worker_waits_for_them()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        List<DateTimeOffset> sent = [];
        story.Slack.Meanwhile = _ =>
        {
            sent.Add(story.Clock.GetUtcNow());
            return Task.CompletedTask;
        };
        for (var i = 0; i < 10; i++)
        {
            await story.TellAsync(id, Answer($"a{i}", Manager));
        }

        await story.Get<DeliveryWorker>().RunOnceAsync(default);
        Assert.Single(sent);
        await story.WorkAsync();

        Assert.Equal(10, sent.Count);
        Assert.True(Keeps(sent, 1, Second));
        Assert.Equal(1, (await story.RecordAsync(id, "a9")).Attempts);
    }

    [Fact]
    public async Task Asked_to_wait_a_delivery_waits_and_uses_up_no_try()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        var asked = 0;
        story.Slack.Refuses = () => asked++ < 20 ? TooMuch(30 * Second) : null;
        await story.TellAsync(id, Answer("a", Manager));
        await story.Get<DeliveryWorker>().RunOnceAsync(default);
        await story.TellAsync(id, Answer("b", Director));
        await story.Get<DeliveryWorker>().RunOnceAsync(default);
        Assert.Equal(2, asked);

        await story.WorkAsync();

        var record = await story.RecordAsync(id, "a");
        Assert.Equal((DeliveryStatus.Sent, 1), (record.Status, record.Attempts));
        Assert.InRange(record.Throttled, 1, 20);
        Assert.True(story.Clock.GetUtcNow() >= Start + (30 * Second));
    }

    [Fact]
    public async Task A_channel_that_only_ever_asks_to_wait_is_given_up_for_the_other()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        story.Slack.Refuses = () => TooMuch(Second);
        await story.TellAsync(id, Answer("a", Manager));

        await story.WorkAsync();

        Assert.Equal(Manager.Id, Assert.Single(story.Teams.Sent).To);
        Assert.Equal(RefusalReason.NoAnswer, Assert.Single((await story.RecordAsync(id, "a")).Refused!).Reason);
    }

    private static DateTimeOffset? Slack(Pace pace, string conversation, string message) => pace.SlotFor(Tenant, Channel.Slack, conversation, message);

    private static DateTimeOffset? Teams(Pace pace, string conversation, string message) => pace.SlotFor(Tenant, Channel.Teams, conversation, message);

    private static bool Keeps(List<DateTimeOffset> sent, int messages, TimeSpan within) =>
        Enumerable.Range(0, Math.Max(0, sent.Count - messages)).All(i => sent[i + messages] - sent[i] >= within);
}
