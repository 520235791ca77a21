using KeyAccountBot.Sales.Playbooks;
using static KeyAccountBot.Sales.Opportunities.OpportunityCommand;
using static KeyAccountBot.Sales.Opportunities.OpportunityEvent;

namespace KeyAccountBot.Sales.Opportunities;

/// <content>Milestones, gates and stages.</content>
public static partial class OpportunityDecider
{
    private static Decision Decide(CheckIn checkIn, Opportunity state, CommandContext context, Playbook playbook)
    {
        if (StandsOutside(state, playbook) is { } outside)
        {
            return outside;
        }

        var reached = new HashSet<MilestoneId>(state.Facts.Reached.Keys);
        var stage = state.Facts.Stage;
        List<OpportunityEvent> events = [new CheckedIn(checkIn.NextStep, state.Facts.Talk.IsOld(checkIn.NextStep, state.Facts.NextStep))];
        foreach (var claim in checkIn.Milestones.OrderBy(c => playbook.StageOf(c.Milestone) is { } s ? playbook.NumberOf(s.Id) : null))
        {
            if (playbook.StageOf(claim.Milestone) is not { } home)
            {
                return Refuse(new Refusal.NotInPlaybook(claim.Milestone.Value));
            }

            if (claim.On > context.Today)
            {
                return Refuse(new Refusal.InTheFuture(claim.On));
            }

            if (playbook.NumberOf(home.Id) > playbook.NumberOf(stage))
            {
                return Refuse(new Refusal.StageNotReached(claim.Milestone, stage, playbook.Stage(stage).Gate.Missing(reached)));
            }

            if (reached.Add(claim.Milestone))
            {
                events.Add(new MilestoneReached(claim.Milestone, claim.On, claim.Evidence));
                AddStageChanges(events, ref stage, reached, state, playbook);
            }
        }

        if (events.Count > 1)
        {
            events[0] = new CheckedIn(checkIn.NextStep);
        }

        return new Decision.Accepted(events);
    }

    private static Decision Decide(TakeBack takeBack, Opportunity state, Playbook playbook)
    {
        var reached = new HashSet<MilestoneId>(state.Facts.Reached.Keys);
        if (!reached.Remove(takeBack.Milestone))
        {
            return Refuse(new Refusal.NotReached(takeBack.Milestone));
        }

        if (StandsOutside(state, playbook) is { } outside)
        {
            return outside;
        }

        var stage = state.Facts.Stage;
        List<OpportunityEvent> events = [new MilestoneTakenBack(takeBack.Milestone, takeBack.Reason)];
        if (takeBack.Milestone == playbook.WonBy && state.Facts.WonAt is not null)
        {
            events.Add(new WinTakenBack());
        }

        AddStageChanges(events, ref stage, reached, state, playbook);
        return new Decision.Accepted(events);
    }

    private static Decision Decide(Win win, Opportunity state, CommandContext context, Playbook playbook)
    {
        if (StandsOutside(state, playbook) is { } outside)
        {
            return outside;
        }

        var reached = new HashSet<MilestoneId>(state.Facts.Reached.Keys) { playbook.WonBy };
        var missing = playbook.Stage(state.Facts.Stage).Gate.Missing(reached);
        return missing.Count > 0
            ? Refuse(new Refusal.StageNotReached(playbook.WonBy, state.Facts.Stage, missing))
            : Decide(new CheckIn([new MilestoneClaim(playbook.WonBy, win.On, win.Evidence)], state.Facts.NextStep), state, context, playbook);
    }

    // without its stage no gate can be looked at: better no entry than one that sends it back to the first
    private static Decision.Refused? StandsOutside(Opportunity state, Playbook playbook)
    {
        var facts = state.Facts;
        return playbook.Find(facts.Stage) is null ? Refuse(new Refusal.StageNotInPlaybook(facts.Stage))
            : playbook.Find(facts.StartedIn) is null ? Refuse(new Refusal.StageNotInPlaybook(facts.StartedIn))
            : null;
    }

    private static void AddStageChanges(
        List<OpportunityEvent> events, ref StageId stage, HashSet<MilestoneId> reached, Opportunity state, Playbook playbook)
    {
        if (state.Facts.WonAt is null && reached.Contains(playbook.WonBy) && stage == playbook.StageOf(playbook.WonBy)!.Id
            && playbook.Stage(stage).Gate.IsOpen(reached) && !events.OfType<Won>().Any())
        {
            events.Add(new Won());
        }

        var stands = playbook.StandingAt(reached, state.Facts.StartedIn);
        if (stands != stage)
        {
            events.Add(new StageChanged(stage, stands));
            stage = stands;
        }

        // also where an ordinary milestone of a completed one is taken back: its last gate still holds
        if (playbook.Stages[^1] is var last && last.Id == stands && last.Gate.IsOpen(reached)
            && !events.OfType<Completed>().Any())
        {
            events.Add(new Completed());
        }
    }
}
