using KeyAccountBot.Records;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Tests.FollowUps;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Deliveries;

/// <summary>Between deciding and sending a reader may go away: who stands in hears instead.</summary>
public sealed class AbsentReaderTests
{
    [Fact]
    public async Task What_waits_for_somebody_who_went_away_reaches_whoever_stands_in()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.TellAsync(id, Telling.Answer("told", Manager));
        await GoesAwayAsync(story, Manager, Director);
        await story.WorkAsync();

        var (to, message) = Assert.Single(story.Slack.Sent);
        Assert.Equal(Director.Id, to);
        Assert.Contains("Melvin 不在，由您代理", message.InWords(), StringComparison.Ordinal);
        var record = await story.RecordAsync(id, "told");
        Assert.Equal((DeliveryStatus.Sent, Director.Id, Manager.Id), (record.Status, record.Delivery.To, record.Delivery.InPlaceOf));
    }

    [Fact]
    public async Task Nobody_hears_in_anothers_place_of_what_they_did_themselves()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.TellAsync(id, Telling.Answer("told", Manager));
        await GoesAwayAsync(story, Manager, Rep);
        await story.WorkAsync();

        Assert.Empty(story.Slack.Sent);
        Assert.Empty(story.Teams.Sent);
        Assert.Equal(DeliveryStatus.Dropped, (await story.RecordAsync(id, "told")).Status);
    }

    [Fact]
    public async Task A_digest_goes_to_whoever_stands_in_and_says_whose_it_is()
    {
        await using var story = await BeginAsync();
        for (var i = 0; i < 7; i++)
        {
            await story.OpensAsync($"Account {i}");
        }

        while (story.Teams.Sent.Count == 0)
        {
            await story.ForwardAsync(TimeSpan.FromHours(1));
        }

        await GoesAwayAsync(story, Rep, Manager);
        await story.ForwardAsync(TimeSpan.FromHours(9));

        Assert.Equal(5, story.Teams.Sent.Count);
        var digest = Assert.Single(story.Slack.Sent, s => s.Message.Notification.StartsWith("2 more opportunities", StringComparison.Ordinal));
        Assert.Equal(Manager.Id, digest.To);
        Assert.Contains("Anna is away", digest.Message.InWords(), StringComparison.Ordinal);
    }

    private static Task GoesAwayAsync(FollowUpStory story, Person who, Person standIn)
    {
        var today = DateOnly.FromDateTime(story.Clock.GetUtcNow().UtcDateTime);
        return story.HiresAsync(who with { Away = new Absence(today, today.AddDays(7), standIn.Id) });
    }
}
