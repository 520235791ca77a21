using System.Text.Json;
using KeyAccountBot.Channels;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Operations;
using KeyAccountBot.Reminders;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.People;
using KeyAccountBot.StandIns;
using KeyAccountBot.Storage;
using KeyAccountBot.Tests.FollowUps;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Reminders;

/// <summary>What somebody wants to be reminded of comes once, at its moment, and stays until they say that it is done.</summary>
public sealed class ReminderTests
{
    private static readonly DateTimeOffset Friday = new(2026, 3, 6, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_reminder_comes_once_at_its_moment_to_the_one_who_asked_for_it()
    {
        await using var story = await BeginAsync();
        await PutAsync(story, "call Zhou Lan", Friday);

        await story.ForwardAsync(Friday - story.Clock.GetUtcNow() - TimeSpan.FromHours(1));
        Assert.Empty(story.Slack.Sent);
        await story.ForwardAsync(TimeSpan.FromDays(3));
        Assert.Equal("Reminder: call Zhou Lan", Assert.Single(story.Slack.Sent, s => s.To == Manager.Id).Message.Notification);
    }

    [Fact]
    public async Task It_survives_the_end_of_the_process_and_comes_once_all_the_same()
    {
        var folder = Directory.CreateTempSubdirectory("reminders").FullName;
        try
        {
            await using (var before = await BeginAsync(folder))
            {
                await PutAsync(before, "call Zhou Lan", Friday);
            }

            await using (var after = await BeginAsync(folder))
            {
                await after.ForwardAsync(TimeSpan.FromDays(5));
                Assert.Equal("Reminder: call Zhou Lan", Assert.Single(after.Slack.Sent, s => s.To == Manager.Id).Message.Notification);
            }

            await using var again = await BeginAsync(folder);
            await again.ForwardAsync(TimeSpan.FromDays(5));
            Assert.Empty(again.Slack.Sent);
            Assert.Equal(ReminderStatus.Told, Assert.Single(await again.Get<PersonalReminders>().OpenAsync(Tenant, Manager.Id, default)).Reminder.Status);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Asked_for_twice_by_the_same_command_it_comes_once()
    {
        await using var story = await BeginAsync();
        await PutAsync(story, "call Zhou Lan", Friday);
        await PutAsync(story, "call Zhou Lan", Friday);

        await story.ForwardAsync(TimeSpan.FromDays(5));
        Assert.Single(story.Slack.Sent);
    }

    [Fact]
    public async Task A_message_that_comes_again_after_it_was_told_tells_nothing()
    {
        await using var story = await BeginAsync();
        await PutAsync(story, "call Zhou Lan", Friday);
        await story.ForwardAsync(TimeSpan.FromDays(5));

        var due = JsonSerializer.SerializeToUtf8Bytes(new ReminderDue(Key(), Friday), ReminderJson.Default.ReminderDue);
        await ((IDelayedQueue)story.Store).SendAsync(PersonalReminders.Queue, due, story.Clock.GetUtcNow(), default);
        await story.ForwardAsync(TimeSpan.FromHours(2));
        Assert.Single(story.Slack.Sent);
    }

    [Fact]
    public async Task One_whose_message_was_lost_is_found_by_the_reconciliation()
    {
        await using var story = await BeginAsync();
        await PutAsync(story, "call Zhou Lan", story.Clock.GetUtcNow());
        foreach (var lost in await ((IDelayedQueue)story.Store).ReceiveAsync(PersonalReminders.Queue, 32, TimeSpan.FromMinutes(1), default))
        {
            await ((IDelayedQueue)story.Store).CompleteAsync(lost, default);
        }

        await story.ForwardAsync(TimeSpan.FromHours(2));
        Assert.Empty(story.Slack.Sent);
        await story.Get<Reconciliation>().RunAsync(null, default);
        await story.WorkAsync();
        Assert.Single(story.Slack.Sent);
    }

    [Fact]
    public async Task Later_tells_it_again_and_done_ends_it()
    {
        await using var story = await BeginAsync();
        await PutAsync(story, "call Zhou Lan", Friday);
        await story.ForwardAsync(Friday - story.Clock.GetUtcNow());
        var told = Assert.Single(story.Slack.Sent).Message;

        Assert.Equal("I remind you again on Monday, 9 March, 09:00: call Zhou Lan", (await story.UsesAsync(Manager, told, "Next Monday")).Text);
        Assert.Equal("I remind you again on Monday, 9 March, 09:00: call Zhou Lan", (await story.UsesAsync(Manager, told, "In an hour")).Text);
        await story.ForwardAsync(TimeSpan.FromDays(4));
        var again = story.Slack.Sent[^1].Message;
        Assert.Equal(2, story.Slack.Sent.Count);

        Assert.Equal("Done: call Zhou Lan", (await story.UsesAsync(Manager, again, "Done")).Text);
        Assert.Equal("That is done already.", (await story.UsesAsync(Manager, again, "Done")).Text);
        Assert.Equal("That is done already.", (await story.UsesAsync(Manager, again, "In an hour")).Text);
        await story.ForwardAsync(TimeSpan.FromDays(2));
        Assert.Equal(2, story.Slack.Sent.Count);
        Assert.Empty(await story.Get<PersonalReminders>().OpenAsync(Tenant, Manager.Id, default));
    }

    [Fact]
    public async Task Somebody_elses_button_ends_nothing()
    {
        await using var story = await BeginAsync();
        await PutAsync(story, "call Zhou Lan", Friday);
        await story.ForwardAsync(TimeSpan.FromDays(5));

        Assert.Equal("This reminder is somebody else’s.", (await story.UsesAsync(Peer, story.Slack.Sent[0].Message, "Done")).Text);
        Assert.Single(await story.Get<PersonalReminders>().OpenAsync(Tenant, Manager.Id, default));
    }

    [Fact]
    public async Task Who_is_away_hears_of_it_on_their_first_morning_back()
    {
        await using var story = await BeginAsync();
        await PutAsync(story, "call Zhou Lan", Friday);
        await story.Get<AbsenceBook>().RecordAsync(
            Tenant, Manager.Id, Manager.Id, new Absence(new DateOnly(2026, 3, 5), new DateOnly(2026, 3, 10), null), "away", default);

        await story.ForwardAsync(new DateTimeOffset(2026, 3, 11, 8, 0, 0, TimeSpan.Zero) - story.Clock.GetUtcNow());
        Assert.DoesNotContain(story.Slack.Sent, s => s.Message.Notification.Contains("Zhou Lan", StringComparison.Ordinal));
        await story.ForwardAsync(TimeSpan.FromHours(2));
        Assert.Single(story.Slack.Sent, s => s.Message.Notification.Contains("Zhou Lan", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_an_outage_delayed_into_the_night_waits_for_the_morning_and_takes_the_other_channel_where_its_own_refuses()
    {
        await using var story = await BeginAsync();
        story.Slack.Refuses = () => new NotSentException("account_inactive", isPermanent: true);
        await PutAsync(story, "call Zhou Lan", Friday);
        await story.ForwardAsync(TimeSpan.FromDays(5));

        Assert.Single(story.Teams.Sent, s => s.To == Manager.Id);
    }

    [Fact]
    public async Task It_is_asked_for_in_words_listed_and_taken_away_again()
    {
        await using var story = await BeginAsync();
        await story.WritesAsync(Manager, "remind me");
        await story.WritesAsync(Manager, "call Zhou Lan");
        Assert.Equal("I will remind you on Friday, 6 March, 14:00: call Zhou Lan", (await story.WritesAsync(Manager, "Friday at 14:00")).Text);

        Assert.Contains("Friday, 6 March, 14:00 · call Zhou Lan", (await story.WritesAsync(Manager, "my reminders")).Text, StringComparison.Ordinal);
        Assert.Equal("Done: call Zhou Lan", (await story.WritesAsync(Manager, "remove reminder zhou")).Text);
        Assert.Equal("You have no reminders.", (await story.WritesAsync(Manager, "my reminders")).Text);
    }

    [Theory]
    [InlineData("remind me on Friday at 14:00 to call Zhou Lan", "I will remind you on Friday, 6 March, 14:00: call Zhou Lan")]
    [InlineData("remind me tomorrow about the drawings", "I will remind you on Tuesday, 3 March, 09:00: the drawings")]
    [InlineData("提醒我周五给周兰打电话", "I will remind you on Friday, 6 March, 09:00: 给周兰打电话")]
    public async Task One_sentence_says_what_and_when(string words, string answer)
    {
        await using var story = await BeginAsync();

        Assert.Equal(answer, (await story.WritesAsync(Manager, words)).Text);
    }

    [Fact]
    public async Task A_day_that_has_passed_is_asked_for_again()
    {
        await using var story = await BeginAsync();
        await story.WritesAsync(Manager, "remind me");
        await story.WritesAsync(Manager, "call Zhou Lan");

        Assert.DoesNotContain("I will remind", (await story.WritesAsync(Manager, "1 March 2026")).Text, StringComparison.Ordinal);
        Assert.Contains("Tuesday, 3 March, 09:00", (await story.WritesAsync(Manager, "Tomorrow morning")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("done", "Done: call Zhou Lan")]
    [InlineData("in an hour", "I remind you again on Friday, 6 March, 10:00: call Zhou Lan")]
    [InlineData("明天再提醒我", "I remind you again on Saturday, 7 March, 09:00: call Zhou Lan")]
    [InlineData("nächste Woche", "I remind you again on Monday, 9 March, 09:00: call Zhou Lan")]
    public async Task What_is_said_right_after_it_came_answers_it(string words, string answer)
    {
        await using var story = await BeginAsync();
        await PutAsync(story, "call Zhou Lan", Friday);
        await story.ForwardAsync(Friday - story.Clock.GetUtcNow());

        Assert.Equal(answer, (await story.WritesAsync(Manager, words)).Text);
    }

    [Theory]
    [InlineData("AnHour", "2026-03-06T13:30:00Z")]
    [InlineData("Tomorrow", "2026-03-07T09:00:00Z")]
    [InlineData("Monday", "2026-03-09T09:00:00Z")]
    public void Later_is_a_whole_minute(string later, string at) => Assert.Equal(
        DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture),
        LaterMoments.Of(Enum.Parse<Later>(later), WorkCalendar.Weekdays, new DateTimeOffset(2026, 3, 6, 12, 30, 41, TimeSpan.Zero)));

    private static ReminderKey Key() => new(Tenant, Manager.Id, "r");

    private static async Task PutAsync(FollowUpStory story, string text, DateTimeOffset at) =>
        Assert.NotNull(await story.Get<PersonalReminders>().PutAsync(Key(), text, at, null, default));
}
