using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales.Playbooks;

/// <summary>Why the bot follows up.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FollowUpCause>))]
public enum FollowUpCause
{
    /// <summary>The rep has not said for too long where it stands.</summary>
    CheckInMissed,

    /// <summary>The stage takes longer than expected and no milestone was reached of late.</summary>
    StageOverdue,

    /// <summary>The promised next step's date passed.</summary>
    NextStepPassed,

    /// <summary>A planned visit's day passed and nothing was reported.</summary>
    VisitNotReported,

    /// <summary>A tender's deadline is near, and the bid is not on record as submitted.</summary>
    BidDeadlineNear,

    /// <summary>Milestones of the stage are reached, its gate stays shut, and nothing was put on record for long.</summary>
    GateStuck,

    /// <summary>People of the customer whom nobody looks after, or nobody senior enough.</summary>
    CoverageGap,

    /// <summary>The opportunity has come far, and nobody knows who decides in the end.</summary>
    DecisionMakerUnidentified,

    /// <summary>The contract waits for its approval.</summary>
    ContractApprovalWaiting,

    /// <summary>It is on hold, and the day to look at it again has come.</summary>
    HoldOver,

    /// <summary>It is talked about, but it does not move: check-ins in a row with nothing reached and no new step.</summary>
    NotMoving,
}
