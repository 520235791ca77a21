using System.Text.Json.Serialization;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>Something that happened to an opportunity; recorded once, never changed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(CheckedIn), "checked-in")]
[JsonDerivedType(typeof(MilestoneReached), "milestone-reached")]
[JsonDerivedType(typeof(MilestoneTakenBack), "milestone-taken-back")]
[JsonDerivedType(typeof(StageChanged), "stage-changed")]
[JsonDerivedType(typeof(Won), "won")]
[JsonDerivedType(typeof(WinTakenBack), "win-taken-back")]
[JsonDerivedType(typeof(Lost), "lost")]
[JsonDerivedType(typeof(PutOnHold), "put-on-hold")]
[JsonDerivedType(typeof(Reopened), "reopened")]
[JsonDerivedType(typeof(HandedOver), "handed-over")]
[JsonDerivedType(typeof(Completed), "completed")]
[JsonDerivedType(typeof(EntryUndone), "entry-undone")]
[JsonDerivedType(typeof(FollowUpStepTaken), "follow-up-step-taken")]
[JsonDerivedType(typeof(FollowUpAnswered), "follow-up-answered")]
[JsonDerivedType(typeof(FollowUpReplied), "follow-up-replied")]
[JsonDerivedType(typeof(TimeAskedFor), "time-asked-for")]
[JsonDerivedType(typeof(TimeAnswered), "time-answered")]
[JsonDerivedType(typeof(QuestionAdded), "question-added")]
[JsonDerivedType(typeof(QuestionAnswered), "question-answered")]
[JsonDerivedType(typeof(QuestionReopened), "question-reopened")]
[JsonDerivedType(typeof(VisitPlanned), "visit-planned")]
[JsonDerivedType(typeof(VisitMoved), "visit-moved")]
[JsonDerivedType(typeof(VisitCancelled), "visit-cancelled")]
[JsonDerivedType(typeof(VisitReported), "visit-reported")]
[JsonDerivedType(typeof(BriefSent), "brief-sent")]
[JsonDerivedType(typeof(CustomerEvaluated), "customer-evaluated")]
[JsonDerivedType(typeof(FactsChanged), "facts-changed")]
[JsonDerivedType(typeof(BidBranchChosen), "bid-branch-chosen")]
[JsonDerivedType(typeof(ContractApproverNamed), "contract-approver-named")]
[JsonDerivedType(typeof(DecisionMakerAssigned), "decision-maker-assigned")]
public abstract record OpportunityEvent
{
    private OpportunityEvent() { }

    /// <summary>The opportunity came on record, by a rep or by an import.</summary>
    public sealed record Opened(
        string Account, string Name, Money Amount, PersonId Owner, DateOnly? ExpectedClose,
        StageId Stage, DateTimeOffset StageEnteredAt, OpportunityStatus Status, DateOnly? ClosedOn) : OpportunityEvent;

    /// <summary>The rep said where it stands, and promised the next step or none; <see cref="IsEmpty"/> where nothing was reached and no new step promised.</summary>
    public sealed record CheckedIn(NextStep? NextStep, bool IsEmpty = false) : OpportunityEvent;

    /// <summary>A milestone was reached on a local date.</summary>
    public sealed record MilestoneReached(MilestoneId Milestone, DateOnly On, string? Evidence) : OpportunityEvent;

    /// <summary>A milestone does not hold after all.</summary>
    public sealed record MilestoneTakenBack(MilestoneId Milestone, string Reason) : OpportunityEvent;

    /// <summary>A gate opened, or no longer holds.</summary>
    public sealed record StageChanged(StageId From, StageId To) : OpportunityEvent;

    /// <summary>The contract is signed; the work goes on.</summary>
    public sealed record Won : OpportunityEvent;

    /// <summary>The contract is not signed after all.</summary>
    public sealed record WinTakenBack : OpportunityEvent;

    /// <summary>The customer decided for somebody else, or for nobody.</summary>
    public sealed record Lost(string Reason) : OpportunityEvent;

    /// <summary>Nothing is expected until it is reopened, or until a local day on which it is looked at again; on hold already, another day was named.</summary>
    public sealed record PutOnHold(string Reason, DateOnly? Until = null) : OpportunityEvent;

    /// <summary>Lost or held, and alive again.</summary>
    public sealed record Reopened(string Reason) : OpportunityEvent;

    /// <summary>Another rep's from now on.</summary>
    public sealed record HandedOver(PersonId From, PersonId To, string Reason) : OpportunityEvent;

    /// <summary>The last gate opened: project accepted and closed.</summary>
    public sealed record Completed : OpportunityEvent;

    /// <summary>An entry was taken back by the person who made it; what it recorded holds no more.</summary>
    public sealed record EntryUndone(CommandId Entry) : OpportunityEvent;

