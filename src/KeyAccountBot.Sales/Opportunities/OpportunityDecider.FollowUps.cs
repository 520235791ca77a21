using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Visits;
using static KeyAccountBot.Sales.Opportunities.OpportunityCommand;
using static KeyAccountBot.Sales.Opportunities.OpportunityEvent;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>Follow-ups: steps that the clock takes, and what people answer to them.</summary>
public static partial class OpportunityDecider
{
    // the plan may be older than the state: whoever answered, or closed it, in between is not overheard
    private static Decision Decide(TakeFollowUpSteps steps, Opportunity state, CommandContext context)
    {
        List<OpportunityEvent> events = [];
        foreach (var step in state.IsOpen ? steps.Steps.DistinctBy(s => (s.Chain, s.Step)) : [])
        {
            var chain = state.FollowUps.FirstOrDefault(c => c.Key == step.Chain);
            if (chain is null ? step.Repeat == 0 : MayGoOn(chain, step, context))
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

    private static bool MayGoOn(FollowUpChain chain, DueStep step, CommandContext context) =>
        !chain.IsOver
        && (step.Until == StepEnd.Cause || !(chain.QuietUntil > context.At))
        && chain.Steps.Count(s => s.Step == step.Step) == step.Repeat;

    // what was told in one message is answered in one
    private static Decision Decide(AnswerFollowUp answer, Opportunity state, CommandContext context)
    {
        var chain = state.FollowUps.FirstOrDefault(c => c.Key == answer.Chain);
        if (chain is null or { IsOver: true })
        {
            return Refuse(chain is { AnsweredBy: { } over } && over != context.By
                ? new Refusal.AnsweredAlready(over, FollowUpAnswer.NotAnIssue, null)
                : new Refusal.NothingToAnswer());
        }

        if (chain is { Answer: { } earlier, AnsweredBy: { } first } && first != context.By && chain.QuietUntil > context.At
            && chain.GivenTo != context.By && WeightOf(earlier) >= WeightOf(answer.Answer))
        {
            return Refuse(new Refusal.AnsweredAlready(first, earlier, chain.QuietUntil));
        }

        return new Decision.Accepted([.. state.FollowUps
            .Where(c => c.Key == chain.Key || (!c.IsOver && c.IsToldWith(chain.Key)))
            .Select(c => new FollowUpAnswered(c.Key, answer.Answer, answer.QuietUntil, answer.Note, answer.To))]);
    }

    // whoever looks after it is not overruled by whoever wants to hear of it later
    private static int WeightOf(FollowUpAnswer answer) => answer switch
    {
        FollowUpAnswer.Snooze => 1,
        FollowUpAnswer.AskTheRep => 2,
        FollowUpAnswer.TakeIt or FollowUpAnswer.Reassign or FollowUpAnswer.NotAnIssue => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, null),
    };

    private static Decision Decide(ReplyToFollowUp reply, Opportunity state) =>
        string.IsNullOrWhiteSpace(reply.Text) ? Refuse(new Refusal.NothingSaid())
        : state.FollowUps.FirstOrDefault(c => c.Key == reply.Chain) is { Answer: FollowUpAnswer.AskTheRep, AnsweredBy: { } asked }
            ? Accept(new FollowUpReplied(reply.Chain, reply.Text.Trim(), asked))
            : Refuse(new Refusal.NotAsked());
}
