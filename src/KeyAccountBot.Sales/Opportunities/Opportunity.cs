using System.Text.Json.Serialization;
using KeyAccountBot.Sales.Accounts;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>Whether an opportunity is alive.</summary>
public enum OpportunityStatus
{
    /// <summary>Being worked on, before or after winning.</summary>
    Open,

    /// <summary>Resting.</summary>
    OnHold,

    /// <summary>Lost.</summary>
    Lost,

    /// <summary>Won and done: nothing more is expected.</summary>
    Completed,
}

/// <summary>A milestone on record.</summary>
/// <param name="On">When it was reached, local date.</param>
/// <param name="By">Who said so.</param>
/// <param name="Evidence">Free text or a link.</param>
public sealed record ReachedMilestone(DateOnly On, PersonId? By, string? Evidence);

/// <summary>What the rep promised to do next.</summary>
/// <param name="What">In their words.</param>
/// <param name="Due">By when, local date.</param>
public sealed record NextStep(string What, DateOnly Due);

/// <summary>What people said of an opportunity; what an undo restores.</summary>
/// <param name="Account">The customer company; empty where not known yet.</param>
/// <param name="Name">What is to be sold.</param>
/// <param name="Amount">What it is worth.</param>
/// <param name="Owner">The rep.</param>
/// <param name="ExpectedClose">When the customer is expected to decide, local date.</param>
/// <param name="StartedIn">The stage it came on record in; it never falls back behind it.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="StageEnteredAt">Since when, UTC.</param>
/// <param name="Status">Whether it is alive.</param>
/// <param name="StatusReason">Why it is lost or on hold.</param>
/// <param name="WonAt">When the contract was signed, UTC; <c>null</c> while not won.</param>
/// <param name="ClosedOn">When it ended, local date.</param>
/// <param name="Reached">Milestones that hold.</param>
/// <param name="NextStep">What the rep promised.</param>
/// <param name="LastCheckInAt">When the rep last said where it stands, or it came to them, UTC.</param>
/// <param name="LastMilestoneAt">When a milestone was last put on record, UTC.</param>
public sealed record OpportunityFacts(
    string Account,
    string Name,
    Money Amount,
    PersonId Owner,
    DateOnly? ExpectedClose,
    StageId StartedIn,
    StageId Stage,
    DateTimeOffset StageEnteredAt,
    OpportunityStatus Status,
    string? StatusReason,
    DateTimeOffset? WonAt,
    DateOnly? ClosedOn,
    IReadOnlyDictionary<MilestoneId, ReachedMilestone> Reached,
    NextStep? NextStep,
    DateTimeOffset LastCheckInAt,
    DateTimeOffset? LastMilestoneAt)
{
    /// <summary>The customer's own questions, beside the playbook's; oldest first.</summary>
    public IReadOnlyList<OwnQuestion> OwnQuestions { get => field ?? []; init; }

    /// <summary>What the customer was told, by question.</summary>
    public IReadOnlyDictionary<QuestionId, QuestionAnswer> Answers { get => field ?? NoAnswers; init; }

    /// <summary>Visits that are planned, and neither reported nor cancelled; the earliest first.</summary>
    public IReadOnlyList<PlannedVisit> Visits { get => field ?? []; init; }

    /// <summary>The visit reported last.</summary>
    public ReportedVisit? LastVisit { get; init; }

    /// <summary>What the rep thinks of the customer.</summary>
    public Evaluation? Evaluation { get; init; }

    /// <summary>By tender or by talking to us alone; <c>null</c> while not known.</summary>
    public BidBranch? BidBranch { get; init; }

    /// <summary>Who else wants to sell this, as far as anybody said.</summary>
    public IReadOnlyList<string> Competitors { get => field ?? []; init; }

    /// <summary>Who at the customer approves the contract.</summary>
    public ContactId? ContractApprover { get; init; }

    /// <summary>Since when it is on hold, UTC; <c>null</c> while it is not, and where it was put on hold before that was kept.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>On which local day what is on hold is looked at again; <c>null</c> where nobody said.</summary>
    public DateOnly? HeldUntil { get; init; }

    /// <summary>How often another day was named since it was put on hold.</summary>
    public int HoldsProlonged { get; init; }

    /// <summary>What was only talked about since anything was last reached.</summary>
    public Talk Talk { get => field ?? Talk.None; init; }

    /// <summary>The account's record; <c>null</c> while the customer company is not known.</summary>
    [JsonIgnore]
    public AccountId? AccountId => string.IsNullOrWhiteSpace(Account) ? null : Accounts.AccountId.OfName(Account);

    private static readonly SortedDictionary<QuestionId, QuestionAnswer> NoAnswers = [];
}

/// <summary>The last entry a person made, as long as it can be undone.</summary>
/// <param name="Command">Which entry.</param>
/// <param name="By">Who made it.</param>
/// <param name="Before">What held before it.</param>
public sealed record UndoableEntry(CommandId Command, PersonId By, OpportunityFacts Before);

/// <summary>An opportunity: its events folded.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Version">The number of its last entry.</param>
/// <param name="Facts">What people said.</param>
/// <param name="LastEntry">What undo would take back.</param>
/// <param name="FollowUps">The chains that ran or run, oldest first; the last few are kept.</param>
public sealed record Opportunity(
    OpportunityId Id,
    long Version,
    OpportunityFacts Facts,
    UndoableEntry? LastEntry,
    IReadOnlyList<FollowUpChain> FollowUps)
{
    /// <summary>The chains that ran or run, oldest first; the last few are kept.</summary>
    public IReadOnlyList<FollowUpChain> FollowUps { get; init; } = FollowUpChain.OwnersApart(FollowUps, Facts.Owner);

    /// <summary>The briefs that went out for visits still to come; no undo makes one go out again.</summary>
    public IReadOnlyList<SentBrief> SentBriefs { get => field ?? []; init; }

    /// <summary>Open or on hold: somebody hears of it sooner or later.</summary>
    [JsonIgnore]
    public bool IsFollowedUp => Facts.Status is OpportunityStatus.Open or OpportunityStatus.OnHold;

    /// <summary>Being worked on.</summary>
    public bool IsOpen => Facts.Status == OpportunityStatus.Open;

    /// <summary>The milestones that hold, as a set.</summary>
    public IReadOnlySet<MilestoneId> ReachedSet() => Facts.Reached.Keys.ToHashSet();
}
