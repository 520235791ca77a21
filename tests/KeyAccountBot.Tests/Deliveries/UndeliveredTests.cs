using System.Text;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Tests.FollowUps;
using Xunit;
using static KeyAccountBot.Tests.Deliveries.Telling;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Deliveries;

public sealed class UndeliveredTests
{
    private static readonly NotSentException Closed = new("account_inactive", isPermanent: true);

    [Fact]
    public async Task A_delivery_is_told_after_the_step_before_it()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.TellAsync(id, Answer("first", Manager), withMessage: false);
        await story.TellAsync(id, Answer("second", Director, after: "first"));
        await story.WorkAsync();
        Assert.Empty(story.Slack.Sent);

        await story.Store.SendAsync(DeliveryLanes.Of(Answer("first", Manager), Manager), DeliveryRows.MessageOf(new DeliveryDue(Tenant, id, "first")), story.Clock.GetUtcNow(), default);
        await story.ForwardAsync(TimeSpan.FromHours(2));

        Assert.Equal([Manager.Id, Director.Id], story.Slack.Sent.Select(s => s.To));
    }

    [Fact]
    public async Task A_step_whose_predecessor_is_gone_or_stuck_for_days_is_told_all_the_same()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.TellAsync(id, Answer("stuck", Manager), withMessage: false);
        await story.TellAsync(id, Answer("after nothing", Manager, after: "no such key"));
        await story.TellAsync(id, Answer("after stuck", Director, after: "stuck"));
        await story.WorkAsync();
        Assert.Equal([Manager.Id], story.Slack.Sent.Select(s => s.To));

        await story.ForwardAsync(TimeSpan.FromDays(3) + TimeSpan.FromHours(2));

        Assert.Contains(Director.Id, story.Slack.Sent.Select(s => s.To));
    }

    [Fact]
    public async Task Refused_on_the_wanted_channel_it_goes_over_the_other_and_keeps_which_refused_and_why()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        story.Slack.Refuses = () => Closed;
        await story.TellAsync(id, Answer("a", Manager));

        await story.Get<DeliveryWorker>().RunOnceAsync(default);
        await story.WorkAsync();

        var record = await story.RecordAsync(id, "a");
        Assert.Equal((DeliveryStatus.Sent, "msteams"), (record.Status, record.Channel));
        Assert.Equal([new ChannelRefusal(Channel.Slack, RefusalReason.Refused, "account_inactive")], record.Refused!);
    }

    [Fact]
    public async Task Failing_eight_times_on_one_channel_it_goes_over_the_other()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        story.Slack.Refuses = () => new NotSentException("http_503", isPermanent: false);
        await story.TellAsync(id, Answer("a", Manager));

        await story.ForwardAsync(TimeSpan.FromDays(2));

        var record = await story.RecordAsync(id, "a");
        Assert.Equal((DeliveryStatus.Sent, 9, RefusalReason.NoAnswer), (record.Status, record.Attempts, Assert.Single(record.Refused!).Reason));
    }

    [Fact]
    public async Task Refused_on_both_it_is_a_dead_letter_and_the_administrator_hears_whom_it_was_for_and_why()
    {
        await using var story = await BeginAsync();
        await story.HiresAsync(Administrator, Administrator with { Id = new("zoe"), SlackId = "U-zoe" });
        var id = await story.OpensAsync("Cancity");
        story.Teams.Refuses = () => new NotSentException("no Teams id", isPermanent: true, why: RefusalReason.NoAddress);
        var refusals = 1;
        story.Slack.Refuses = () => refusals-- > 0 ? Closed : null;
        await story.TellAsync(id, Answer("a", Manager));

        await story.WorkAsync();

        Assert.Equal(DeliveryStatus.Dead, (await story.RecordAsync(id, "a")).Status);
        var letter = Assert.Single(await story.DeadLettersAsync()).Letter;
        Assert.Equal((DeadLetterKind.Delivery, Manager.Id, "a"), (letter.Kind, letter.Reader!.Value, letter.Key));
        var (to, message) = Assert.Single(story.Slack.Sent);
        Assert.Equal(Administrator.Id, to);
        Assert.Contains("Melvin could not be told about Cancity", message.Notification, StringComparison.Ordinal);
        Assert.Contains("Slack does not take it (account_inactive); no address in Teams is on record", message.InWords(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_reach_the_administrator_makes_no_further_message()
    {
        await using var story = await BeginAsync();
        await story.HiresAsync(Administrator);
        var id = await story.OpensAsync("Cancity");
        story.Teams.Refuses = story.Slack.Refuses = () => Closed;
        await story.TellAsync(id, Answer("a", Manager));

        await story.ForwardAsync(TimeSpan.FromHours(1));

        Assert.Equal(2, (await story.DeadLettersAsync()).Count);
        Assert.Equal(["a", "undelivered~a"], story.Deliveries().Select(d => d.Delivery.Key).Order());
    }

    [Fact]
    public async Task A_room_gets_its_message_there_and_a_refused_room_goes_to_the_administrator()
    {
        await using var story = await BeginAsync();
        await story.HiresAsync(Administrator);
        var id = await story.OpensAsync("Cancity");
        await story.TellAsync(id, Answer("a", Rep, room: new Room(Channel.Slack, "C1")));
        await story.WorkAsync();
        Assert.Equal("C1", Assert.Single(story.Slack.Posted).Room);

        var refusals = 1;
        story.Slack.Refuses = () => refusals-- > 0 ? new NotSentException("channel_not_found", isPermanent: true) : null;
        await story.TellAsync(id, Answer("b", Rep, room: new Room(Channel.Slack, "C2")));
        await story.WorkAsync();

        Assert.Empty(story.Teams.Sent);
        var (to, message) = Assert.Single(story.Slack.Sent);
        Assert.Equal(Administrator.Id, to);
        Assert.Contains("C2: channel_not_found", message.InWords(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_urgent_goes_out_at_night_and_the_rest_waits_for_the_morning()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        story.Clock.Advance(TimeSpan.FromHours(13));
        await story.TellAsync(id, Answer("calm", Manager));
        await story.TellAsync(id, Answer("urgent", Director) with { Urgent = true });

        await story.WorkAsync();
        Assert.Equal([Director.Id], story.Slack.Sent.Select(s => s.To));

        await story.ForwardAsync(TimeSpan.FromHours(12));
        Assert.Equal([Director.Id, Manager.Id], story.Slack.Sent.Select(s => s.To));
    }

    [Fact]
    public async Task A_message_that_waits_long_is_not_given_up_for_it()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.TellAsync(id, Answer("stuck", Manager), withMessage: false);
        await story.TellAsync(id, Answer("waits", Director, after: "stuck"));
        for (var i = 0; i < 30; i++)
        {
            await story.ForwardAsync(TimeSpan.FromHours(1));
        }

        var waiting = Assert.Single(await story.Store.ReceiveAsync("deliveries-slack-first", 10, TimeSpan.FromMinutes(1), default) is { Count: > 0 } now
            ? now
            : await AfterAsync(story));
        Assert.Equal(1, waiting.DequeueCount);
        Assert.Contains("waits", Encoding.UTF8.GetString(waiting.Body.Span), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<Storage.LeasedMessage>> AfterAsync(FollowUpStory story)
    {
        story.Clock.Advance(TimeSpan.FromMinutes(10));
        return await story.Store.ReceiveAsync("deliveries-slack-first", 10, TimeSpan.FromMinutes(1), default);
    }
}