    /// <summary>
    /// A reminder, nudge or alert was due: its delivery was put on record, or it was held back. <see cref="To"/> is <c>null</c> where
    /// nobody could be found, and the owner for a room.
    /// </summary>
    public sealed record FollowUpStepTaken(
        string Chain, FollowUpCause Cause, DateTimeOffset Since, int Step, PersonId? To, DeliveryKind? Kind = null, int Repeat = 0,
        HeldBack? HeldBack = null, Channel? Over = null, bool Urgent = false, Room? Room = null, PersonId? InPlaceOf = null) : OpportunityEvent;

    /// <summary>
    /// Somebody answered a follow-up; the chain rests until <see cref="QuietUntil"/>, for good where that is <c>null</c>. <see cref="Note"/>
    /// says why it is not an issue or what the rep is asked, <see cref="To"/> whom a colleague asked to look after it. The owner's word
    /// quiets only their own reminder; a snooze quiets up to the step of <see cref="Reach"/>, every step where that is <c>null</c>.
    /// </summary>
    public sealed record FollowUpAnswered(
        string Chain, FollowUpAnswer Answer, DateTimeOffset? QuietUntil, string? Note = null, PersonId? To = null, bool IsOwners = false,
        Role? Reach = null) : OpportunityEvent;

    /// <summary>The owner asked for more time, until an instant, UTC.</summary>
    public sealed record TimeAskedFor(string Chain, DateTimeOffset Until, PersonId Of) : OpportunityEvent;

    /// <summary>The time that was asked for is allowed or not; <see cref="To"/> asked.</summary>
    public sealed record TimeAnswered(string Chain, bool Allowed, DateTimeOffset Until, PersonId To) : OpportunityEvent;

    /// <summary>The rep answered what they were asked, in their words; <see cref="To"/> asked.</summary>
    public sealed record FollowUpReplied(string Chain, string Text, PersonId To) : OpportunityEvent;

    /// <summary>The customer has a question of their own.</summary>
    public sealed record QuestionAdded(QuestionId Question, string Text, StageId Stage, BuyingRole AskedBy) : OpportunityEvent;

    /// <summary>The customer was told the answer on a local date.</summary>
    public sealed record QuestionAnswered(QuestionId Question, string Answer, ContactId? ToldTo, DateOnly On) : OpportunityEvent;

    /// <summary>The answer did not satisfy the customer.</summary>
    public sealed record QuestionReopened(QuestionId Question, string Reason) : OpportunityEvent;

    /// <summary>A visit is planned for an instant, UTC.</summary>
    public sealed record VisitPlanned(VisitId Visit, DateTimeOffset At, IReadOnlyList<ContactId> Contacts, string? Aims) : OpportunityEvent;

    /// <summary>The visit begins at another instant, UTC.</summary>
    public sealed record VisitMoved(VisitId Visit, DateTimeOffset At) : OpportunityEvent;

    /// <summary>The visit does not take place.</summary>
    public sealed record VisitCancelled(VisitId Visit, string Reason) : OpportunityEvent;

    /// <summary>A visit took place on a local date; <see cref="Visit"/> is <c>null</c> where it was not planned.</summary>
    public sealed record VisitReported(VisitId? Visit, DateOnly On, IReadOnlyList<ContactId> Met, string? Notes) : OpportunityEvent;

    /// <summary>The brief of a visit was due and its delivery was put on record.</summary>
    public sealed record BriefSent(VisitId Visit, DateTimeOffset VisitAt, PersonId To) : OpportunityEvent;

    /// <summary>The rep scored the customer.</summary>
    public sealed record CustomerEvaluated(Evaluation Evaluation) : OpportunityEvent;

    /// <summary>Facts are others than they were: what stood there, <c>null</c> where nothing did, and what stands there now; a deadline for bids makes it a tender.</summary>
    public sealed record FactsChanged(FactValues From, FactValues To) : OpportunityEvent;

    /// <summary>The customer buys by tender, or by talking to us alone.</summary>
    public sealed record BidBranchChosen(BidBranch Branch) : OpportunityEvent;

    /// <summary>It is known who at the customer approves the contract.</summary>
    public sealed record ContractApproverNamed(ContactId Approver) : OpportunityEvent;

    /// <summary>Somebody of ours is to look after a decision maker of the customer. It stands here because opportunities are what people hear of.</summary>
    public sealed record DecisionMakerAssigned(ContactId Contact, string Name, PersonId To) : OpportunityEvent;
}

/// <summary>An event with who, when and through which channel.</summary>
/// <param name="Number">Counted from 1 within the opportunity, without gaps.</param>
/// <param name="Command">Events of one command share it.</param>
/// <param name="By">Who said it; <c>null</c> for the bot itself.</param>
/// <param name="At">When it was recorded, UTC.</param>
/// <param name="Channel">Through which channel, for example <c>msteams</c>, <c>slack</c>, <c>import</c>, <c>clock</c>.</param>
/// <param name="What">The event.</param>
/// <param name="For">In whose name, where somebody stood in; <c>null</c> where they acted in their own.</param>
public sealed record OpportunityEntry(
    long Number, CommandId Command, PersonId? By, DateTimeOffset At, string Channel, OpportunityEvent What, PersonId? For = null);
