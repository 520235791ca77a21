using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales.Opportunities;
using System.Text.Json;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>Messages that their writers change or delete afterwards.</summary>
public sealed class EditStories : IAsyncLifetime
{
    private const string Before = "bid goes in Friday for Brightwater Foods, all fine";
    private const string After = "bid goes in on Thursday for Brightwater Foods, all fine";

    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task In_Teams_a_changed_report_replaces_its_open_proposal()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync(Before, "m-1");
        await rep.SeesAsync("by 6 Mar 2026");
        var outdated = rep.Button("Yes, record it");

        await ChangesAsync("m-1", After);
        await rep.SeesAsync("by 5 Mar 2026");
        Assert.Contains("no longer current", await rep.PressAsync(outdated), StringComparison.Ordinal);
        Assert.Single(await service.EntriesAsync("s-04"));

        await rep.SaysAsync("yes");
        Assert.Equal(new DateOnly(2026, 3, 5), Assert.Single((await service.EntriesAsync("s-04")).Select(e => e.What).OfType<OpportunityEvent.CheckedIn>()).NextStep!.Due);
    }

    [Fact]
    public async Task In_Teams_a_report_changed_after_the_yes_changes_nothing_and_its_writer_hears_how_to_correct()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync(Before, "m-1");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Recorded for Brightwater Foods");
        var recorded = (await service.EntriesAsync("s-04")).Count;

        await ChangesAsync("m-1", After);
        await rep.SeesAsync("undo");
        Assert.Equal(recorded, (await service.EntriesAsync("s-04")).Count);
    }

    [Fact]
    public async Task In_Teams_a_change_of_an_answered_wish_and_a_deleted_message_are_passed_over()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("status Brightwater Foods", "m-1");
        await rep.SaysAsync(Before, "m-2");
        var heard = rep.Heard().Count;

        await ChangesAsync("m-1", "status Castell Brewery");
        await TellsAsync(rep.Activity(null) with { Type = "messageDelete", Id = "m-2", ChannelData = EventOf("softDeleteMessage") });
        Assert.Equal(heard, rep.Heard().Count);

        await rep.SaysAsync("yes");
        await rep.SeesAsync("Recorded for Brightwater Foods");
    }

    [Fact]
    public async Task In_Slack_a_changed_report_replaces_its_open_proposal_and_a_deleted_one_changes_nothing()
    {
        var rep = service.Slack("URAVI");
        await rep.SaysAsync(Before, ts: "7.1");
        await service.ForwardAsync();
        await rep.GetsAsync("by 6 Mar 2026");

        await rep.ChangesAsync("7.1", Before, After);
        await service.ForwardAsync();
        await rep.GetsAsync("by 5 Mar 2026");

        await rep.DeletesAsync("7.1");
        await service.ForwardAsync();
        await rep.SaysAsync("yes", ts: "7.2");
        await service.ForwardAsync();
        await rep.GetsAsync("Recorded for Brightwater Foods");
        Assert.Equal(new DateOnly(2026, 3, 5), Assert.Single((await service.EntriesAsync("s-04")).Select(e => e.What).OfType<OpportunityEvent.CheckedIn>()).NextStep!.Due);

        await rep.ChangesAsync("7.1", After, Before);
        await service.ForwardAsync();
        await rep.GetsAsync("I had already dealt with your message");
    }

    private Task ChangesAsync(string id, string words) => TellsAsync(service.Teams("ravi").Activity(words) with
    {
        Type = ActivityTypes.MessageUpdate, Id = id, Timestamp = service.Clock.GetUtcNow(), ChannelData = EventOf("editMessage"),
    });

    private async Task TellsAsync(Activity activity)
    {
        using var response = await service.PostAsync(activity);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    private static JsonElement EventOf(string type) => JsonSerializer.SerializeToElement(new { eventType = type, tenant = new { id = FarEnds.Tenant } });
}
