using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps.Causes;

/// <summary>The stage takes longer than expected, and no milestone was reached recently: a milestone gives another check-in's days.</summary>
public sealed class StageOverdueCause() : Cause(Id)
{
    /// <summary>The name on record.</summary>
    public static FollowUpCause Id { get; } = new("StageOverdue");

    /// <inheritdoc/>
    public override bool IsAlwaysReported => true;

    /// <inheritdoc/>
    public override string ForOperator => "the stage is overdue";

    /// <inheritdoc/>
    public override DateTimeOffset? DueSince(Situation situation)
    {
        if (situation.Stage is not { } stage)
        {
            return null;
        }

        var overdue = situation.After(situation.Facts.StageEnteredAt, stage.ExpectedDays);
        return situation.Facts.LastMilestoneAt is { } milestone && situation.After(milestone, stage.CheckInEvery) is var graced && graced > overdue ? graced : overdue;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSentence> Says(Telling telling) =>
        [new(Line, new CauseWord.Where(telling.Facts.Stage), new CauseWord.Moment(telling.Facts.StageEnteredAt), new CauseWord.Moment(telling.Since))];
}
