using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps.Causes;

/// <summary>It is talked about, but it does not move: check-ins in a row with nothing reached and no new step.</summary>
public sealed class NotMovingCause() : Cause(Id)
{
    /// <summary>The name on record.</summary>
    public static FollowUpCause Id { get; } = new("NotMoving");

    /// <summary>So many such check-ins in a row.</summary>
    public static CountSetting EmptyCheckIns { get; } = new("emptyCheckIns", 3, Talk.MostInARow, $"at most {Talk.MostInARow} check-ins in a row are told apart");

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSetting> Settings => [EmptyCheckIns];

    /// <inheritdoc/>
    public override string ForOperator => "it is talked about, but it does not move";

    /// <inheritdoc/>
    public override string OwnersAsk => "Ask.NotMoving";

    /// <inheritdoc/>
    public override DateTimeOffset? DueSince(Situation situation) =>
        situation.Facts.Talk.InARow(EmptyCheckIns.In(situation.Playbook)) is { } talked ? situation.After(talked, 1) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSentence> Says(Telling telling)
    {
        var empty = telling.Facts.Talk.EmptyAt;
        return
        [
            new(
                Line, new CauseWord.Who(telling.Facts.Owner), new CauseWord.Count(empty.Count),
                new CauseWord.Moment(empty.Count > 0 ? empty[0] : null)),
        ];
    }
}
