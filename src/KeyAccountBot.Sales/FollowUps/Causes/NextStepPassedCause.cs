using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps.Causes;

/// <summary>The promised next step's date passed.</summary>
public sealed class NextStepPassedCause() : Cause(Id)
{
    /// <summary>The name on record.</summary>
    public static FollowUpCause Id { get; } = new("NextStepPassed");

    /// <inheritdoc/>
    public override bool IsOfADate => true;

    /// <inheritdoc/>
    public override string ForOperator => "the next step's date passed";

    /// <inheritdoc/>
    public override DateTimeOffset? DueSince(Situation situation) =>
        situation.Facts.NextStep is { } promised ? situation.WorkOn(promised.Due.AddDays(1)) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSentence> Says(Telling telling) => telling.Facts.NextStep is { } step
        ? [new(Line, new CauseWord.Said(step.What), new CauseWord.Day(step.Due))]
        : [];
}
