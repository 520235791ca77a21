using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps.Causes;

/// <summary>It is on hold, and the day to look at it again has come.</summary>
public sealed class HoldOverCause() : Cause(Id)
{
    /// <summary>The name on record.</summary>
    public static FollowUpCause Id { get; } = new("HoldOver");

    /// <inheritdoc/>
    public override OpportunityStatus While => OpportunityStatus.OnHold;

    /// <inheritdoc/>
    public override OwnersTask Task => OwnersTask.Hold;

    /// <inheritdoc/>
    public override string ForOperator => "it is on hold and the day to look at it again has come";

    /// <inheritdoc/>
    public override string OwnersAsk => "Ask.Hold";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> OtherTexts => ["Cause.HoldOver.Because", "Hold.ProlongedOnce", "Hold.Prolonged"];

    /// <inheritdoc/>
    public override DateTimeOffset? DueSince(Situation situation) =>
        situation.WorkOn(Holds.LookAgainOn(situation.Facts, situation.Playbook.FollowUps, situation.Calendar));

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSentence> Says(Telling telling)
    {
        var facts = telling.Facts;
        var since = new CauseWord.Moment(Holds.Since(facts));
        var until = new CauseWord.Day(Holds.LookAgainOn(facts, telling.Playbook.FollowUps, telling.Calendar));
        var line = facts.StatusReason is { Length: > 0 } why
            ? new CauseSentence("Cause.HoldOver.Because", since, until, new CauseWord.Said(why))
            : new CauseSentence(Line, since, until);
        return facts.HoldsProlonged switch
        {
            0 => [line],
            1 => [line, new CauseSentence("Hold.ProlongedOnce")],
            var times => [line, new CauseSentence("Hold.Prolonged", new CauseWord.Count(times))],
        };
    }
}
