using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using static KeyAccountBot.Sales.Opportunities.OpportunityCommand;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>What people do about what they are told: answer in any of the ways there are, do what is asked, or nothing.</summary>
internal sealed class Answers(Year year, Reps reps)
{
    /// <summary>Somebody is told of a step: what they will do, and when. One in thirty does it before it is even sent.</summary>
    public void To(Life life, OpportunityEvent.FollowUpStepTaken told, PersonId reader)
    {
        var chance = life.Chance;
        var early = chance.Of(0.03);
        var at = early ? year.Now : year.Moment(reader, chance, 0, chance.Of(0.7) ? 0 : 2);
        var draw = chance.Between(0, 1);
        Func<Task>? act = told.Kind == DeliveryKind.Reminder && life.Temper == Temper.Hiding ? OfHider(life, told, reader, draw)
            : told.Kind == DeliveryKind.Reminder ? OfRep(life, told, reader, draw) : OfOthers(life, told, reader, draw);
        if (act is not null)
        {
            year.Later(life, at, () => year.IsAway(reader) ? Task.CompletedTask : act());
        }
    }

    private Func<Task>? OfRep(Life life, OpportunityEvent.FollowUpStepTaken told, PersonId reader, double draw) => (draw, told.Cause.Value) switch
    {
        ( < 0.45, "CoverageGap" or "DecisionMakerUnidentified") =>
            () => life.Customer.MapAsync(year.Accounts, 7, reader, year.Now, year.Today(reader)),
        ( < 0.55, _) => () => reps.ChecksInAsync(life, reader),
        ( < 0.65, _) => () => year.PressAsync(life, told.Chain, FollowUpAnswer.Snooze, reader),
        _ => null,
    };

    // as far out as a command goes, whatever the buttons offer; some ask for more time, and some get it
    private Func<Task> OfHider(Life life, OpportunityEvent.FollowUpStepTaken told, PersonId reader, double draw) => draw switch
    {
        < 0.6 => () => year.RecordAsync(life, new AnswerFollowUp(told.Chain, FollowUpAnswer.Snooze, year.Now.AddDays(600), IsOwners: true), reader),
        < 0.75 => () => year.RecordAsync(life, new AnswerFollowUp(told.Chain, FollowUpAnswer.NotAnIssue, null, "all is well", IsOwners: true), reader),
        < 0.85 => () => year.RecordAsync(life, new AnswerFollowUp(told.Chain, FollowUpAnswer.TakeIt, year.Now.AddDays(600), IsOwners: true), reader),
        _ => () => AsksForTimeAsync(life, told.Chain, reader),
    };

    private async Task AsksForTimeAsync(Life life, string chain, PersonId owner)
    {
        if (year.Staff.Company.LineAbove(owner).FirstOrDefault() is not { } leader)
        {
            return;
        }

        await year.RecordAsync(life, new AskForTime(chain, year.Now.AddDays(12), leader.Id), owner);
        var allows = life.Chance.Of(0.5);
        year.Later(life, year.Moment(leader.Id, life.Chance, 0, 1), () => year.IsAway(leader.Id)
            ? Task.CompletedTask
            : year.RecordAsync(life, new AnswerAskedTime(chain, allows, leader.Role), leader.Id));
    }

    private Func<Task>? OfOthers(Life life, OpportunityEvent.FollowUpStepTaken told, PersonId reader, double draw) => draw switch
    {
        < 0.16 => () => TakesAsync(life, told.Chain, reader),
        < 0.25 => () => year.PressAsync(life, told.Chain, FollowUpAnswer.Snooze, reader),
        < 0.34 => () => AsksAsync(life, told.Chain, reader),
        < 0.42 => () => year.PressAsync(life, told.Chain, FollowUpAnswer.NotAnIssue, reader),
        < 0.47 => () => year.RecordAsync(
            life, new AnswerFollowUp(told.Chain, FollowUpAnswer.Reassign, year.QuietUntil(FollowUpAnswer.Reassign, reader), "please look", ColleagueOf(life, reader)), reader),
        < 0.52 => () => year.RecordAsync(
            life, new AnswerFollowUp(told.Chain, FollowUpAnswer.TakeIt, FollowUpPolicy.QuietUntil(
                year.Today(reader).AddDays(life.Chance.From(1, 20)), year.Staff.CalendarOf(reader))), reader),
        < 0.56 => () => TwoAtOnceAsync(life, told.Chain, reader),
        _ => null,
    };

    // half of those who take it see to it that the rep says something
    private async Task TakesAsync(Life life, string chain, PersonId by)
    {
        await year.PressAsync(life, chain, FollowUpAnswer.TakeIt, by);
        if (life.State is { IsOpen: true } opportunity && life.Chance.Of(0.5))
        {
            var owner = opportunity.Facts.Owner;
            year.Later(life, year.Moment(owner, life.Chance, 1, 4), () => year.IsAway(owner) ? Task.CompletedTask : reps.ChecksInAsync(life, owner));
        }
    }

    private async Task AsksAsync(Life life, string chain, PersonId by)
    {
        await year.PressAsync(life, chain, FollowUpAnswer.AskTheRep, by);
        if (life.State is { IsOpen: true } opportunity)
        {
            var owner = opportunity.Facts.Owner;
            Func<Task>? reply = life.Chance.Between(0, 1) switch
            {
                < 0.5 => () => year.RecordAsync(life, new ReplyToFollowUp(chain, "they decide on Friday"), owner),
                < 0.75 => () => reps.ChecksInAsync(life, owner),
                _ => null,
            };
            if (reply is not null)
            {
                year.Later(life, year.Moment(owner, life.Chance, 0, 1), () => year.IsAway(owner) ? Task.CompletedTask : reply());
            }
        }
    }

    private async Task TwoAtOnceAsync(Life life, string chain, PersonId one)
    {
        await year.PressAsync(life, chain, FollowUpAnswer.TakeIt, one);
        if (year.Staff.Company.LineAbove(one).FirstOrDefault() is { } other)
        {
            await year.PressAsync(life, chain, life.Chance.Of(0.5) ? FollowUpAnswer.TakeIt : FollowUpAnswer.NotAnIssue, other.Id);
        }
    }

    private PersonId ColleagueOf(Life life, PersonId reader)
    {
        List<PersonId> others = [.. year.Staff.Company.People.Where(p => p.Role == year.Staff[reader].Role && p.Id != reader).Select(p => p.Id).OrderBy(p => p.Value, StringComparer.Ordinal)];
        return others.Count > 0 ? life.Chance.One(others) : life.Opener;
    }
}
