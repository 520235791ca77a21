using KeyAccountBot.EndToEnd.Tests.Harness;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

public sealed class AbsenceStories : IAsyncLifetime
{
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task While_a_rep_is_away_whoever_stands_in_is_reminded_and_may_check_in()
    {
        var rep = service.Teams("ravi");
        var standIn = service.Teams("lina");
        await standIn.SaysAsync("help");
        await rep.SaysAsync("away until 30 April, Li Na stands in");
        await rep.SeesAsync("you are away until");

        // bidding asks for a check-in every five business days
        await service.ForwardAsync(businessDays: 5);
        await standIn.SeesAsync("Brightwater Foods");
        await standIn.SeesAsync("Ravi Patel 不在，由您代理");
        await standIn.SaysAsync("check in Brightwater Foods");
        await standIn.SaysAsync("none");
        await standIn.SaysAsync("none");
        await standIn.SeesAsync("要记录吗");
        await standIn.SaysAsync("yes");
        await standIn.SeesAsync("已记录");

        await rep.SaysAsync("back");
        await rep.SeesAsync("Welcome back");
    }

    [Fact]
    public async Task A_manager_says_that_their_rep_is_away_and_nobody_says_it_of_others()
    {
        var manager = service.Teams("maria");
        await manager.SaysAsync("Ravi is away until Friday, Li Na stands in");
        await manager.SeesAsync("is away until");

        var rep = service.Teams("ravi");
        await rep.SaysAsync("away Maria until Friday");
        await rep.SeesAsync("whom you lead");
    }

    [Fact]
    public async Task That_somebody_at_the_customer_is_away_is_a_report()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("Brightwater's plant manager is away until Friday. Bid submitted this morning.");
        await rep.SeesAsync("Bid submitted");
    }

    [Fact]
    public async Task Asked_who_hears_what_the_bot_tells_what_it_will_do()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("explain Brightwater Foods");
        await rep.SeesAsync("If nothing happens");
        await rep.SeesAsync("Maria Santos · check-in missed");
    }

    [Fact]
    public async Task On_Monday_the_manager_reads_the_week_in_one_message_and_may_choose_another_hour()
    {
        var manager = service.Slack("UMARIA");
        await service.ForwardAsync(businessDays: 5);
        var digest = await manager.GetsAsync("Your week");
        Assert.Contains("What is next", digest.ToJsonString(), StringComparison.Ordinal);

        var writing = service.Teams("maria");
        await writing.SaysAsync("weekly digest Friday at 8:30");
        await writing.SeesAsync("every Friday at 08:30");
    }
}
