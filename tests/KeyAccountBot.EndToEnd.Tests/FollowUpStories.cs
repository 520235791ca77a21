using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales.Opportunities;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

public sealed class FollowUpStories : IAsyncLifetime
{
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_silent_rep_is_reminded_then_the_manager_is_nudged_and_who_takes_it_ends_the_chain()
    {
        var rep = service.Teams("ravi");
        var manager = service.Slack("UMARIA");
        var director = service.Slack("UDIETER");
        await rep.SaysAsync("help");

        // bidding asks for a check-in every five business days
        await service.ForwardAsync(businessDays: 5);
        await rep.SeesAsync("Brightwater Foods");
        await service.ForwardAsync(businessDays: 2);
        var nudge = await manager.GetsAsync("Brightwater Foods needs you");

        await manager.PressesAsync(nudge, "Take it");
        await service.ForwardAsync(hours: 1);
        await rep.SeesAsync("Maria Santos");

        await service.ForwardAsync(businessDays: 2);
        Assert.DoesNotContain(director.Messages(), m => m.ToJsonString().Contains("Brightwater Foods is still stuck", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Still_stuck_after_the_nudge_the_director_is_alerted_and_above_the_threshold_the_executive()
    {
        await service.Teams("ravi").SaysAsync("help");

        await service.ForwardAsync(businessDays: 9);
        await service.Slack("UDIETER").GetsAsync("Castell Brewery is still stuck");
        await service.ForwardAsync(businessDays: 2);
        await service.Slack("UGRACE").GetsAsync("Castell Brewery is still stuck");
    }

    [Fact]
    public async Task A_check_in_ends_the_chain()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("help");
        await service.ForwardAsync(businessDays: 5);
        await rep.SeesAsync("Brightwater Foods");

        await rep.SaysAsync("check in Brightwater Foods");
        await rep.SaysAsync("none");
        await rep.SaysAsync("none");
        await rep.SeesAsync("Shall I record it?");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Recorded for Brightwater Foods");

        await service.ForwardAsync(businessDays: 2);
        Assert.DoesNotContain(service.Slack("UMARIA").Messages(), m => m.ToJsonString().Contains("Brightwater Foods needs you", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_manager_asks_the_rep_and_hears_when_the_rep_has_answered()
    {
        var rep = service.Teams("ravi");
        var manager = service.Slack("UMARIA");
        await rep.SaysAsync("help");
        await service.ForwardAsync(businessDays: 7);
        await manager.PressesAsync(await manager.GetsAsync("Brightwater Foods needs you"), "Ask the rep");
        await service.ForwardAsync(hours: 1);
        await rep.SeesAsync("Maria Santos");

        await rep.SaysAsync("check in Brightwater Foods");
        foreach (var answer in new[] { "none", "none", "yes" })
        {
            await rep.SaysAsync(answer);
        }

        await service.ForwardAsync(hours: 1);
        await manager.GetsAsync("Ravi Patel has checked in");
    }

    [Fact]
    public async Task Not_an_issue_ends_the_chain_for_good()
    {
        await service.Teams("ravi").SaysAsync("help");
        var manager = service.Slack("UMARIA");
        await service.ForwardAsync(businessDays: 7);
        await manager.ChoosesAsync(await manager.GetsAsync("Brightwater Foods needs you"), "Not an issue", "on holiday");

        await service.ForwardAsync(businessDays: 4);
        Assert.DoesNotContain(service.Slack("UDIETER").Messages(), m => m.ToJsonString().Contains("Brightwater Foods is still stuck", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_managers_snooze_is_their_own_and_the_director_hears_when_they_would_have()
    {
        await service.Teams("ravi").SaysAsync("help");
        var manager = service.Slack("UMARIA");
        await service.ForwardAsync(businessDays: 7);
        await manager.PressesAsync(await manager.GetsAsync("Brightwater Foods needs you"), "Snooze 3 days");

        await service.ForwardAsync(businessDays: 1);
        Assert.DoesNotContain(service.Slack("UDIETER").Messages(), m => m.ToJsonString().Contains("Brightwater Foods is still stuck", StringComparison.Ordinal));
        await service.ForwardAsync(businessDays: 1);
        await service.Slack("UDIETER").GetsAsync("Brightwater Foods is still stuck");
    }

    [Fact]
    public async Task Sixty_overdue_opportunities_make_five_messages_and_one_digest_a_day()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("help");
        var before = rep.Heard().Count;
        await service.OpenOverdueAsync("ravi-patel", 60);

        await service.ForwardAsync(hours: 7);

        var messages = rep.Heard().Skip(before).Select(TeamsUser.Words).ToList();
        Assert.Equal(6, messages.Count);
        Assert.Contains("55", messages[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrongly_signed_or_old_slack_request_is_refused()
    {
        var stranger = service.Slack("UMARIA");

        using var wrong = await stranger.PostAsync("/slack/interactions", "payload=%7B%7D", secret: "guessed");
        using var old = await stranger.PostAsync("/slack/interactions", "payload=%7B%7D", late: TimeSpan.FromMinutes(6));

        Assert.Equal(401, (int)wrong.StatusCode);
        Assert.Equal(401, (int)old.StatusCode);
    }

    [Fact]
    public async Task A_slack_request_that_is_replayed_is_accepted_and_recorded_once()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("help");
        var manager = service.Slack("UMARIA");
        await service.ForwardAsync(businessDays: 7);
        var press = manager.PressOf(await manager.GetsAsync("Brightwater Foods needs you"), "Take it");

        // the clock stands still, so body, timestamp and signature are the same
        using var first = await manager.PostAsync(SlackUser.InteractionsPath, press);
        using var atOnce = await manager.PostAsync(SlackUser.InteractionsPath, press);
        await service.ForwardAsync();
        using var later = await manager.PostAsync(SlackUser.InteractionsPath, press);
        await service.ForwardAsync(hours: 1);

        Assert.All([first, atOnce, later], response => Assert.Equal(200, (int)response.StatusCode));
        Assert.Single((await service.EntriesAsync("s-04")).Select(e => e.What).OfType<OpportunityEvent.FollowUpAnswered>());
        Assert.Single(rep.Heard(), a => TeamsUser.Words(a).Contains("Maria Santos has taken Brightwater Foods", StringComparison.Ordinal));
    }
}
