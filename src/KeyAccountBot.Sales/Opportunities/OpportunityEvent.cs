using System.Text.Json.Serialization;
using KeyAccountBot.Sales.FollowUps;

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
public abstract record OpportunityEvent
{
    private OpportunityEvent() { }

    /// <summary>The opportunity came on record, by a rep or by an import.</summary>
    public sealed record Opened(
        string Account, string Name, Money Amount, PersonId Owner, DateOnly? ExpectedClose,
        StageId Stage, DateTimeOffset StageEnteredAt, OpportunityStatus Status, DateOnly? ClosedOn) : OpportunityEvent;

    /// <summary>The rep said where it stands, and promised the next step or none.</summary>
    public sealed record CheckedIn(NextStep? NextStep) : OpportunityEvent;

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

    /// <summary>Nothing is expected until it is reopened.</summary>
    public sealed record PutOnHold(string Reason) : OpportunityEvent;

    /// <summary>Lost or held, and alive again.</summary>
    public sealed record Reopened(string Reason) : OpportunityEvent;

    /// <summary>Another rep's from now on.</summary>
    public sealed record HandedOver(PersonId From, PersonId To, string Reason) : OpportunityEvent;

    /// <summary>The last gate opened: project accepted and closed.</summary>
    public sealed record Completed : OpportunityEvent;

    /// <summary>An entry was taken back by the person who made it; what it recorded holds no more.</summary>
    public sealed record EntryUndone(CommandId Entry) : OpportunityEvent;

    /// <summary>A reminder, nudge or alert was due and its delivery was put on record; <see cref="To"/> is <c>null</c> where nobody could be found.</summary>
    public sealed record FollowUpStepTaken(string Chain, FollowUpCause Cause, DateTimeOffset Since, int Step, PersonId? To) : OpportunityEvent;

    /// <summary>Somebody answered a follow-up; the chain rests until <see cref="QuietUntil"/>, for good where that is <c>null</c>.</summary>
    public sealed record FollowUpAnswered(string Chain, FollowUpAnswer Answer, DateTimeOffset? QuietUntil) : OpportunityEvent;
}

/// <summary>An event with who, when and through which channel.</summary>
/// <param name="Number">Counted from 1 within the opportunity, without gaps.</param>
/// <param name="Command">Events of one command share it.</param>
/// <param name="By">Who said it; <c>null</c> for the bot itself.</param>
/// <param name="At">When it was recorded, UTC.</param>
/// <param name="Channel">Through which channel, for example <c>msteams</c>, <c>slack</c>, <c>import</c>, <c>clock</c>.</param>
/// <param name="What">The event.</param>
public sealed record OpportunityEntry(long Number, CommandId Command, PersonId? By, DateTimeOffset At, string Channel, OpportunityEvent What);
