using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps.Causes;

/// <summary>The contract waits for its approval.</summary>
public sealed class ContractApprovalWaitingCause() : Cause(Id)
{
    /// <summary>The name on record.</summary>
    public static FollowUpCause Id { get; } = new("ContractApprovalWaiting");

    /// <summary>Business days that the approval may take.</summary>
    public static DaysSetting Days { get; } = new("deadlines.approvalDays");

    /// <summary>The milestone that ends the wait; its stage begins it.</summary>
    public static MilestoneSetting ApprovedBy { get; } = new("deadlines.approvedBy");

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSetting> Settings => [Days, ApprovedBy];

    /// <inheritdoc/>
    public override string ForOperator => "the contract waits for its approval";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> OtherTexts => ["Cause.ContractApprovalWaiting.By"];

    /// <inheritdoc/>
    public override DateTimeOffset? DueSince(Situation situation)
    {
        var approved = ApprovedBy.In(situation.Playbook);
        return situation.Stage?.Milestones.Any(m => m.Id == approved) == true && !situation.Facts.Reached.ContainsKey(approved)
            ? situation.After(situation.Facts.StageEnteredAt, Days.In(situation.Playbook))
            : null;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSentence> Says(Telling telling)
    {
        var since = new CauseWord.Moment(telling.Since);
        return telling.Facts.ContractApprover is { } id && telling.Account?.Find(id) is { } approver
            ? [new CauseSentence("Cause.ContractApprovalWaiting.By", since, new CauseWord.Said(approver.Name))]
            : [new CauseSentence(Line, since)];
    }
}
