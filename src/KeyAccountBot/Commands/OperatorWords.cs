using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Commands;

/// <summary>Follow-ups in words for the operator, in English.</summary>
internal static class OperatorWords
{
    /// <summary>Why the bot follows up; a cause's name, where only another version of the bot knows it.</summary>
    public static string Cause(FollowUpCause cause) => FollowUpCauses.Find(cause)?.ForOperator ?? cause.Value;

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
