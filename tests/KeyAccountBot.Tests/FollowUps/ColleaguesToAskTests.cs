using KeyAccountBot.FollowUps;
using KeyAccountBot.Sales.People;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.FollowUps;

public class ColleaguesToAskTests
{
    [Fact]
    public void Peers_and_the_team_are_offered_without_who_asks_who_owns_it_and_who_is_away()
    {
        var day = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        var away = new Absence(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 9), null);
        var many = Enumerable.Range(0, 30).Select(i => new Person(new($"r{i}"), $"Rep {i:D2}", Role.Rep, Manager: Manager.Id));
        var company = new Company([Rep, Manager, Director, Peer, new(new("zoe"), "Zoe", Role.Manager, Manager: Director.Id, Away: away), .. many]).AsOf(day);

        var offered = ColleaguesToAsk.Of(company, Manager, Rep.Id);

        Assert.Equal(ColleaguesToAsk.Offered, offered.Count);
        Assert.Equal(["Ada Lind", "Rep 00", "Rep 01"], offered.Take(3).Select(p => p.Name));
        Assert.DoesNotContain(offered, p => p.Id == Manager.Id || p.Id == Rep.Id || p.Name == "Zoe");
    }
}
