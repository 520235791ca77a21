using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using static KeyAccountBot.Sales.Opportunities.OpportunityCommand;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>What reps do of their own accord: open, work, win, lose, hold, hand over; or nothing for long.</summary>
internal sealed class Reps(Year year)
{
    /// <summary>The opportunity comes on record, and its rep will come back to it.</summary>
    public async Task OpensAsync(Life life)
    {
        await year.RecordAsync(life, new Open(life.Customer.Name, "Pumps", new Money(life.Amount, "EUR"), life.Opener, null, life.Stage), life.Opener);
        Returns(life, life.Opener, life.Stage);
    }

    /// <summary>The rep says where it stands, with whatever moved.</summary>
    public async Task ChecksInAsync(Life life, PersonId by)
    {
        if (life.State is not { IsOpen: true } opportunity)
        {
            return;
        }

        var facts = opportunity.Facts;
        var stage = year.Playbook.Stage(facts.Stage);
        var today = year.Today(by);
        List<MilestoneId> missing = [.. stage.Milestones.Select(m => m.Id).Where(m => !facts.Reached.ContainsKey(m))];
        List<MilestoneClaim> claims = [];
        for (var more = life.Chance.Of(0.7); more && missing.Count > 0; more = life.Chance.Of(0.4))
        {
            var reached = life.Chance.One(missing);
            missing.Remove(reached);
            claims.Add(new MilestoneClaim(reached, today, null));
        }

        var next = life.Chance.Of(0.2) ? new NextStep("the next call", today.AddDays(life.Chance.From(2, 12))) : null;
        var visit = facts.Visits.FirstOrDefault(v => v.At < year.Now);
        await year.RecordAsync(
            life, visit is null ? new CheckIn(claims, next) : new ReportVisit(visit.Id, today, [], [], claims, next, "a good talk"), by);
        if (facts.Stage.Value == "bidding" && facts.BidBranch is null)
        {
            await year.RecordAsync(life, new ChooseBidBranch(life.Chance.Of(0.7) ? new BidBranch.Bid(today.AddDays(life.Chance.From(3, 25))) : new BidBranch.DirectNegotiation()), by);
        }

        if (facts.Stage.Value == "negotiation" && facts.ContractApprover is null && life.Customer.Approver is { } approver)
        {
            await year.RecordAsync(life, new NameContractApprover(approver), by);
        }
    }

    private async Task DoesAsync(Life life)
    {
        if (life.State is not { } opportunity)
        {
            return;
        }

        var owner = opportunity.Facts.Owner;
        if (life.Temper == Temper.Hiding && opportunity.IsFollowedUp && !year.IsAway(owner))
        {
            await HidesAsync(life, opportunity, owner);
        }
        else if (opportunity.Facts.Status == OpportunityStatus.OnHold && life.Chance.Of(0.6))
        {
            await year.RecordAsync(life, new Reopen("the budget is back"), owner);
        }
        else if (!opportunity.IsOpen)
        {
            return;
        }
        else if (year.IsAway(owner))
        {
            // nobody works on it before they are back, who hears of it meanwhile
            Returns(life, owner, opportunity.Facts.Stage);
            return;
        }
        else
        {
            await WorksAsync(life, opportunity, owner);
        }

        if (life.State is { } after)
        {
            Returns(life, after.Facts.Owner, after.Facts.Stage);
        }
    }

    // every week something, and nothing of it moves the deal
    private Task HidesAsync(Life life, Opportunity opportunity, PersonId owner)
    {
        var today = year.Today(owner);
        return (opportunity.IsOpen, life.Chance.Between(0, 1)) switch
        {
            (true, < 0.06) => year.RecordAsync(life, new Hold("the budget is frozen", today.AddDays(life.Chance.From(20, 90))), owner),
            (true, _) => year.RecordAsync(life, new CheckIn([], new NextStep("the next call", today.AddDays(10))), owner),
            (false, < 0.1) => year.RecordAsync(life, new Reopen("the budget is back"), owner),
            (false, < 0.2) => year.RecordAsync(life, new Hold("still frozen", today.AddDays(life.Chance.From(20, 90))), owner),
            _ => Task.CompletedTask,
        };
    }

    private async Task WorksAsync(Life life, Opportunity opportunity, PersonId owner)
    {
        var facts = opportunity.Facts;
        switch (life.Chance.Between(0, 1))
        {
            case < 0.42 when facts.WonAt is null:
                await year.RecordAsync(life, new Lose("the customer chose another"), owner);
                break;
            case < 0.45:
                await year.RecordAsync(life, new Hold("no budget this quarter"), owner);
                break;
            case < 0.48:
                await year.RecordAsync(life, new HandOver(SuccessorOf(life, owner), "another region"), owner);
                break;
            case < 0.55:
                await VisitsAsync(life, owner);
                break;
            case < 0.57 when opportunity.LastEntry?.By == owner:
                await year.RecordAsync(life, new Undo(), owner);
                break;
            case < 0.59 when facts.Reached.Count > 0:
                await year.RecordAsync(life, new TakeBack(facts.Reached.Keys.Last(), "said too early"), owner);
                break;
            default:
                await ChecksInAsync(life, owner);
                break;
        }
    }

    private async Task VisitsAsync(Life life, PersonId owner)
    {
        var at = year.Moment(owner, life.Chance, 1, 8);
        var visit = new VisitId($"v{life.NextAct()}");
        await year.RecordAsync(life, new PlanVisit(visit, at, [], null), owner);
        switch (life.Chance.Between(0, 1))
        {
            case < 0.55:
                var report = year.Moment(owner, life.Chance, 0, 1, at.AddHours(1));
                year.Later(life, report, () => ChecksInAsync(life, owner));
                break;
            case < 0.65:
                year.Later(life, year.Moment(owner, life.Chance, 0, 1), () => year.RecordAsync(life, new CancelVisit(visit, "they fell ill"), owner));
                break;
            case < 0.75:
                year.Later(life, year.Moment(owner, life.Chance, 0, 1), () => year.RecordAsync(life, new MoveVisit(visit, at.AddDays(7)), owner));
                break;
            default:
                break;
        }
    }

    private void Returns(Life life, PersonId owner, StageId stage)
    {
        var every = year.Playbook.Stage(stage).CheckInEvery * life.Temper switch
        {
            Temper.Diligent => life.Chance.Between(0.3, 0.9),
            Temper.Average => life.Chance.Between(0.5, 1.5),
            Temper.Hiding => 0.5,
            _ => life.Chance.Between(1.2, 4),
        };
        var days = Math.Max(1, (int)every);
        year.Later(life, year.Moment(owner, life.Chance, days, days), () => DoesAsync(life));
    }

    private PersonId SuccessorOf(Life life, PersonId owner)
    {
        List<PersonId> colleagues = [.. year.Staff.Company.People.Where(p => p.Role == Role.Rep && p.Manager == year.Staff[owner].Manager && p.Id != owner)
            .Select(p => p.Id).OrderBy(p => p.Value, StringComparer.Ordinal)];
        return life.Chance.Of(0.85) && colleagues.Count > 0 ? life.Chance.One(colleagues)
            : life.Chance.One(year.Staff.Reps) is var anybody && anybody != owner ? anybody : colleagues[0];
    }
}
