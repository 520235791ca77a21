using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps.Causes;

/// <summary>A tender's deadline is near, and the bid is not on record as submitted.</summary>
public sealed class BidDeadlineNearCause() : Cause(Id)
{
    /// <summary>The name on record.</summary>
    public static FollowUpCause Id { get; } = new("BidDeadlineNear");

    /// <summary>Business days before the deadline.</summary>
    public static DaysSetting Days { get; } = new("deadlines.bidDays");

    /// <summary>The milestone after which the deadline is met.</summary>
    public static MilestoneSetting SubmittedBy { get; } = new("deadlines.bidSubmittedBy");

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSetting> Settings => [Days, SubmittedBy];

    /// <inheritdoc/>
    public override bool IsOfADate => true;

    /// <inheritdoc/>
    public override string ForOperator => "the bid's deadline is near";

    /// <inheritdoc/>
    public override DateTimeOffset? DueSince(Situation situation) =>
        situation.Facts.BidBranch is BidBranch.Bid bid && !situation.Facts.Reached.ContainsKey(SubmittedBy.In(situation.Playbook))
            ? situation.Calendar.StartOfWork(situation.Calendar.SubtractBusinessDays(bid.Deadline, Days.In(situation.Playbook)))
            : null;

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSentence> Says(Telling telling) =>
        telling.Facts.BidBranch is BidBranch.Bid bid ? [new(Line, new CauseWord.Day(bid.Deadline))] : [];
}
