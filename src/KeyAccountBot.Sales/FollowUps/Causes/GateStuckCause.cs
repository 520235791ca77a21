using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps.Causes;

/// <summary>Somebody began to pass the stage's gate, it stays shut, and nothing came of it since. A stage that was only just entered, or fallen back to, is not stuck.</summary>
public sealed class GateStuckCause() : Cause(Id)
{
    /// <summary>The name on record.</summary>
    public static FollowUpCause Id { get; } = new("GateStuck");

    /// <summary>Business days after the last milestone.</summary>
    public static DaysSetting Days { get; } = new("deadlines.gateStuckDays");

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSetting> Settings => [Days];

    /// <inheritdoc/>
    public override string ForOperator => "the gate is stuck";

    /// <inheritdoc/>
    public override DateTimeOffset? DueSince(Situation situation)
    {
        var facts = situation.Facts;
        return situation.Stage is { } stage
            && facts.LastMilestoneAt is { } last
            && stage.Milestones.Any(m => facts.Reached.ContainsKey(m.Id))
            && !stage.Gate.IsOpen(situation.Opportunity.ReachedSet())
                ? situation.After(last > facts.StageEnteredAt ? last : facts.StageEnteredAt, Days.In(situation.Playbook))
                : null;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSentence> Says(Telling telling) =>
    [
        new(
            Line, new CauseWord.Which(telling.Playbook.Find(telling.Facts.Stage)?.Gate.Missing(telling.Opportunity.ReachedSet()) ?? []),
            new CauseWord.Moment(telling.Facts.LastMilestoneAt)),
    ];
}
