using KeyAccountBot.Deliveries;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using Xunit;

namespace KeyAccountBot.Tests.FollowUps;

public class VisitTests
{
    private static readonly VisitId Visit = new("v");

    private static OpportunityCommand.PlanVisit Plan(FollowUpStory story) => new(Visit, story.Clock.GetUtcNow().AddDays(2), [new ContactId("zhao")], null);

    private static OpportunityCommand.ReportVisit Report(FollowUpStory story) => new(
        Visit, DateOnly.FromDateTime(story.Clock.GetUtcNow().UtcDateTime), [], [new GivenAnswer(new QuestionId("why-change-now"), "It pays.")], [], null, "well");

    [Fact]
    public async Task The_rep_gets_the_brief_the_evening_before_in_Teams_once()
    {
        await using var story = await FollowUpStory.BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.SaysAsync(id, Plan(story));
        await story.ForwardAsync(TimeSpan.FromHours(30));
        Assert.Empty(story.Teams.Sent);
        await story.ForwardAsync(TimeSpan.FromHours(24));

        var (to, message) = Assert.Single(story.Teams.Sent);
        Assert.Equal(FollowUpStory.Rep.Id, to);
        Assert.StartsWith("Cancity: your visit is near", message.Notification, StringComparison.Ordinal);
        Assert.Contains("Wednesday, 4 March, 10:00", message.InWords(), StringComparison.Ordinal);
        Assert.Contains("0 of 25 questions answered", message.InWords(), StringComparison.Ordinal);
        Assert.Contains("Why change now? (", message.InWords(), StringComparison.Ordinal);
        Assert.Equal(DeliveryStatus.Sent, Assert.Single(story.Deliveries()).Status);
    }

    [Fact]
    public async Task A_visit_that_nobody_reports_reaches_the_rep_and_then_the_manager()
    {
        await using var story = await FollowUpStory.BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.SaysAsync(id, Plan(story));
        await story.ForwardAsync(TimeSpan.FromDays(3));
        Assert.Contains("Cancity: how was your visit? You planned a visit for 4 Mar 2026.", story.Teams.Sent[^1].Message.Notification, StringComparison.Ordinal);
        await story.ForwardAsync(TimeSpan.FromDays(5));
        var (to, message) = Assert.Single(story.Slack.Sent);
        Assert.Equal(FollowUpStory.Manager.Id, to);
        Assert.Contains("A visit was planned for 4 Mar 2026; a report was due on 5 Mar 2026.", message.Notification, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reported_visit_is_followed_up_no_more()
    {
        await using var story = await FollowUpStory.BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.SaysAsync(id, Plan(story));
        await story.ForwardAsync(TimeSpan.FromHours(50));
        var outcome = await story.SaysAsync(id, Report(story));
        Assert.Null(outcome.Refusal);
        await story.ForwardAsync(TimeSpan.FromDays(5));
        Assert.Single(story.Teams.Sent); // the brief
        Assert.Empty(story.Slack.Sent);
    }

    [Fact]
    public async Task A_brief_whose_visit_was_cancelled_meanwhile_is_dropped()
    {
        await using var story = await FollowUpStory.BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.SaysAsync(id, Plan(story));
        story.Teams.Refuses = () => new NotSentException("http_503", isPermanent: false);
        await story.ForwardAsync(TimeSpan.FromHours(32));
        Assert.Equal(DeliveryStatus.Pending, Assert.Single(story.Deliveries()).Status);
        await story.SaysAsync(id, new OpportunityCommand.CancelVisit(Visit, "flu"));
        story.Teams.Refuses = () => null;
        await story.ForwardAsync(TimeSpan.FromHours(16));
        Assert.Empty(story.Teams.Sent);
        Assert.Equal(DeliveryStatus.Dropped, Assert.Single(story.Deliveries()).Status);
    }
}
