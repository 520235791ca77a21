using KeyAccountBot.Sales.Playbooks;
using static KeyAccountBot.Sales.Opportunities.OpportunityCommand;
using static KeyAccountBot.Sales.Opportunities.OpportunityEvent;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>Follow-ups: steps that the clock takes, and what people answer to them.</summary>
public static partial class OpportunityDecider
{
    // the plan may be older than the state: who answered, or closed it, in between is not overheard
    private static Decision Decide(TakeFollowUpSteps steps, Opportunity state)
    {
        List<OpportunityEvent> events = [];
        foreach (var step in steps.Steps.DistinctBy(s => (s.Chain, s.Step)).Where(s => s.While == state.Facts.Status))
        {
            var chain = state.FollowUps.FirstOrDefault(c => c.Key == step.Chain);
            if (chain is null ? step.Repeat == 0 : MayGoOn(chain, step))
            {
                events.Add(new FollowUpStepTaken(
                    step.Chain, step.Cause, step.Since, step.Step, step.To, step.Kind, step.Repeat, step.HeldBack, step.Over, step.Urgent, step.Room,
                    step.InPlaceOf));
            }
        }

        var briefs = state.IsOpen ? steps.Briefs ?? [] : [];
        events.AddRange(briefs.Distinct()
            .Where(b => state.Facts.Visits.Any(v => v.Id == b.Visit && v.At == b.VisitAt) && !state.SentBriefs.Contains(new SentBrief(b.Visit, b.VisitAt)))
            .Select(b => new BriefSent(b.Visit, b.VisitAt, b.To)));

        return new Decision.Accepted(events);
    }

    private static bool MayGoOn(FollowUpChain chain, DueStep step) =>
        !chain.IsOver
        && (step.Until == StepEnd.Cause || chain.Answered == step.Answered)
        && chain.Steps.Count(s => s.Step == step.Step) == step.Repeat;

    // two ends of a quiet that are closer than this are the same day to everybody who reads it
    private static readonly TimeSpan SameDay = TimeSpan.FromHours(12);

    // what was told in one message is answered in one; said again by the same person, it is on record already
    private static Decision Decide(AnswerFollowUp answer, Opportunity state, CommandContext context, Playbook playbook)
    {
        var isOwners = answer.IsOwners || context.By == state.Facts.Owner;
        var chain = state.FollowUps.FirstOrDefault(c => c.Key == answer.Chain);
        if (chain is { IsOver: true } && IsSaidAlready(chain, answer, isOwners, context))
        {
            return new Decision.Accepted([]);
        }

        if (chain is null or { IsOver: true })
        {
            return Refuse(chain is { AnsweredBy: { } over } && over != context.By
                ? new Refusal.AnsweredAlready(over, FollowUpAnswer.NotAnIssue, null)
                : new Refusal.NothingToAnswer());
        }

        if (chain is { Answer: { } earlier, AnsweredBy: { } first } && first != context.By && chain.QuietUntil > context.At
            && chain.GivenTo != context.By && Overrules(earlier, answer.Answer, isOwners))
        {
            return Refuse(new Refusal.AnsweredAlready(first, earlier, chain.QuietUntil));
        }

        List<FollowUpChain> answered = [.. ToldWith(chain, state).Where(c => !IsSaidAlready(c, answer, isOwners, context))];
        if (answered.Count > 0 && isOwners && answer.Answer == FollowUpAnswer.Snooze && chain.OwnersSnoozes >= playbook.FollowUps.Owner.Snoozes)
        {
            return Refuse(new Refusal.SnoozedOften(playbook.FollowUps.Owner.Snoozes));
        }

        return new Decision.Accepted(
            [.. answered.Select(c => new FollowUpAnswered(c.Key, answer.Answer, answer.QuietUntil, answer.Note, answer.To, isOwners, answer.Reach))]);
    }

    // theirs is the last word, it says the same, and it still quiets
    private static bool IsSaidAlready(FollowUpChain chain, AnswerFollowUp answer, bool isOwners, CommandContext context) =>
        chain.All.LastOrDefault(a => a.IsOwners == isOwners) is { } last
        && last.By == context.By && last.Answer == answer.Answer && last.Note == answer.Note && last.Reach == answer.Reach
        && (isOwners || chain.GivenTo == answer.To)
        && (last.QuietUntil, answer.QuietUntil) switch
        {
            (null, null) => true,
            ({ } before, { } again) => before > context.At && (again - before).Duration() < SameDay,
            _ => false,
        };

    // more time than the owner may take: who leads them says yes or no, with their own authority
    private static Decision Decide(AskForTime ask, Opportunity state, CommandContext context) =>
        state.FollowUps.FirstOrDefault(c => c.Key == ask.Chain) is not { IsOver: false } chain || ask.Until <= context.At
            ? Refuse(new Refusal.NothingToAnswer())
            : chain.TimeAsked is { IsOpen: true }
                ? new Decision.Accepted([]) // one question at a time
                : Accept(new TimeAskedFor(ask.Chain, ask.Until, ask.Of));

    private static Decision Decide(AnswerAskedTime answer, Opportunity state, CommandContext context)
    {
        if (state.FollowUps.FirstOrDefault(c => c.Key == answer.Chain)?.TimeAsked is { Allowed: { } said, AnsweredBy: { } by } && by == context.By && said == answer.Allowed)
        {
            return new Decision.Accepted([]);
        }

        if (state.FollowUps.FirstOrDefault(c => c.Key == answer.Chain) is not { IsOver: false, TimeAsked: { IsOpen: true } asked } chain || context.By == state.Facts.Owner)
        {
            return Refuse(new Refusal.NothingToAnswer());
        }

        var answered = new TimeAnswered(chain.Key, answer.Allowed, asked.Until, asked.By ?? state.Facts.Owner);
        return answer.Allowed
            ? new Decision.Accepted(
                [.. ToldWith(chain, state).Select(c => new FollowUpAnswered(c.Key, FollowUpAnswer.Snooze, asked.Until, Reach: answer.Reach)), answered])
            : Accept(answered);
    }

    private static IEnumerable<FollowUpChain> ToldWith(FollowUpChain chain, Opportunity state) =>
        state.FollowUps.Where(c => c.Key == chain.Key || (!c.IsOver && c.IsToldWith(chain.Key)));

    // a snooze is everybody's own, except that the rep has none while those above want quiet anyway
    private static bool Overrules(FollowUpAnswer earlier, FollowUpAnswer later, bool isOwners) =>
        WeightOf(earlier) >= WeightOf(later) && (earlier != FollowUpAnswer.Snooze || isOwners);

    // who looks after it is not overruled by who wants to hear of it later
    private static int WeightOf(FollowUpAnswer answer) => answer switch
    {
        FollowUpAnswer.Snooze => 1,
        FollowUpAnswer.AskTheRep => 2,
        FollowUpAnswer.TakeIt or FollowUpAnswer.Reassign or FollowUpAnswer.NotAnIssue => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, null),
    };

    private static Decision Decide(ReplyToFollowUp reply, Opportunity state) =>
        string.IsNullOrWhiteSpace(reply.Text) ? Refuse(new Refusal.NothingSaid())
        : state.FollowUps.FirstOrDefault(c => c.Key == reply.Chain) is { Answer: FollowUpAnswer.AskTheRep, AnsweredBy: { } asked } chain
            ? chain.Replied == reply.Text.Trim() ? new Decision.Accepted([]) : Accept(new FollowUpReplied(reply.Chain, reply.Text.Trim(), asked))
            : Refuse(new Refusal.NotAsked());
}
