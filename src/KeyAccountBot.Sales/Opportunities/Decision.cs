namespace KeyAccountBot.Sales.Opportunities;

/// <summary>What comes of a command: events to record, or a refusal to explain.</summary>
public abstract record Decision
{
    private Decision() { }

    /// <summary>Record these; none means that all of it is on record already.</summary>
    public sealed record Accepted(IReadOnlyList<OpportunityEvent> Events) : Decision;

    /// <summary>Record nothing and say why.</summary>
    public sealed record Refused(Refusal Reason) : Decision;
}

/// <summary>Why a command is refused.</summary>
public abstract record Refusal
{
    private Refusal() { }

    /// <summary>Nothing is on record under this id.</summary>
    public sealed record NotOnRecord : Refusal;

    /// <summary>Something is on record under this id already.</summary>
    public sealed record AlreadyOnRecord : Refusal;

    /// <summary>What is on record under this id cannot be read, or a newer version of the program wrote it: nothing is added to it.</summary>
    public sealed record CannotBeRead : Refusal;

    /// <summary>The status does not allow it.</summary>
    public sealed record WrongStatus(OpportunityStatus Status) : Refusal;

    /// <summary>It is won: it can be neither won again nor lost.</summary>
    public sealed record WonAlready(DateTimeOffset Since) : Refusal;

    /// <summary>The playbook does not know the milestone or stage.</summary>
    public sealed record NotInPlaybook(string Id) : Refusal;

    /// <summary>The playbook does not know the stage that the opportunity stands or began in, so nothing about gates can be decided.</summary>
    public sealed record StageNotInPlaybook(StageId Stage) : Refusal;

    /// <summary>A later stage's milestone: first this is missing in the present one.</summary>
    public sealed record StageNotReached(MilestoneId Milestone, StageId Stage, IReadOnlyList<MilestoneId> Missing) : Refusal;

    /// <summary>The milestone is not on record.</summary>
    public sealed record NotReached(MilestoneId Milestone) : Refusal;

    /// <summary>There is no last entry to take back, or a later one stands before it.</summary>
    public sealed record NothingToUndo : Refusal;

    /// <summary>The last entry is somebody else's.</summary>
    public sealed record SomebodyElsesEntry(PersonId By) : Refusal;

    /// <summary>It is theirs already.</summary>
    public sealed record AlreadyTheirs(PersonId Owner) : Refusal;

    /// <summary>The date lies in the future.</summary>
    public sealed record InTheFuture(DateOnly On) : Refusal;

    /// <summary>No such follow-up runs, or it has been answered for good.</summary>
    public sealed record NothingToAnswer : Refusal;

    /// <summary>Somebody else answered it first, with something that still counts.</summary>
    public sealed record AnsweredAlready(PersonId By, FollowUpAnswer Answer, DateTimeOffset? QuietUntil) : Refusal;

    /// <summary>The owner has snoozed it as often as they may; more is asked of who leads them.</summary>
    public sealed record SnoozedOften(int Limit) : Refusal;

    /// <summary>What is on hold is looked at again on a day after today, at the latest on this one.</summary>
    public sealed record HoldOutside(DateOnly Latest) : Refusal;

    /// <summary>Nobody asked the rep about this follow-up.</summary>
    public sealed record NotAsked : Refusal;

    /// <summary>Neither the playbook nor the opportunity has this question.</summary>
    public sealed record NoSuchQuestion(QuestionId Question) : Refusal;

    /// <summary>The question is open anyway.</summary>
    public sealed record NotAnswered(QuestionId Question) : Refusal;

    /// <summary>No such visit is planned; it may have been reported or cancelled.</summary>
    public sealed record NoSuchVisit(VisitId Visit) : Refusal;

    /// <summary>The time of the visit has passed: it can be reported, not planned.</summary>
    public sealed record VisitInThePast(DateTimeOffset At) : Refusal;

    /// <summary>So many visits wait to be reported already.</summary>
    public sealed record TooManyVisits(int Limit) : Refusal;

    /// <summary>The opportunity has so many questions of its own already.</summary>
    public sealed record TooManyQuestions(int Limit) : Refusal;

    /// <summary>The score lies outside 0 to 4.</summary>
    public sealed record ScoreOutside(int Score) : Refusal;

    /// <summary>What it is worth is no amount above nothing.</summary>
    public sealed record AmountOutside(Money Amount) : Refusal;

    /// <summary>No more competitors are kept than so many.</summary>
    public sealed record TooManyCompetitors(int Limit) : Refusal;

    /// <summary>A question, answer or reason is blank.</summary>
    public sealed record NothingSaid : Refusal;

    /// <summary>It is not theirs to change: they do not lead its owner, and nobody whose it is named them.</summary>
    public sealed record NotTheirs : Refusal;
}
