using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales.Opportunities;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>Follow-ups answered from either place, by press, by list and in words; every message shows who did what.</summary>
public sealed class AnswerStories : IAsyncLifetime
{
    // Ravi's opportunity with Brightwater Foods
    private const string Brightwater = "s-04";

    private Service service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await Service.StartAsync();
        await service.Teams("ravi").SaysAsync("help");
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task The_manager_snoozes_by_typing_in_Slack_and_the_director_hears_in_time_all_the_same()
    {
        var manager = await NudgedAsync();

        await manager.SaysAsync("snooze Brightwater Foods 4 days");
        await service.ForwardAsync(hours: 1);
        await manager.GetsAsync("Quiet about Brightwater Foods until");
        await manager.GetsAsync("Maria Santos has snoozed it until");

        await service.ForwardAsync(businessDays: 2);
        await service.Slack("UDIETER").GetsAsync("Brightwater Foods is still stuck");
        await service.Slack("UDIETER").GetsAsync("Maria Santos has snoozed it until");
    }

    [Fact]
    public async Task The_director_takes_it_in_Teams_and_the_managers_message_in_Slack_shows_it()
    {
        var manager = await NudgedAsync();
        var director = service.Teams("dieter");

        await director.SaysAsync("take Brightwater Foods until Friday");
        await director.SeesAsync("You have taken Brightwater Foods");

        await service.ForwardAsync(hours: 1);
        await manager.GetsAsync("Dieter Vogel has taken it");
        await service.Teams("ravi").SeesAsync("Dieter Vogel has taken Brightwater Foods");
    }

    [Fact]
    public async Task Of_two_who_answer_at_once_one_wins_and_the_other_is_told_by_whom()
    {
        var manager = await NudgedAsync();
        var nudge = await manager.GetsAsync("Brightwater Foods needs you");
        var director = service.Teams("dieter");

        await Task.WhenAll(manager.PressesAsync(nudge, "Take it"), director.SaysAsync("take Brightwater Foods"));
        await service.ForwardAsync(hours: 1);

        var first = Assert.Single(await service.EntriesAsync(Brightwater), e => e.What is OpportunityEvent.FollowUpAnswered);
        if (first.By!.Value.Value == "dieter-vogel")
        {
            await manager.GetsAsync("Dieter Vogel has taken Brightwater Foods already");
        }
        else
        {
            await director.SeesAsync("Maria Santos has taken Brightwater Foods already");
        }
    }

    [Fact]
    public async Task Asked_in_words_the_rep_replies_on_the_card_and_the_manager_reads_it_in_Slack()
    {
        var manager = await NudgedAsync();
        var rep = service.Teams("ravi");

        await manager.SaysAsync("ask Ravi whether the budget is approved");
        await service.ForwardAsync();
        await manager.PressesAsync(await manager.GetsAsync("Which one do you mean?"), "Brightwater Foods · Sterile filler · 610,000 EUR");
        await service.ForwardAsync(hours: 1);
        await rep.SeesAsync("Maria Santos asks: “whether the budget is approved”");

        Assert.Contains("Please write your answer first", await rep.PressesAsync("Answer"), StringComparison.Ordinal);
        var answered = await rep.PressesAsync("Answer", new() { ["reply"] = "The board decides on Friday" });
        Assert.Contains("You answered: “The board decides on Friday”", System.Text.RegularExpressions.Regex.Unescape(answered), StringComparison.Ordinal);

        await service.ForwardAsync(hours: 1);
        await manager.GetsAsync("Ravi Patel answers about Brightwater Foods");
        await manager.GetsAsync("The board decides on Friday");
    }

    [Fact]
    public async Task Not_an_issue_with_a_reason_ends_it_and_everybody_told_reads_the_reason()
    {
        var manager = await NudgedAsync();

        await manager.SaysAsync("not an issue for Brightwater Foods: they are on holiday");
        await service.ForwardAsync(hours: 1);

        await manager.GetsAsync("Maria Santos says it is no issue: “they are on holiday”");
        Assert.Contains(service.Teams("ravi").Heard(), a => TeamsUser.Words(a).Contains("“they are on holiday”", StringComparison.Ordinal));
        await service.ForwardAsync(businessDays: 4);
        Assert.DoesNotContain(service.Slack("UDIETER").Messages(), m => m.ToJsonString().Contains("Brightwater Foods is still stuck", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reassigned_to_a_colleague_who_takes_it_everybody_sees_who_looks_after_it()
    {
        var manager = await NudgedAsync();
        var colleague = service.Teams("lina");
        await colleague.SaysAsync("帮助");

        await manager.ChoosesAsync(await manager.GetsAsync("Brightwater Foods needs you"), "Reassign to", "Li Na");
        await service.ForwardAsync(hours: 1);
        await colleague.SeesAsync("Maria Santos 请您负责 Brightwater Foods");
        await service.Teams("ravi").SeesAsync("Li Na is asked to look after Brightwater Foods");

        await colleague.PressesAsync("我来处理");
        await service.ForwardAsync(hours: 1);

        await manager.GetsAsync("Li Na has taken it");
        await service.Teams("ravi").SeesAsync("Li Na has taken Brightwater Foods");
        var answers = (await service.EntriesAsync(Brightwater)).Select(e => e.What).OfType<OpportunityEvent.FollowUpAnswered>().Select(a => a.Answer);
        Assert.Equal([FollowUpAnswer.Reassign, FollowUpAnswer.TakeIt], answers);
    }

    [Fact]
    public async Task The_rep_asks_for_time_on_the_reminder_until_a_day_of_their_choice()
    {
        var rep = service.Teams("ravi");
        await service.ForwardAsync(businessDays: 5);
        await rep.SeesAsync("Brightwater Foods: how does it stand?");

        Assert.Contains("Please choose a day first", await rep.PressesAsync("Snooze until then", on: "Brightwater Foods: how does it stand?"), StringComparison.Ordinal);
        await rep.PressesAsync("Snooze until then", new() { ["until"] = "2026-03-13" }, "Brightwater Foods: how does it stand?");

        var answer = Assert.Single((await service.EntriesAsync(Brightwater)).Select(e => e.What).OfType<OpportunityEvent.FollowUpAnswered>());
        Assert.Equal((FollowUpAnswer.Snooze, new DateOnly(2026, 3, 13)), (answer.Answer, DateOnly.FromDateTime(answer.QuietUntil!.Value.UtcDateTime)));
    }

    [Fact]
    public async Task Where_several_wait_Teams_asks_which_and_takes_the_answer()
    {
        await NudgedAsync();
        await service.ForwardAsync(businessDays: 1);
        var manager = service.Teams("maria");

        await manager.SaysAsync("take it");
        await manager.SeesAsync("Which one do you mean?");
        await manager.SaysAsync("Brightwater");
        await manager.SeesAsync("You have taken Brightwater Foods");
    }

    // the manager, once nudged about Brightwater Foods
    private async Task<SlackUser> NudgedAsync()
    {
        await service.ForwardAsync(businessDays: 7);
        var manager = service.Slack("UMARIA");
        await manager.GetsAsync("Brightwater Foods needs you");
        return manager;
    }
}
