using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Attacks;

/// <summary>A rep who wants nobody to hear of a stuck deal: everything that its owner can say, and what those above them hear all the same.</summary>
public sealed class HidingAttacks : IAsyncLifetime
{
    // Ravi's opportunity with Brightwater Foods; nobody else's counts here
    private const string Brightwater = "s-04";

    private Service service = null!;
    private TeamsUser rep = null!;
    private SlackUser manager = null!;

    public async ValueTask InitializeAsync()
    {
        service = await Service.StartAsync();
        (rep, manager) = (service.Teams("ravi"), service.Slack("UMARIA"));
        foreach (var (who, account) in new[]
        {
            ("ravi", "lost Nordwind Dairies"), ("ravi", "lost Halden Paper"), ("ravi", "lost Castell Brewery"), ("lina", "丢单 青岛海源食品"), ("lina", "丢单 苏州恒力化工"),
        })
        {
            await service.Teams(who).SaysAsync(account);
            await service.Teams(who).SaysAsync("gone");
            await service.Teams(who).SaysAsync("yes");
        }
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Nine_weeks_of_far_snoozes_and_empty_check_ins_keep_it_neither_from_the_manager_nor_the_director_nor_the_digest()
    {
        for (var week = 1; week <= 9; week++)
        {
            foreach (var words in new[] { "check in Brightwater Foods", "none", week % 2 == 0 ? "none" : "call them", week % 2 == 0 ? "yes" : "in 10 days", week % 2 == 0 ? "help" : "yes" })
            {
                await rep.SaysAsync(words);
            }

            await rep.SaysAsync("snooze Brightwater Foods until 20 November 2027");
            if (week == 6)
            {
                await rep.SeesAsync("is the latest day you may name");
                await rep.SaysAsync("not an issue for Brightwater Foods: all is well");
                await rep.SeesAsync("Those above you still hear of it");
            }

            await ForwardAsync(businessDays: 5);
        }

        await manager.GetsAsync("Brightwater Foods needs you");
        await manager.GetsAsync("It is talked about, but it does not move");
        await manager.GetsAsync("Ravi Patel says it is no issue: “all is well”");
        await service.Slack("UDIETER").GetsAsync("Brightwater Foods is still stuck");
        var told = (await service.EntriesAsync(Brightwater)).Select(e => e.What).OfType<OpportunityEvent.FollowUpStepTaken>()
            .Where(s => s.To?.Value == "dieter-vogel").Select(s => s.Cause).ToHashSet();
        Assert.Superset(new HashSet<FollowUpCause> { NotMovingCause.Id, StageOverdueCause.Id }, told);

        var digests = manager.Messages().Select(m => m.ToJsonString()).Where(m => m.Contains("Your week", StringComparison.Ordinal)).TakeLast(4).ToList();
        Assert.Equal(4, digests.Count);
        Assert.All(digests, d => Assert.Contains("Brightwater Foods", d, StringComparison.Ordinal));
        Assert.All(digests, d => Assert.DoesNotContain("Nothing is stuck", d, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_put_on_hold_is_told_to_the_manager_stands_in_the_digest_and_comes_back_on_its_day()
    {
        await rep.SaysAsync("hold Brightwater Foods until 20 November 2027: budget frozen");
        await rep.SeesAsync("at the latest");
        await rep.SaysAsync("20 March");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("on hold until 20 Mar 2026");
        await service.ForwardAsync(hours: 1);
        await manager.GetsAsync("Ravi Patel put it on hold; it is looked at again on 20 Mar 2026. Why: “budget frozen”");

        await ForwardAsync(businessDays: 5);
        await manager.GetsAsync("on hold for 7 days");
        await ForwardAsync(businessDays: 9);
        await rep.SeesAsync("On hold since 2 Mar 2026, to be looked at again on 20 Mar 2026");
        await ForwardAsync(businessDays: 2);
        await manager.GetsAsync("Brightwater Foods needs you");

        await rep.SaysAsync("hold Brightwater Foods until 30 April: still frozen");
        await rep.SaysAsync("yes");
        await service.ForwardAsync(hours: 1);
        await manager.GetsAsync("Another day was named once");
    }

    [Fact]
    public async Task Longer_quiet_is_asked_of_the_manager_with_one_press_and_answered_with_one()
    {
        await RemindedAsync();
        var refused = await rep.PressesAsync("Snooze until then", new() { ["until"] = "2026-03-20" }, "Brightwater Foods: how does it stand?");
        Assert.Contains("16 Mar 2026 is the latest day you may name. Maria Santos can allow more, until 20 Mar 2026.", refused, StringComparison.Ordinal);
        await rep.PressAsync(ButtonOf(refused, "Ask Maria Santos"));
        await service.ForwardAsync(hours: 1);

        await manager.PressesAsync(await manager.GetsAsync("Ravi Patel asks for more time with Brightwater Foods"), "Allow");
        await service.ForwardAsync(hours: 1);
        await manager.GetsAsync("Maria Santos has allowed it until 20 Mar 2026");
        Assert.Contains(rep.Heard(), a => TeamsUser.Words(a).Contains("Maria Santos allows more time with Brightwater Foods", StringComparison.Ordinal));

        // the manager wanted it quiet: the director did not
        await ForwardAsync(businessDays: 5);
        Assert.DoesNotContain(manager.Messages(), m => m.ToJsonString().Contains("Brightwater Foods needs you", StringComparison.Ordinal));
        await service.Slack("UDIETER").GetsAsync("Brightwater Foods is still stuck");
    }

    [Fact]
    public async Task More_time_is_asked_for_and_refused_in_words_too()
    {
        await RemindedAsync();
        await rep.SaysAsync("more time for Brightwater Foods until 20 March");
        await rep.SeesAsync("Maria Santos is asked whether Brightwater Foods may wait until 20 Mar 2026");
        await service.ForwardAsync(hours: 1);
        await manager.GetsAsync("Ravi Patel asks for more time with Brightwater Foods");
        await manager.SaysAsync("do not allow Brightwater Foods");
        await service.ForwardAsync(hours: 1);
        await rep.SeesAsync("Maria Santos does not allow more time with Brightwater Foods");
        await ForwardAsync(businessDays: 2);
        await manager.GetsAsync("Brightwater Foods needs you");
    }

    private static System.Text.Json.Nodes.JsonNode ButtonOf(string response, string title) =>
        TeamsUser.ActionsOf(System.Text.Json.Nodes.JsonNode.Parse(response)!["value"]!).First(a => (string?)a["title"] == title);

    private async Task RemindedAsync()
    {
        await ForwardAsync(businessDays: 5);
        await rep.SeesAsync("Brightwater Foods: how does it stand?");
    }

    // what falls due on a day is done in its morning: no hour of it matters here
    private async Task ForwardAsync(int businessDays)
    {
        while (businessDays > 0)
        {
            service.Clock.Advance(TimeSpan.FromHours(23));
            await service.ForwardAsync(hours: 1);
            businessDays -= service.Clock.GetUtcNow().DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }
    }
}
