using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Commands;

/// <summary>Follow-ups in words for the operator, in English.</summary>
internal static class OperatorWords
{
    /// <summary>Why the bot follows up.</summary>
    public static string Cause(FollowUpCause cause) => cause switch
    {
        FollowUpCause.CheckInMissed => "a check-in was missed",
        FollowUpCause.StageOverdue => "the stage is overdue",
        FollowUpCause.NextStepPassed => "the next step's date passed",
        FollowUpCause.VisitNotReported => "a visit was not reported",
        FollowUpCause.BidDeadlineNear => "the bid's deadline is near",
        FollowUpCause.GateStuck => "the gate is stuck",
        FollowUpCause.CoverageGap => "people of the customer are not covered",
        FollowUpCause.DecisionMakerUnidentified => "the decision maker is unknown",
        FollowUpCause.ContractApprovalWaiting => "the contract waits for its approval",
        FollowUpCause.HoldOver => "it is on hold and the day to look at it again has come",
        FollowUpCause.NotMoving => "it is talked about, but it does not move",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };

    /// <summary>Why nothing was sent for a step.</summary>
    public static string HeldBack(HeldBack held) => held.Reason switch
    {
        HeldBackReason.ToldBefore => "heard of it at an earlier step",
        HeldBackReason.ToldTogether => "hears of it in the message of another cause",
        HeldBackReason.Quieted => "wanted quiet, and those above go on hearing",
        _ => throw new ArgumentOutOfRangeException(nameof(held), held.Reason, null),
    };

    /// <summary>Whom an answer quiets, where that is not everybody.</summary>
    public static string Reach(StandingAnswer said) => said switch
    {
        { IsOwners: true } => ", for the owner alone",
        { Answer: FollowUpAnswer.Snooze, Reach: { } reach } => $", up to the {reach.ToString().ToLowerInvariant()}",
        _ => "",
    };

    /// <summary>What a step is to its reader.</summary>
    public static string Kind(DeliveryKind kind) => kind switch
    {
        DeliveryKind.Reminder => "reminder",
        DeliveryKind.Nudge => "nudge",
        DeliveryKind.Alert => "alert",
        DeliveryKind.NobodyFound => "nobody found, so the administrator",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
