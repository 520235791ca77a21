using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>Two weeks of silence, answered: the sandbox's tour of follow-ups, played over each channel.</summary>
public sealed class TheStoryOfFollowUps : IAsyncLifetime
{
    // the sample pipeline
    private static readonly string[] Opportunities = ["s-01", "s-02", "s-03", "s-04", "s-05", "s-06"];

    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData(StoryChannel.Teams)]
    [InlineData(StoryChannel.Slack)]
    [InlineData(StoryChannel.Terminal)]
    public async Task It_runs_from_six_promises_to_the_week_in_one_message(StoryChannel over)
    {
        await (await StoryTeller.OverAsync(over, service)).PlayAsync(Story.Read(Story.OfFollowUps));
        Assert.DoesNotContain(service.Ends.ToSlack, m => SlackUser.IsCut(m.Body));

        List<OpportunityEntry> entries = [];
        foreach (var id in Opportunities)
        {
            entries.AddRange(await service.EntriesAsync(id));
        }

        Assert.Equal(
            [FollowUpAnswer.TakeIt, FollowUpAnswer.AskTheRep],
            entries.Select(e => e.What).OfType<OpportunityEvent.FollowUpAnswered>().Select(a => a.Answer).Distinct());
        var steps = entries.Where(e => e.What is OpportunityEvent.FollowUpStepTaken).ToList();
        Assert.All(steps, s => Assert.True(s.At is { Hour: >= 9 and < 18, DayOfWeek: not (DayOfWeek.Saturday or DayOfWeek.Sunday) }, $"{s}"));
        Assert.Contains(steps, s => s.What is OpportunityEvent.FollowUpStepTaken { InPlaceOf: not null } taken && taken.To == new PersonId("li-na"));
    }
}
