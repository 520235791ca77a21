using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Attacks;

/// <summary>Somebody tries to see and do more through a stand-in than they were given.</summary>
public sealed class StandInAttacks : IAsyncLifetime
{
    private Service service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await Service.StartAsync();

        // another team, with a manager of its own
        await service.Services.GetRequiredService<PeopleRepository>().PutAsync(
            Service.Tenant,
            [
                new(new("otto-lind"), "Otto Lind", Role.Manager, "otto@sample.invalid", new("dieter-vogel"), "sandbox-otto", "UOTTO"),
                new(new("rita-kern"), "Rita Kern", Role.Rep, "rita@sample.invalid", new("otto-lind"), "sandbox-rita", "URITA"),
            ],
            CancellationToken.None);
        service.Services.GetRequiredService<CompanyDirectory>().Forget();
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Authority_that_somebody_holds_as_a_stand_in_is_not_passed_on_to_another_team()
    {
        var (maria, ravi, rita) = (service.Teams("maria"), service.Teams("ravi"), service.Teams("rita"));
        await maria.SaysAsync("away until 30 April, Ravi Patel stands in");
        await maria.SeesAsync("Ravi Patel hears in your place");
        await ravi.SaysAsync("my opportunities");
        await ravi.SeesAsync("青岛海源食品");

        await ravi.SaysAsync("away until 30 April, Rita Kern stands in");
        await ravi.SeesAsync("Rita Kern is not of your line");
        await rita.SaysAsync("my opportunities");
        await rita.SeesAsync("no open opportunities");
        await rita.SaysAsync("lost Brightwater Foods");
        await rita.SaysAsync("price");
        await rita.SaysAsync("lost 青岛海源食品");
        await rita.SaysAsync("price");
        await NothingIsLostAsync();

        await service.ForwardAsync(hours: 1);

        // the director is asked, for the manager is away; agreed, she stands in for Ravi, and not for whom Ravi stands in
        await service.Slack("UDIETER").GetsAsync("May Rita Kern stand in for Ravi Patel");
        var dieter = service.Teams("dieter");
        await dieter.SaysAsync("agree Ravi");
        await dieter.SeesAsync("Rita Kern stands in for Ravi Patel");
        await rita.SaysAsync("my opportunities");
        await rita.SeesAsync("Brightwater Foods");
        Assert.DoesNotContain(rita.Heard(), a => TeamsUser.Words(a).Contains("青岛海源食品", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_gives_the_yes_that_is_their_managers()
    {
        var (ravi, rita) = (service.Teams("ravi"), service.Teams("rita"));
        await ravi.SaysAsync("away until 30 April, Rita Kern stands in");
        await ravi.SeesAsync("I ask Maria Santos for a yes");
        await service.ForwardAsync(hours: 1);
        var asked = await service.Slack("UMARIA").GetsAsync("May Rita Kern stand in for Ravi Patel");

        // the manager's button in the hands of those it is about
        foreach (var thief in (string[])["URITA", "URAVI"])
        {
            await service.Slack(thief).PressesAsync(asked, "Agree");
            await service.ForwardAsync(hours: 0);
            await service.Slack(thief).GetsAsync("Only those who lead them can say that");
        }

        await rita.SaysAsync("agree Ravi");
        await rita.SaysAsync("my opportunities");
        await rita.SeesAsync("no open opportunities");

        await service.Slack("UMARIA").PressesAsync(asked, "Agree");
        await service.ForwardAsync(hours: 1);
        await service.Slack("UMARIA").GetsAsync("Rita Kern stands in for Ravi Patel");
        await rita.SeesAsync("You stand in for Ravi Patel");
    }

    [Fact]
    public async Task A_question_that_was_begun_as_a_stand_in_is_not_finished_after_it()
    {
        var (maria, ravi) = (service.Teams("maria"), service.Teams("ravi"));
        await maria.SaysAsync("away until 30 April, Ravi Patel stands in");
        await ravi.SaysAsync("lost 青岛海源食品");
        await ravi.SeesAsync("Why");
        await maria.SaysAsync("back");
        await maria.SeesAsync("Welcome back");
        await ravi.SaysAsync("they chose another");
        await ravi.SeesAsync("not yours to change");
        await NothingIsLostAsync();
    }

    [Fact]
    public async Task The_line_hears_of_a_large_deal_that_a_stand_in_closes_and_the_absent_manager_finds_it_on_return()
    {
        var (maria, ravi) = (service.Teams("maria"), service.Teams("ravi"));
        await maria.SaysAsync("away until 30 April, Ravi Patel stands in");
        await ravi.SaysAsync("lost 青岛海源食品");
        await ravi.SaysAsync("they chose another");
        await ravi.SaysAsync("yes");
        await ravi.SeesAsync("Recorded");
        await service.ForwardAsync(hours: 1);

        var told = await service.Slack("UDIETER").GetsAsync("青岛海源食品: decided by a stand-in");
        Assert.Contains("Ravi Patel did this in the name of Maria Santos", told.ToJsonString(), StringComparison.Ordinal);
        var lost = Assert.Single(await service.EntriesAsync("s-05"), e => e.What is OpportunityEvent.Lost);
        Assert.Equal((new PersonId("ravi-patel"), new PersonId("maria-santos")), (lost.By!.Value, lost.For!.Value));

        await maria.SaysAsync("back");
        await maria.SeesAsync("青岛海源食品: closed as lost, by Ravi Patel");
    }

    [Fact]
    public async Task An_absence_without_end_is_asked_about_until_a_nearer_date_is_said()
    {
        var maria = service.Teams("maria");
        await maria.SaysAsync("away until 20 November 2027, Ravi Patel stands in");
        await maria.SeesAsync("An absence has at most 60 days");
        await maria.SaysAsync("20 November 2027");
        await maria.SeesAsync("An absence has at most 60 days");
        await maria.SaysAsync("30 April");
        await maria.SeesAsync("Ravi Patel hears in your place");
        await service.ForwardAsync(hours: 1);
        await service.Teams("ravi").SeesAsync("You stand in for Maria Santos");
    }

    [Fact]
    public async Task Whoever_was_named_declines_with_one_word_and_sees_nothing_any_more()
    {
        var (maria, ravi) = (service.Teams("maria"), service.Teams("ravi"));
        await maria.SaysAsync("away until 30 April, Ravi Patel stands in");
        await service.ForwardAsync(hours: 1);
        await ravi.SeesAsync("You stand in for Maria Santos");
        await ravi.PressesAsync("I cannot", on: "You stand in for Maria Santos");
        await service.ForwardAsync(hours: 1);
        await service.Slack("UMARIA").GetsAsync("Ravi Patel cannot stand in for you");
        await ravi.SaysAsync("status 青岛海源食品");
        await ravi.SeesAsync("I found nothing like");
        await ravi.SaysAsync("decline");
        await ravi.SeesAsync("nothing of this kind");
    }

    private async Task NothingIsLostAsync()
    {
        foreach (var id in (string[])["s-01", "s-02", "s-03", "s-04", "s-05", "s-06"])
        {
            Assert.DoesNotContain(await service.EntriesAsync(id), e => e.What is OpportunityEvent.Lost);
        }
    }
}
