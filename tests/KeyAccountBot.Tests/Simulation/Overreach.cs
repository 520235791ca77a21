using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>
/// Stand-ins who overreach: named by somebody who may not name them, or by who only stands in themselves, they close what is not theirs.
/// A few try each day, and each is to be refused.
/// </summary>
internal sealed class Overreach(Year year, Chance chance)
{
    private const int LooksADay = 40;
    private const int TriesADay = 2;

    /// <summary>A day begins: some of these opportunities have an owner, or somebody above, who is away.</summary>
    public void Begin(IReadOnlyList<Life> open)
    {
        var company = year.Staff.Company.AsOf(year.Now);
        var tries = 0;
        for (var i = 0; i < LooksADay && tries < TriesADay && open.Count > 0; i++)
        {
            var life = chance.One(open);
            foreach (var by in Overreaching(life, company).Take(1))
            {
                year.Later(life, year.Moment(by, chance, 0, 0), () => TriesAsync(life, by));
                tries++;
            }
        }
    }

    private Task TriesAsync(Life life, PersonId by)
    {
        if (life.State is not { IsOpen: true } || !Overreaching(life, year.Staff.Company.AsOf(year.Now)).Contains(by))
        {
            return Task.CompletedTask;
        }

        Interlocked.Increment(ref year.Figures.Overreaches);
        return year.RecordAsync(life, life.Chance.Of(0.5) ? new OpportunityCommand.Lose("somebody said so") : new OpportunityCommand.HandOver(by, "I know them"), by);
    }

    // who was named by one of the line, and whom those in turn named: all who may not act
    private IEnumerable<PersonId> Overreaching(Life life, Company company)
    {
        if (life.State?.Facts.Owner is not { } owner)
        {
            yield break;
        }

        foreach (var person in company.LineAbove(owner).Prepend(company.Find(owner)!).Where(company.IsAway))
        {
            for (var (next, steps) = (person.Away?.StandIn, 0); next is { } named && steps < 2; next = company.Find(named)!.Away?.StandIn, steps++)
            {
                if (!company.MaySee(named, owner))
                {
                    yield return named;
                }
            }
        }
    }
}
