using System.Text.Json.Nodes;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>An opportunity leaves somebody's sight while they talk about it: what they then confirm is refused in a sentence, and nothing is recorded.</summary>
public sealed class DoorStories : IAsyncLifetime
{
    private const string Refused = "That is not yours to change";
    private Service service = null!;
    private TeamsUser rep = null!;

    public async ValueTask InitializeAsync()
    {
        service = await Service.StartAsync();
        rep = service.Teams("ravi");
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_check_in_on_what_was_handed_over_meanwhile_is_not_recorded()
    {
        await SaysAsync("check in Nordwind Dairies", "3", "today", "Letter from the works manager", "skip");
        await rep.SeesAsync("Shall I record it?");
        var before = await HandOverAsync("s-01");
        await rep.SaysAsync("yes");
        await rep.SeesAsync(Refused);
        Assert.Equal(before, await CountAsync("s-01"));
    }

    [Fact]
    public async Task A_visit_report_on_what_was_handed_over_meanwhile_records_neither_the_report_nor_the_touch()
    {
        await service.KnowsAsync("Nordwind Dairies", "Nora Vik", "management", Level.Executive, BuyingRole.DecisionMaker, id: "vik");
        await rep.SaysAsync("visit report Nordwind Dairies");
        var summary = await rep.PressesAsync("Review", new() { ["met"] = "vik", ["on"] = "2026-03-02", ["notes"] = "Tour of the plant" });
        Assert.Contains("Tour of the plant", summary, StringComparison.Ordinal);
        var before = await HandOverAsync("s-01");
        Assert.Contains(Refused, await rep.PressAsync(Yes(summary)), StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync("s-01"));
        Assert.Null((await NordwindAsync())!.Find(new ContactId("vik"))!.LastTouch);
    }

    [Fact]
    public async Task A_contact_of_a_customer_who_was_handed_over_meanwhile_is_not_recorded()
    {
        await SaysAsync("add contact Nordwind Dairies", "Karl Ott", "Technical", "skip", "Technical evaluator", "2", "yes");
        await rep.SeesAsync("Shall I record it?");
        await HandOverAsync("s-01");
        await rep.SaysAsync("yes");
        await rep.SeesAsync(Refused);
        Assert.Null(await NordwindAsync());
    }

    [Fact]
    public async Task An_evaluation_of_what_was_handed_over_meanwhile_is_not_recorded()
    {
        await SaysAsync("evaluate Nordwind Dairies", "3", "4", "2", "1", "3");
        await rep.SeesAsync("68 of 100");
        var before = await HandOverAsync("s-01");
        await rep.SaysAsync("yes");
        await rep.SeesAsync(Refused);
        Assert.Equal(before, await CountAsync("s-01"));
    }

    [Theory]
    [InlineData("won Castell Brewery", null)]
    [InlineData("lost Castell Brewery", "price")]
    public async Task What_was_handed_over_meanwhile_is_neither_won_nor_lost(string wish, string? why)
    {
        await RecordAsync("s-03", new OpportunityCommand.CheckIn([new MilestoneClaim(new MilestoneId("contract-approved"), new DateOnly(2026, 3, 2), null)], null));
        await rep.SaysAsync(wish);
        if (why is not null)
        {
            await rep.SaysAsync(why);
        }

        await rep.SeesAsync("this is what I understood");
        var before = await HandOverAsync("s-03");
        await rep.SaysAsync("yes");
        await rep.SeesAsync(Refused);
        Assert.Equal(before, await CountAsync("s-03"));
    }

    [Fact]
    public async Task What_was_handed_over_after_it_was_offered_shows_nothing_of_itself()
    {
        await rep.SaysAsync("status");
        await rep.SeesAsync("Which opportunity?");
        await HandOverAsync("s-01");
        await rep.SaysAsync("Nordwind Dairies");
        await rep.SeesAsync("I have no such opportunity on record");
        await rep.SaysAsync("status Nordwind Dairies");
        await rep.SeesAsync("I found nothing like “Nordwind Dairies”");
        Assert.DoesNotContain(rep.Heard().Select(TeamsUser.Words), w => w.Contains("Accurate project information", StringComparison.Ordinal));
    }

    private async Task SaysAsync(params string[] words)
    {
        foreach (var one in words)
        {
            await rep.SaysAsync(one);
        }
    }

    /// <summary>The manager gives it to a colleague, in whose things the rep has no part; answers how many entries it has now.</summary>
    private async Task<int> HandOverAsync(string opportunity)
    {
        await RecordAsync(opportunity, new OpportunityCommand.HandOver(new PersonId("li-na"), "she knows them"));
        return await CountAsync(opportunity);
    }

    private async Task RecordAsync(string opportunity, OpportunityCommand command)
    {
        var company = await service.Services.GetRequiredService<CompanyDirectory>().GetAsync(Service.Tenant, CancellationToken.None);
        var now = service.Clock.GetUtcNow();
        var context = new CommandContext(
            new CommandId("manager-" + command.GetType().Name), new PersonId("maria-santos"), now, DateOnly.FromDateTime(now.UtcDateTime), "test");
        var outcome = await service.Ledger.RecordAsync(Service.Tenant, new OpportunityId(opportunity), command, context, company, CancellationToken.None);
        Assert.Null(outcome.Refusal);
    }

    private async Task<int> CountAsync(string opportunity) => (await service.EntriesAsync(opportunity)).Count;

    private async Task<Account?> NordwindAsync() =>
        (await service.Accounts.FindAsync(Service.Tenant, AccountId.OfName("Nordwind Dairies"), CancellationToken.None))?.Account;

    private static JsonNode Yes(string response) =>
        JsonNode.Parse(response)!["value"]!["actions"]!.AsArray().First(a => (string?)a!["title"] == "Yes, record it")!;
}
