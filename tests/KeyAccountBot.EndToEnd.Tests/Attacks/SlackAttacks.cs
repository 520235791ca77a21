using System.Net;
using System.Text.Json.Nodes;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales.Opportunities;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Attacks;

/// <summary>Somebody in Slack acts as one of our people: of another workspace, a guest, a bot, with the same e-mail address.</summary>
public sealed class SlackAttacks : IAsyncLifetime
{
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_press_from_another_workspace_answers_nothing_even_with_the_managers_own_user_id()
    {
        var (manager, nudge) = await NudgedAsync();
        var intruder = new SlackUser(service, "UMARIA") { Team = "T-ELSEWHERE" };
        var before = manager.Messages().Count;

        await intruder.PressesAsync(nudge, "Take it");
        await intruder.SaysAsync("take Brightwater Foods");
        await service.ForwardAsync(hours: 1);

        await NothingWasAnsweredAsync();
        Assert.Equal(before, manager.Messages().Count);
    }

    /// <summary>In a channel that two companies share, Slack signs for the other company's users too.</summary>
    [Fact]
    public async Task A_user_at_home_in_another_workspace_is_nobody_in_a_channel_that_both_share()
    {
        var (manager, nudge) = await NudgedAsync();
        var press = JsonNode.Parse(Uri.UnescapeDataString(manager.PressOf(nudge, "Take it")["payload=".Length..]))!;
        press["user"]!["team_id"] = "T-ELSEWHERE";

        using var response = await manager.PostAsync(SlackUser.InteractionsPath, "payload=" + Uri.EscapeDataString(press.ToJsonString()));
        await service.ForwardAsync(hours: 1);

        Assert.True(response.IsSuccessStatusCode);
        await NothingWasAnsweredAsync();
    }

    [Theory]
    [InlineData("""{"team_id":"T-ELSEWHERE"}""")]
    [InlineData("""{"is_stranger":true}""")]
    [InlineData("""{"is_restricted":true}""")]
    [InlineData("""{"is_restricted":true,"is_ultra_restricted":true}""")]
    [InlineData("""{"is_bot":true}""")]
    [InlineData("""{"deleted":true}""")]
    public async Task Somebody_who_is_no_full_member_is_not_taken_for_the_manager_by_address_or_by_id(string user)
    {
        var (manager, nudge) = await NudgedAsync();
        var told = JsonNode.Parse(user)!.AsObject();
        told["profile"] = new JsonObject { ["email"] = "maria@sample.invalid" };
        service.Ends.SlackUsers["UGUEST"] = told;
        service.Ends.SlackUsers["UMARIA"] = (JsonObject)told.DeepClone();

        // Maria was a full member until now, and counts as one for ten minutes more
        await service.ForwardAsync(hours: 1);
        await new SlackUser(service, "UGUEST").PressesAsync(nudge, "Take it");
        await manager.PressesAsync(nudge, "Take it");
        await service.ForwardAsync(hours: 1);

        await NothingWasAnsweredAsync();
    }

    [Fact]
    public async Task Slack_that_cannot_be_asked_recognises_nobody_and_the_press_counts_once_it_can()
    {
        var (manager, nudge) = await NudgedAsync();
        service.Ends.SlackIsDown = true;

        await manager.PressesAsync(nudge, "Take it");
        await Eventually.FindAsync(() => service.Ends.Asked.Contains("/slack/api/users.info") ? this : null, () => "Slack was never asked.");
        await NothingWasAnsweredAsync();

        service.Ends.SlackIsDown = false;
        await service.ForwardAsync(hours: 1);
        Assert.Single(await AnswersAsync());
    }

    [Fact]
    public async Task A_request_that_names_no_workspace_is_refused()
    {
        var manager = service.Slack("UMARIA");
        using var response = await manager.PostAsync(
            "/slack/events", """{"type":"event_callback","event_id":"E9","event":{"type":"message","channel_type":"im","channel":"D-UMARIA","user":"UMARIA","text":"hi","ts":"1.1"}}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<(SlackUser Manager, JsonNode Nudge)> NudgedAsync()
    {
        await service.Teams("ravi").SaysAsync("help");
        var manager = service.Slack("UMARIA");
        await service.ForwardAsync(businessDays: 7);
        return (manager, await manager.GetsAsync("Brightwater Foods needs you"));
    }

    private async Task<IEnumerable<OpportunityEvent.FollowUpAnswered>> AnswersAsync() =>
        (await service.EntriesAsync("s-04")).Select(e => e.What).OfType<OpportunityEvent.FollowUpAnswered>();

    private async Task NothingWasAnsweredAsync() => Assert.Empty(await AnswersAsync());
}
