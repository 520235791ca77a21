using KeyAccountBot.FollowUps;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.FollowUps;

public class FollowUpTests
{
    [Fact]
    public async Task Silence_reminds_the_rep_then_nudges_the_manager_then_alerts_the_director()
    {
        await using var story = await BeginAsync();
        await story.OpensAsync("Cancity");

        await story.ForwardAsync(TimeSpan.FromDays(60));

        Assert.Equal(Rep.Id, story.Teams.Sent[0].To);
        Assert.Contains("Cancity: how does it stand?", story.Teams.Sent[0].Message.Notification, StringComparison.Ordinal);
        Assert.Equal(Manager.Id, story.Slack.Sent[0].To);
        Assert.Contains("Cancity needs you", story.Slack.Sent[0].Message.Notification, StringComparison.Ordinal);
        Assert.Equal(Director.Id, story.Slack.Sent[1].To);
        Assert.Contains("Cancity 仍然停滞", story.Slack.Sent[1].Message.Notification, StringComparison.Ordinal);
        Assert.Equal(story.Deliveries().Count, story.Teams.Sent.Count + story.Slack.Sent.Count);
    }

    [Fact]
    public async Task On_the_embedded_store_the_manager_is_nudged_once()
    {
        var folder = Directory.CreateTempSubdirectory("follow-ups");
        await using (var story = await BeginAsync(folder.FullName))
        {
            await story.OpensAsync("Cancity");
            for (var hours = 0; story.Slack.Sent.Count == 0 && hours < 1000; hours += 4)
            {
                story.Clock.Advance(TimeSpan.FromHours(4));
                await story.WorkAsync();
            }

            Assert.Equal(Manager.Id, Assert.Single(story.Slack.Sent).To);
            Assert.Single(story.Teams.Sent);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_check_in_before_sending_drops_the_reminder()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        while (story.Deliveries().Count == 0)
        {
            story.Clock.Advance(TimeSpan.FromHours(1));
            await story.Get<WakeUpWorker>().RunOnceAsync(default);
        }

        await story.CheckInAsync(id);
        await story.WorkAsync();

        Assert.Empty(story.Teams.Sent);
        Assert.Equal(DeliveryStatus.Dropped, Assert.Single(story.Deliveries()).Status);
    }

    [Fact]
    public async Task Taking_it_tells_the_rep_updates_what_was_sent_and_the_second_hears_who_was_first()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        while (story.Slack.Sent.Count == 0)
        {
            await story.ForwardAsync(TimeSpan.FromHours(1));
        }

        var chain = await story.ChainAsync(id);
        var answers = story.Get<FollowUpAnswers>();
        var taken = await answers.AnswerAsync(Tenant, Manager, id, chain.Key, FollowUpAnswer.TakeIt, new CommandId("1"), "slack", default);
        var late = await answers.AnswerAsync(Tenant, Director, id, chain.Key, FollowUpAnswer.TakeIt, new CommandId("2"), "slack", default);
        var own = await answers.AnswerAsync(Tenant, Rep, id, chain.Key, FollowUpAnswer.TakeIt, new CommandId("3"), "msteams", default);
        await story.WorkAsync();

        Assert.Equal(AnswerOutcome.Recorded, taken.Outcome);
        Assert.Equal(AnswerOutcome.Late, late.Outcome);
        Assert.Contains("Melvin", late.Sentence, StringComparison.Ordinal);
        Assert.Equal(AnswerOutcome.NotAllowed, own.Outcome);
        Assert.Contains("Melvin has taken Cancity", story.Teams.Sent[^1].Message.Notification, StringComparison.Ordinal);
        Assert.Contains("Melvin has taken it", Assert.Single(story.Slack.Updated).Message.Notification, StringComparison.Ordinal);
        Assert.Single(story.Teams.Updated);
    }
}
