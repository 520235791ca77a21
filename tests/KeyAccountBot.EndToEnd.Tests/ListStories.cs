using KeyAccountBot.EndToEnd.Tests.Harness;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>Lists, and what opens from them.</summary>
public sealed class ListStories : IAsyncLifetime
{
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_line_of_the_list_opens_the_status_under_the_list_and_its_buttons_go_on_from_there()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("my opportunities");
        await rep.SeesAsync("Your opportunities (4)");

        var answer = await rep.PressesAsync("Open: Nordwind Dairies");
        Assert.DoesNotContain("AdaptiveCard", answer, StringComparison.Ordinal);
        await rep.SeesAsync("820,000 EUR");
        await rep.SeesAsync("Gate needs");

        await rep.SaysAsync((string)rep.Button("Check in", on: "Nordwind")["data"]!["msteams"]!["value"]!);
        await rep.SeesAsync("Which milestones have been reached?");
        await rep.SaysAsync((string)rep.Button("History", on: "Nordwind")["data"]!["msteams"]!["value"]!);
        await rep.SeesAsync("put on record");
    }

    [Fact]
    public async Task A_manager_in_Slack_reads_whose_each_is_and_opens_one_under_the_list()
    {
        var manager = service.Slack("UMARIA");
        await manager.SaysAsync("my opportunities");
        await service.ForwardAsync(hours: 0);
        var list = await manager.GetsAsync("Your opportunities");
        Assert.Contains("Ravi Patel", list.ToJsonString(), StringComparison.Ordinal);

        await manager.PressesAsync(list, "Open");
        await service.ForwardAsync(hours: 0);
        var status = await manager.GetsAsync("Gate needs");
        Assert.NotEqual((string?)list["ts"], (string?)status["ts"]);
        Assert.Contains("owner:", status.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_overdue_comes_first_with_its_reason_and_a_long_list_says_how_many_more()
    {
        await service.OpenOverdueAsync("ravi-patel", 12);
        var rep = service.Teams("ravi");
        await rep.SaysAsync("my opportunities");
        await rep.SeesAsync("Your opportunities (16)");
        await rep.SeesAsync("⚠ stage overdue since");
        await rep.SeesAsync("and 6 more. Name an account to see it");
        Assert.DoesNotContain(rep.Heard(), a => TeamsUser.Words(a).Contains("Nordwind", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_button_in_the_hands_of_a_colleague_opens_nothing()
    {
        var (rep, colleague) = (service.Teams("ravi"), service.Teams("lina"));
        await rep.SaysAsync("my opportunities");
        await rep.SeesAsync("Nordwind");

        await colleague.PressAsync(rep.Button("Open: Nordwind Dairies"));
        await colleague.SeesAsync("没有这个商机的记录。");
        Assert.DoesNotContain(colleague.Heard(), a => TeamsUser.Words(a).Contains("Nordwind", StringComparison.Ordinal));
        await colleague.SaysAsync("历史记录 Nordwind Dairies");
        await colleague.SeesAsync("没有找到");
    }
}
