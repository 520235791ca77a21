using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>Something a person or the clock wants recorded.</summary>
public abstract record OpportunityCommand
{
    private OpportunityCommand() { }

    /// <summary>Puts a new opportunity on record, in a stage and status of its own where it comes from elsewhere.</summary>
    public sealed record Open(
        string Account, string Name, Money Amount, PersonId Owner, DateOnly? ExpectedClose,
        StageId? Stage = null, DateTimeOffset? StageEnteredAt = null,
        OpportunityStatus Status = OpportunityStatus.Open, DateOnly? ClosedOn = null) : OpportunityCommand;

    /// <summary>Says where it stands.</summary>
    public sealed record CheckIn(IReadOnlyList<MilestoneClaim> Milestones, NextStep? NextStep) : OpportunityCommand;

    /// <summary>Takes a milestone back.</summary>
    public sealed record TakeBack(MilestoneId Milestone, string Reason) : OpportunityCommand;

    /// <summary>The contract is signed.</summary>
    public sealed record Win(DateOnly On, string? Evidence) : OpportunityCommand;

    /// <summary>It is lost.</summary>
    public sealed record Lose(string Reason) : OpportunityCommand;

    /// <summary>It rests until a local day on which it is looked at again; for as long as the playbook allows where none is said. Said again, it names another day.</summary>
    public sealed record Hold(string Reason, DateOnly? Until = null) : OpportunityCommand;

    /// <summary>It is alive again.</summary>
    public sealed record Reopen(string Reason) : OpportunityCommand;

    /// <summary>It goes to another rep.</summary>
    public sealed record HandOver(PersonId To, string Reason) : OpportunityCommand;

    /// <summary>Takes back the last entry, if the same person made it; with <see cref="Entry"/> only that one, the one that was shown.</summary>
    public sealed record Undo(CommandId? Entry = null) : OpportunityCommand;

    /// <summary>The customer has a question of their own.</summary>
    public sealed record AddQuestion(QuestionId Question, string Text, StageId Stage, BuyingRole AskedBy) : OpportunityCommand;

    /// <summary>The customer was told the answer; a later answer replaces an earlier one.</summary>
    public sealed record AnswerQuestion(GivenAnswer Answer, DateOnly On) : OpportunityCommand;

    /// <summary>The answer does not satisfy the customer after all.</summary>
    public sealed record ReopenQuestion(QuestionId Question, string Reason) : OpportunityCommand;

    /// <summary>Plans a visit; an instant that is still to come.</summary>
    public sealed record PlanVisit(VisitId Visit, DateTimeOffset At, IReadOnlyList<ContactId> Contacts, string? Aims) : OpportunityCommand;

    /// <summary>The visit begins at another time.</summary>
    public sealed record MoveVisit(VisitId Visit, DateTimeOffset At) : OpportunityCommand;

    /// <summary>The visit does not take place.</summary>
    public sealed record CancelVisit(VisitId Visit, string Reason) : OpportunityCommand;

    /// <summary>A visit took place, a planned one or, without an id, another. Counts as a check-in.</summary>
    public sealed record ReportVisit(
        VisitId? Visit, DateOnly On, IReadOnlyList<ContactId> Met, IReadOnlyList<GivenAnswer> Answers,
        IReadOnlyList<MilestoneClaim> Milestones, NextStep? NextStep, string? Notes) : OpportunityCommand;

    /// <summary>Says what the rep thinks of the customer.</summary>
    public sealed record Evaluate(Evaluation Evaluation) : OpportunityCommand;

    /// <summary>Says what it is worth, when it closes, what it is called, until when bids are taken or who else wants it; what is not spoken of stays.</summary>
    public sealed record ChangeFacts(FactValues To) : OpportunityCommand;

    /// <summary>Says how the customer buys.</summary>
    public sealed record ChooseBidBranch(BidBranch Branch) : OpportunityCommand;

    /// <summary>Names who at the customer approves the contract.</summary>
    public sealed record NameContractApprover(ContactId Approver) : OpportunityCommand;

    /// <summary>Tells a person that a decision maker of the customer is theirs to look after; the account's record says it already.</summary>
    public sealed record TellAssigned(ContactId Contact, string Name, PersonId To) : OpportunityCommand;

    /// <summary>The clock: these steps and briefs are due.</summary>
    public sealed record TakeFollowUpSteps(IReadOnlyList<DueStep> Steps, IReadOnlyList<DueBrief>? Briefs = null) : OpportunityCommand;

    /// <summary>Somebody answers a follow-up, and every other that was told in the same message.</summary>
    /// <param name="Chain">Which.</param>
    /// <param name="Answer">What.</param>
    /// <param name="QuietUntil">No step before this, UTC; <c>null</c> for good.</param>
    /// <param name="Note">Why it is not an issue, or what the rep is asked.</param>
    /// <param name="To">The colleague who is to look after it.</param>
    /// <param name="IsOwners">It is the owner's word, no matter who says it in their place.</param>
    /// <param name="Reach">Up to whose step a snooze quiets; <c>null</c> for every step.</param>
    public sealed record AnswerFollowUp(
        string Chain, FollowUpAnswer Answer, DateTimeOffset? QuietUntil, string? Note = null, PersonId? To = null, bool IsOwners = false,
        Role? Reach = null) : OpportunityCommand;

    /// <summary>The owner asks for more time than is theirs to take, until an instant, UTC.</summary>
    public sealed record AskForTime(string Chain, DateTimeOffset Until, PersonId Of) : OpportunityCommand;

    /// <summary>Somebody who leads the owner allows the time that was asked for, up to whose step they may, or does not.</summary>
    public sealed record AnswerAskedTime(string Chain, bool Allowed, Role Reach) : OpportunityCommand;

    /// <summary>The rep answers what they were asked about a follow-up.</summary>
    public sealed record ReplyToFollowUp(string Chain, string Text) : OpportunityCommand;
}

/// <summary>What a rep says of one milestone.</summary>
/// <param name="Milestone">Which.</param>
/// <param name="On">When it was reached, local date.</param>
/// <param name="Evidence">Free text or a link.</param>
public sealed record MilestoneClaim(MilestoneId Milestone, DateOnly On, string? Evidence);

/// <summary>What a rep told the customer in answer to one question.</summary>
/// <param name="Question">Which.</param>
/// <param name="Text">In the rep's words.</param>
/// <param name="ToldTo">To whom; <c>null</c> where that was not said.</param>
public sealed record GivenAnswer(QuestionId Question, string Text, ContactId? ToldTo = null);
