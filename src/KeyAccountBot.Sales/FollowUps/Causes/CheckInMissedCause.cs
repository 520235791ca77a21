using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps.Causes;

/// <summary>The rep has not said for too long where it stands: after the stage's days of silence, or the shortest of all stages where the playbook does not know the stage.</summary>
public sealed class CheckInMissedCause() : Cause(Id)
{
    /// <summary>The name on record.</summary>
    public static FollowUpCause Id { get; } = new("CheckInMissed");

    /// <inheritdoc/>
    public override string ForOperator => "a check-in was missed";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> OtherTexts => ["Cause.CheckInMissed.Yours"];

    /// <inheritdoc/>
    public override DateTimeOffset? DueSince(Situation situation) => situation.SilentTooLongFrom;

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSentence> Says(Telling telling)
    {
        var (silentSince, since) = (new CauseWord.Moment(telling.Facts.LastCheckInAt), new CauseWord.Moment(telling.Since));
        return telling.IsToOwner
            ? [new CauseSentence("Cause.CheckInMissed.Yours", silentSince, since)]
            : [new CauseSentence(Line, new CauseWord.Who(telling.Facts.Owner), silentSince, since)];
    }
}
