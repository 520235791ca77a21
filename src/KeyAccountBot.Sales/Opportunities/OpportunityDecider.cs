using KeyAccountBot.Sales.Playbooks;
using static KeyAccountBot.Sales.Opportunities.OpportunityCommand;
using static KeyAccountBot.Sales.Opportunities.OpportunityEvent;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>The rule book of an opportunity: what a command leads to, and what an event changes. Pure.</summary>
public static partial class OpportunityDecider
{
    private const int KeptChains = 12;

    /// <summary>Decides a command against the state; no event is recorded by this.</summary>
    public static Decision Decide(OpportunityCommand command, Opportunity? state, CommandContext context, Playbook playbook) =>
        (command, state) switch
        {
            (Open open, null) => Decide(open, context, playbook),
            (Open, _) => Refuse(new Refusal.AlreadyOnRecord()),
            (_, null) => Refuse(new Refusal.NotOnRecord()),
            (CheckIn checkIn, { IsOpen: true }) => Decide(checkIn, state, context, playbook),
            (Win win, { IsOpen: true, Facts.WonAt: null }) => Decide(win, state, context, playbook),
            (Win or Lose, { Facts.WonAt: { } since }) => Refuse(new Refusal.WonAlready(since)),
            (TakeBack takeBack, { IsOpen: true } or { Facts.Status: OpportunityStatus.Completed }) => Decide(takeBack, state, playbook),
            (Lose lose, { Facts.Status: OpportunityStatus.Open or OpportunityStatus.OnHold, Facts.WonAt: null }) => Accept(new Lost(lose.Reason)),
            (Hold hold, { Facts.Status: OpportunityStatus.Open or OpportunityStatus.OnHold }) => Decide(hold, context, playbook),
            (Reopen reopen, { Facts.Status: OpportunityStatus.Lost or OpportunityStatus.OnHold }) => Accept(new Reopened(reopen.Reason)),
            (HandOver handOver, { Facts.Status: OpportunityStatus.Open or OpportunityStatus.OnHold }) =>
                handOver.To == state.Facts.Owner
                    ? Refuse(new Refusal.AlreadyTheirs(handOver.To))
                    : Accept(new HandedOver(state.Facts.Owner, handOver.To, handOver.Reason)),
            (AddQuestion add, { IsOpen: true }) => Decide(add, state, playbook),
            (AnswerQuestion answer, { IsOpen: true }) => Answers([answer.Answer], answer.On, state, context, playbook),
            (ReopenQuestion reopen, { IsOpen: true }) => Decide(reopen, state),
            (PlanVisit plan, { IsOpen: true }) => Decide(plan, state, context),
            (MoveVisit move, { IsOpen: true }) => Decide(move, state, context),
            (CancelVisit cancel, { IsOpen: true }) => Decide(cancel, state),
            (ReportVisit report, { IsOpen: true }) => Decide(report, state, context, playbook),
            (Evaluate evaluate, { IsOpen: true }) => evaluate.Evaluation.Outside() is { } outside
                ? Refuse(new Refusal.ScoreOutside(outside.Score))
                : Accept(new CustomerEvaluated(evaluate.Evaluation)),
            (ChangeFacts change, _) => Decide(change, state),
            (ChooseBidBranch choose, { IsOpen: true }) => Accept(new BidBranchChosen(choose.Branch)),
            (NameContractApprover name, { IsOpen: true }) => Accept(new ContractApproverNamed(name.Approver)),
            (TellAssigned tell, _) => tell.To == context.By ? new Decision.Accepted([]) : Accept(new DecisionMakerAssigned(tell.Contact, tell.Name, tell.To)),
            (Undo undo, _) => state.LastEntry switch
            {
                null => Refuse(new Refusal.NothingToUndo()),
                { } entry when undo.Entry is { } shown && shown != entry.Command => Refuse(new Refusal.NothingToUndo()),
                { } entry when entry.By != context.By => Refuse(new Refusal.SomebodyElsesEntry(entry.By)),
                { } entry => Accept(new EntryUndone(entry.Command)),
            },
            (TakeFollowUpSteps steps, _) => Decide(steps, state),
            (AnswerFollowUp answer, _) => Decide(answer, state, context, playbook),
            (AskForTime ask, _) => Decide(ask, state, context),
            (AnswerAskedTime answer, _) => Decide(answer, state, context),
            (ReplyToFollowUp reply, _) => Decide(reply, state),
            (CheckIn or Win or TakeBack or Lose or Hold or Reopen or HandOver
                or AddQuestion or AnswerQuestion or ReopenQuestion or PlanVisit or MoveVisit or CancelVisit or ReportVisit
                or Evaluate or ChooseBidBranch or NameContractApprover, _) => Refuse(new Refusal.WrongStatus(state.Facts.Status)),
            _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}."),
        };

    /// <summary>Folds one entry in; the first one must open the opportunity.</summary>
    public static Opportunity Evolve(OpportunityId id, Opportunity? state, OpportunityEntry entry)
    {
        if (entry.What is Opened opened)
        {
            return new Opportunity(id, entry.Number, FactsOf(opened, entry.At), null, []);
        }

        _ = state ?? throw new InvalidOperationException($"The first entry of {id} is {entry.What.GetType().Name}, not Opened.");
        var next = entry.What switch
        {
            EntryUndone => state with { Facts = state.LastEntry!.Before, LastEntry = null },
            FollowUpStepTaken taken => state with { FollowUps = FollowUpChain.With(state.FollowUps, taken, entry.At, KeptChains) },
            FollowUpAnswered answered => state with { FollowUps = FollowUpChain.With(state.FollowUps, answered, entry.By, state.Facts.Owner) },
            TimeAskedFor asked => state with { FollowUps = FollowUpChain.With(state.FollowUps, asked, entry.By) },
            TimeAnswered answered => state with { FollowUps = FollowUpChain.With(state.FollowUps, answered, entry.By) },
            FollowUpReplied replied => state with { FollowUps = FollowUpChain.With(state.FollowUps, replied) },
            DecisionMakerAssigned => state,
            BriefSent sent => state with { SentBriefs = WithBrief(state.SentBriefs, sent, entry.At) },
            _ => state with
            {
                Facts = Evolve(state.Facts, entry),
                LastEntry = entry.By is not { } by ? null
                    : state.LastEntry is { } last && last.Command == entry.Command ? last
                    : new UndoableEntry(entry.Command, by, state.Facts),
            },
        };
        return next with { Version = entry.Number };
    }

    /// <summary>Folds entries in order.</summary>
    public static Opportunity? Fold(OpportunityId id, Opportunity? state, IEnumerable<OpportunityEntry> entries) =>
        entries.Aggregate(state, (current, entry) => Evolve(id, current, entry));

    private static Decision Decide(Open open, CommandContext context, Playbook playbook)
    {
        var stage = open.Stage ?? playbook.First.Id;
        return playbook.Find(stage) is null
            ? Refuse(new Refusal.NotInPlaybook(stage.Value))
            : Accept(new Opened(
                open.Account, open.Name, open.Amount, open.Owner, open.ExpectedClose,
                stage, open.StageEnteredAt ?? context.At, open.Status, open.ClosedOn));
    }

    private static OpportunityFacts FactsOf(Opened opened, DateTimeOffset at) =>
        new(opened.Account, opened.Name, opened.Amount, opened.Owner, opened.ExpectedClose,
            opened.Stage, opened.Stage, opened.StageEnteredAt, opened.Status, null,
            opened.Status == OpportunityStatus.Completed ? at : null, opened.ClosedOn,
            new SortedDictionary<MilestoneId, ReachedMilestone>(ByValue<MilestoneId>.Instance), null, at, null)
        {
            HeldSince = opened.Status == OpportunityStatus.OnHold ? at : null,
        };

    private static OpportunityFacts Evolve(OpportunityFacts facts, OpportunityEntry entry) => entry.What switch
    {
        CheckedIn checkedIn => facts with { LastCheckInAt = entry.At, NextStep = checkedIn.NextStep, Talk = facts.Talk.With(checkedIn, entry.At) },
        MilestoneReached reached => facts with
        {
            Reached = Changed(facts.Reached, r => r[reached.Milestone] = new ReachedMilestone(reached.On, entry.By, reached.Evidence)),
            LastMilestoneAt = entry.At,
            Talk = Talk.None,
        },
        MilestoneTakenBack back => facts with
        {
            Reached = Changed(facts.Reached, r => r.Remove(back.Milestone)),
            Status = OpportunityStatus.Open,
            ClosedOn = null,
        },
        StageChanged changed => facts with { Stage = changed.To, StageEnteredAt = entry.At },
        Won => facts with { WonAt = entry.At },
        WinTakenBack => facts with { WonAt = null },
        Lost lost => facts with { Status = OpportunityStatus.Lost, StatusReason = lost.Reason, ClosedOn = DateOnly.FromDateTime(entry.At.UtcDateTime) },
        PutOnHold hold => Holds.Evolve(facts, hold, entry.At),
        Reopened => facts with
        {
            Status = OpportunityStatus.Open, StatusReason = null, ClosedOn = null, LastCheckInAt = entry.At, HeldSince = null, HeldUntil = null, HoldsProlonged = 0,
        },
        HandedOver handedOver => facts with { Owner = handedOver.To, LastCheckInAt = entry.At },
        Completed => facts with { Status = OpportunityStatus.Completed, ClosedOn = facts.Reached.Values.Max(m => m.On) },
        QuestionAdded or QuestionAnswered or QuestionReopened => EvolveQuestions(facts, entry),
        VisitPlanned or VisitMoved or VisitCancelled or VisitReported => EvolveVisits(facts, entry),
        CustomerEvaluated evaluated => facts with { Evaluation = evaluated.Evaluation },
        FactsChanged changed => With(facts, changed.To),
        BidBranchChosen chosen => facts with { BidBranch = chosen.Branch },
        ContractApproverNamed named => facts with { ContractApprover = named.Approver },
        Opened or EntryUndone or FollowUpStepTaken or FollowUpAnswered or FollowUpReplied or TimeAskedFor or TimeAnswered or BriefSent or DecisionMakerAssigned => facts,
        _ => throw new InvalidOperationException($"No rule for {entry.What.GetType().Name}."),
    };

    private static SortedDictionary<TId, T> Changed<TId, T>(IReadOnlyDictionary<TId, T> before, Action<SortedDictionary<TId, T>> change)
        where TId : struct, IId<TId>
    {
        var copy = new SortedDictionary<TId, T>(ByValue<TId>.Instance);
        foreach (var (id, value) in before)
        {
            copy[id] = value;
        }

        change(copy);
        return copy;
    }

    private static Decision.Accepted Accept(OpportunityEvent happened) => new([happened]);

    private static Decision.Refused Refuse(Refusal reason) => new(reason);

    private sealed class ByValue<TId> : IComparer<TId> where TId : struct, IId<TId>
    {
        public static readonly ByValue<TId> Instance = new();

        public int Compare(TId x, TId y) => string.CompareOrdinal(x.Value, y.Value);
    }
}
