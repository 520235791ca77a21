using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps.Causes;

/// <summary>The opportunity has come as far as the coverage's <c>decisionMakerFrom</c>, and nobody knows who decides in the end.</summary>
public sealed class DecisionMakerUnidentifiedCause() : Cause(Id)
{
    /// <summary>The name on record.</summary>
    public static FollowUpCause Id { get; } = new("DecisionMakerUnidentified");

    /// <summary>Business days in a stage that the decision maker may stay unknown.</summary>
    public static DaysSetting Days { get; } = new("deadlines.decisionMakerDays");

    /// <inheritdoc/>
    public override bool IsOfCustomer => true;

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSetting> Settings => [Days];

    /// <inheritdoc/>
    public override OwnersTask Task => OwnersTask.Contacts;

    /// <inheritdoc/>
    public override string ForOperator => "the decision maker is unknown";

    /// <inheritdoc/>
    public override string OwnersAsk => "Ask.Contacts";

    /// <inheritdoc/>
    public override DateTimeOffset? DueSince(Situation situation) =>
        situation.IsWantedFrom(situation.Playbook.Coverage.DecisionMakerFrom) && situation.MayHave(g => g is CoverageGap.NoDecisionMaker)
            ? situation.After(situation.Facts.StageEnteredAt, Days.In(situation.Playbook))
            : null;

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSentence> Says(Telling telling) => [new(Line, new CauseWord.Moment(telling.Since))];
}
