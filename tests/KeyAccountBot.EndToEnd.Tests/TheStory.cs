using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>One opportunity from the first word of it to the project's closing: <c>docs/story.md</c>, played.</summary>
public sealed class TheStory : IAsyncLifetime
{
    private const string Customer = "Westfal Beverages";
    private readonly Story story = Story.Read(Story.OfOneOpportunity);
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData(StoryChannel.Teams)]
    [InlineData(StoryChannel.Slack)]
    [InlineData(StoryChannel.Terminal)]
    public async Task It_runs_from_first_information_to_project_closing(StoryChannel over)
    {
        await (await StoryTeller.OverAsync(over, service)).PlayAsync(story);
        Assert.DoesNotContain(service.Ends.ToSlack, m => SlackUser.IsCut(m.Body));

        await TheRecordTellsItAsync();
    }

    private async Task TheRecordTellsItAsync()
    {
        var id = await OpportunityAsync();
        var stored = (await service.Ledger.FindAsync(Service.Tenant, id, CancellationToken.None))!.Opportunity;
        var events = (await service.EntriesAsync(id.Value)).Select(e => e.What).ToList();
        var account = (await service.Services.GetRequiredService<AccountLedger>().FindAsync(Service.Tenant, AccountId.OfName(Customer), CancellationToken.None))!.Account;

        Assert.Equal(("implementation", OpportunityStatus.Completed), (stored.Facts.Stage.Value, stored.Facts.Status));
        Assert.Equal(
            ["establishment", "proposal", "bidding", "negotiation", "implementation"],
            events.OfType<OpportunityEvent.StageChanged>().Select(s => s.To.Value));
        Assert.Equal(11, account.Active.Count());
        Assert.Equal(5, account.Active.Select(c => c.Data.Department).Distinct().Count());
        Assert.Equal(8, events.OfType<OpportunityEvent.VisitReported>().Count());
        Assert.Single(events.OfType<OpportunityEvent.Lost>());
        Assert.Single(events.OfType<OpportunityEvent.Reopened>());
        Assert.Single(events.OfType<OpportunityEvent.Won>());
        Assert.Equal([FollowUpAnswer.TakeIt, FollowUpAnswer.AskTheRep], events.OfType<OpportunityEvent.FollowUpAnswered>().Select(a => a.Answer));
        Assert.Equal(
            ["dieter-vogel", "grace-okafor", "maria-santos", "ravi-patel"],
            events.OfType<OpportunityEvent.FollowUpStepTaken>().Select(s => s.To!.Value.Value).Distinct().Order(StringComparer.Ordinal));
    }

    private async Task<OpportunityId> OpportunityAsync()
    {
        await foreach (var line in service.Ledger.AllAsync(Service.Tenant, CancellationToken.None))
        {
            if (line.Account == Customer)
            {
                return line.Id;
            }
        }

        throw new InvalidOperationException($"No opportunity of {Customer} is on record.");
    }
}
