using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps.Causes;

/// <summary>People of the customer whom nobody looks after, or nobody senior enough. A contact whom nobody touched recently is none, and the unknown decision maker is a cause of its own.</summary>
public sealed class CoverageGapCause() : Cause(Id)
{
    /// <summary>The name on record.</summary>
    public static FollowUpCause Id { get; } = new("CoverageGap");

    /// <summary>Business days in a stage that people may stay uncovered.</summary>
    public static DaysSetting Days { get; } = new("deadlines.coverageGapDays");

    /// <summary>The first stage in which that is followed up.</summary>
    public static StageSetting From { get; } = new("deadlines.coverageFrom");

    /// <inheritdoc/>
    public override bool IsOfCustomer => true;

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSetting> Settings => [Days, From];

    /// <inheritdoc/>
    public override OwnersTask Task => OwnersTask.Contacts;

    /// <inheritdoc/>
    public override string ForOperator => "people of the customer are not covered";

    /// <inheritdoc/>
    public override string OwnersAsk => "Ask.Contacts";

    /// <inheritdoc/>
    public override DateTimeOffset? DueSince(Situation situation) =>
        situation.IsWantedFrom(From.In(situation.Playbook)) && situation.MayHave(g => g is not (CoverageGap.Untouched or CoverageGap.NoDecisionMaker))
            ? situation.After(situation.Facts.StageEnteredAt, Days.In(situation.Playbook))
            : null;

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSentence> Says(Telling telling) => [new(Line, new CauseWord.Moment(telling.Since))];
}
