using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales.Opportunities;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

public sealed class CheckInStory : IAsyncLifetime
{
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_rep_checks_in_by_typing_and_the_answer_is_on_record()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("check in Nordwind Dairies");
        await rep.SeesAsync("Which milestones have been reached?");
        await rep.SaysAsync("3");
        await rep.SeesAsync("When was that?");
        await rep.SaysAsync("today");
        await rep.SeesAsync("What shows it?");
        await rep.SaysAsync("Letter from the works manager");
        await rep.SeesAsync("What is the next step?");
        await rep.SaysAsync("Visit the line");
        await rep.SeesAsync("By when?");
        await rep.SaysAsync("next friday");
        await rep.SeesAsync("Shall I record it?");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("The gate is open. Next stage: Project establishment.");

        var reached = Assert.Single((await service.EntriesAsync("s-01")).Select(e => e.What).OfType<OpportunityEvent.MilestoneReached>());
        Assert.Equal("project-information", reached.Milestone.Value);
        Assert.Equal("Letter from the works manager", reached.Evidence);
    }

    [Fact]
    public async Task A_rep_checks_in_by_card_and_the_card_turns_into_the_answer()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("check in Nordwind Dairies");
        var summary = await rep.PressesAsync("Review", new() { ["milestones"] = "customer-profile", ["on"] = "2026-03-02", ["evidence"] = "CRM" });
        Assert.Contains("this is what I understood", summary, StringComparison.Ordinal);
        var yes = CardButton(summary, "Yes, record it");
        var answer = await rep.PressAsync(yes);

        Assert.Contains("Recorded for Nordwind Dairies", answer, StringComparison.Ordinal);
        Assert.Contains("1/3", answer, StringComparison.Ordinal);
        Assert.Single((await service.EntriesAsync("s-01")).Select(e => e.What).OfType<OpportunityEvent.CheckedIn>());

        var again = await rep.PressAsync(yes);
        Assert.Contains("no longer current", again, StringComparison.Ordinal);
        Assert.Single((await service.EntriesAsync("s-01")).Select(e => e.What).OfType<OpportunityEvent.CheckedIn>());
    }

    [Fact]
    public async Task A_near_match_is_asked_about_and_never_guessed()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("status Nordwnd");
        await rep.SeesAsync("Did you mean");
        await rep.SaysAsync("1");
        await rep.SeesAsync("Accurate project information obtained");
    }

    [Fact]
    public async Task A_repeated_activity_is_answered_once()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("who am i", id: "same");
        await rep.SaysAsync("who am i", id: "same");

        Assert.Single(rep.Heard(), a => a.Text?.Contains("You are Ravi Patel", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_rep_neither_sees_nor_changes_a_colleagues_opportunity_but_the_manager_does()
    {
        var colleague = service.Teams("lina");
        await colleague.SaysAsync("状态 Nordwind Dairies");
        await colleague.SeesAsync("没有找到");

        var manager = service.Teams("maria");
        await manager.SaysAsync("status Nordwind Dairies");
        await manager.SeesAsync("Filling line 4");
    }

    [Fact]
    public async Task Undo_takes_the_last_entry_back_and_cancel_leaves_no_trace()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("hold Halden Paper");
        await rep.SeesAsync("Why?");
        await rep.SaysAsync("cancel");
        await rep.SeesAsync("Cancelled");
        Assert.Single(await service.EntriesAsync("s-02"));

        await rep.SaysAsync("hold Halden Paper");
        await rep.SaysAsync("budget frozen");
        await rep.SaysAsync("in 4 weeks");
        await rep.SeesAsync("Looked at again on");
        Assert.Single(await service.EntriesAsync("s-02"));
        await rep.SaysAsync("yes");
        await rep.SeesAsync("on hold");
        await rep.SaysAsync("undo Halden Paper");
        await rep.SeesAsync("To be taken back");
        await rep.SaysAsync("no");
        Assert.False((await service.Ledger.FindAsync(Service.Tenant, new("s-02"), CancellationToken.None))!.Opportunity.IsOpen);
        await rep.SaysAsync("undo Halden Paper");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Taken back: on hold until 30 Mar 2026: budget frozen");
        Assert.True((await service.Ledger.FindAsync(Service.Tenant, new("s-02"), CancellationToken.None))!.Opportunity.IsOpen);
    }

    [Fact]
    public async Task A_new_opportunity_is_opened_on_yes()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("open opportunity");
        await rep.SaysAsync("Westfal Mills");
        await rep.SaysAsync("Bagging line");
        await rep.SaysAsync("250000");
        await rep.SaysAsync("in 3 months");
        await rep.SeesAsync("Westfal Mills · Bagging line · 250,000 EUR");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Customer development");
        await rep.SaysAsync("my opportunities");
        await rep.SeesAsync("Westfal Mills");
    }

    [Fact]
    public async Task No_to_a_list_or_to_the_summary_loses_nothing()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("lost");
        await rep.SeesAsync("Which opportunity?");
        await rep.SaysAsync("no");
        await rep.SeesAsync("Nothing is changed.");
        await rep.SaysAsync("the price was too high");
        await rep.SeesAsync("I am not sure what you mean");

        await rep.SaysAsync("lost nordwind");
        await rep.SeesAsync("Did you mean");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Why?");
        await rep.SaysAsync("the price was too high");
        await rep.SeesAsync("closed as lost");
        await rep.SaysAsync("no");
        await rep.SeesAsync("nothing was recorded");
        Assert.Single(await service.EntriesAsync("s-01"));
    }

    [Fact]
    public async Task A_question_that_is_missed_twice_says_how_to_leave_it_and_a_long_report_leaves_it()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("lost");
        await rep.SaysAsync("hm");
        await rep.SaysAsync("hm");
        await rep.SeesAsync("Say **cancel** to leave this.");

        await rep.SaysAsync("Halden Paper: the customer profile is complete. " + string.Concat(Enumerable.Repeat("The works manager showed us the whole line and told us much about it. ", 6)));
        await rep.SeesAsync("This is what I would record for Halden Paper");
        Assert.Single(await service.EntriesAsync("s-02"));
    }

    [Fact]
    public async Task A_card_with_a_step_and_no_day_or_a_day_and_no_step_asks_for_what_is_missing()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("check in Nordwind Dairies");
        Assert.Contains("by when?", await rep.PressesAsync("Review", new() { ["nextStep"] = "Visit the line" }), StringComparison.Ordinal);
        await rep.SaysAsync("next friday");
        await rep.SeesAsync("Visit the line, by 13 Mar 2026");
        await rep.SaysAsync("no");

        await rep.SaysAsync("check in Nordwind Dairies");
        Assert.Contains("What is to be done by 13 Mar 2026?", await rep.PressesAsync("Review", new() { ["due"] = "2026-03-13" }), StringComparison.Ordinal);
        await rep.SaysAsync("Visit the line");
        await rep.SeesAsync("Visit the line, by 13 Mar 2026");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Recorded for Nordwind Dairies");
        Assert.Equal(
            new NextStep("Visit the line", new DateOnly(2026, 3, 13)), (await service.EntriesAsync("s-01")).Select(e => e.What).OfType<OpportunityEvent.CheckedIn>().Single().NextStep);
    }

    [Fact]
    public async Task What_is_open_cannot_be_reopened_and_what_is_lost_cannot_be_won_and_both_say_so()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("reopen Halden Paper");
        await rep.SeesAsync("is open; there is nothing to reopen");
        await rep.SaysAsync("lost Halden Paper");
        await rep.SaysAsync("price");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("lost: price");
        await rep.SaysAsync("won Halden Paper");
        await rep.SeesAsync("is lost. Only what is open or on hold can be changed.");
    }

    [Fact]
    public async Task An_opportunity_is_handed_over_and_the_new_owner_hears_of_it()
    {
        await service.Teams("lina").SaysAsync("帮助");
        var rep = service.Teams("ravi");
        await rep.SaysAsync("hand over Halden Paper");
        await rep.SaysAsync("Li Na");
        await rep.SaysAsync("she knows the mill");
        await rep.SeesAsync("New owner");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Recorded for Halden Paper");

        await service.ForwardAsync(hours: 1);
        await service.Teams("lina").SeesAsync("Halden Paper");
    }

    private static System.Text.Json.Nodes.JsonNode CardButton(string response, string title) =>
        System.Text.Json.Nodes.JsonNode.Parse(response)!["value"]!["actions"]!.AsArray().First(a => (string?)a!["title"] == title)!;
}
