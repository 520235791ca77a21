using CsCheck;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

/// <summary>What a list's line says of an opportunity may have a digest look too early, and never hides anything from it.</summary>
public sealed class DigestTimesProperties
{
    private static readonly string[] Zones = ["Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles", "Asia/Shanghai"];
    private static readonly string[] Stages = ["development", "establishment", "proposal", "bidding", "negotiation"];

    private static readonly Gen<(int Zone, int Stage, int Age, (int Kind, int Days)[] Acts, int Later)> Lives = Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[0, 60], Gen.Select(Gen.Int[0, 7], Gen.Int[0, 12]).Array[0, 6], Gen.Int[0, 40]);

    [Fact]
    public void An_opportunity_that_a_digest_does_not_look_at_has_nothing_to_tell() => Lives.Sample(life =>
    {
        var sale = Lived(life, life.Acts.Length);
        AssertHidesNothing(DigestTimes.Of(sale.State!, Playbook), sale);
    }, iter: 400);

    [Fact]
    public void Neither_does_a_line_that_was_not_written_again_since_hide_anything() => Lives.Sample(life =>
    {
        var earlier = DigestTimes.Of(Lived(life, Math.Max(0, life.Acts.Length - 1)).State!, Playbook);
        var sale = Lived(life, life.Acts.Length);
        if (earlier.DoFor(DigestTimes.Of(sale.State!, Playbook)))
        {
            AssertHidesNothing(earlier, sale);
        }
    }, iter: 400);

    [Fact]
    public void Most_that_are_on_their_way_are_not_looked_at()
    {
        var sale = Sale.Opened(stage: "development", entered: Monday.AddDays(-10));
        sale.Does(new OpportunityCommand.CheckIn([], null));
        Assert.Equal(DigestLook.News, LookAt(sale, sale.Now.AddDays(-9)));
        Assert.Equal(DigestLook.None, LookAt(sale, sale.Now.AddDays(1)));
        Assert.Equal(DigestLook.Late, LookAt(sale, sale.Now.AddDays(60)));
        sale.Does(new OpportunityCommand.Lose("gone"));
        Assert.Equal(DigestLook.None, LookAt(sale, sale.Now.AddDays(60)));
    }

    [Fact]
    public void A_line_of_an_older_version_is_looked_at() =>
        Assert.Equal(DigestLook.Late, DigestTimes.LookAt(null, OpportunityStatus.Open, Playbook.First.Id, false, null, Playbook, Monday));

    private static void AssertHidesNothing(DigestTimes times, Sale sale)
    {
        var facts = sale.Facts;
        if (DigestTimes.LookAt(times, facts.Status, facts.Stage, facts.WonAt is not null, facts.ExpectedClose, Playbook, sale.Now) == DigestLook.None)
        {
            var digest = WeeklyDigest.Of([(sale.State!, null)], Playbook, sale.Company, sale.Now);
            Assert.Empty(digest.Moved);
            Assert.Empty(digest.Stuck);
            Assert.Empty(digest.Expected);
            Assert.Empty(digest.Uncovered);
        }
    }

    private static DigestLook LookAt(Sale sale, DateTimeOffset now) => DigestTimes.LookAt(
        DigestTimes.Of(sale.State!, Playbook), sale.Facts.Status, sale.Facts.Stage, sale.Facts.WonAt is not null, sale.Facts.ExpectedClose, Playbook, now);

    private static Sale Lived((int Zone, int Stage, int Age, (int Kind, int Days)[] Acts, int Later) life, int acts)
    {
        var sale = Sale.Opened(stage: Stages[life.Stage], entered: Monday.AddDays(-life.Age), company: new Company(Staff(Zones[life.Zone])));
        foreach (var (kind, days) in life.Acts.Take(acts))
        {
            sale.FollowUpUntil(sale.Now.AddDays(days));
            Act(sale, kind, days);
        }

        sale.FollowUpUntil(Monday.AddDays(life.Acts.Sum(a => a.Days) + life.Later));
        return sale;
    }

    private static void Act(Sale sale, int kind, int days)
    {
        switch (kind)
        {
            case 0:
                sale.Does(new OpportunityCommand.CheckIn([], null));
                break;
            case 1:
                sale.Does(new OpportunityCommand.CheckIn([], new NextStep("demo", sale.Today.AddDays(days))));
                break;
            case 2:
                sale.Reaches("project-information");
                break;
            case 3:
                sale.Plans($"v{days}", sale.Now.AddDays(days + 1));
                break;
            case 4:
                sale.Does(new OpportunityCommand.ChooseBidBranch(new BidBranch.Bid(sale.Today.AddDays(days * 3))));
                break;
            case 5:
                sale.Does(new OpportunityCommand.Hold("budget frozen"));
                break;
            case 6:
                sale.Does(new OpportunityCommand.Reopen("budget is back"));
                break;
            default:
                sale.Does(new OpportunityCommand.Lose("gone"));
                break;
        }
    }
}
