using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps.Causes;

/// <summary>A planned visit's day passed and nothing was reported. The earliest stands for those after it, until it is reported, cancelled or answered for good.</summary>
public sealed class VisitNotReportedCause() : Cause(Id)
{
    /// <summary>The name on record.</summary>
    public static FollowUpCause Id { get; } = new("VisitNotReported");

    private const int DaysToReport = 1;

    /// <inheritdoc/>
    public override OwnersTask Task => OwnersTask.Report;

    /// <inheritdoc/>
    public override string ForOperator => "a visit was not reported";

    /// <inheritdoc/>
    public override string OwnersTitle => "Title.Report";

    /// <inheritdoc/>
    public override string OwnersAsk => "Ask.Report";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> OtherTexts => ["Cause.VisitNotReported.Yours"];

    /// <summary>When the report of a visit that began at an instant is asked for, UTC: on the next business day, when work begins.</summary>
    public static DateTimeOffset ReportDue(DateTimeOffset visitAt, WorkCalendar calendar) =>
        calendar.StartOfWork(calendar.AddBusinessDays(calendar.DateAt(visitAt), DaysToReport));

    /// <inheritdoc/>
    public override DateTimeOffset? DueSince(Situation situation)
    {
        foreach (var visit in situation.Facts.Visits)
        {
            var unreported = ReportDue(visit.At, situation.Calendar);
            var key = FollowUpChain.KeyOf(Id, unreported);
            if (!situation.Opportunity.FollowUps.Any(c => c.Key == key && c.IsOver))
            {
                return unreported;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<CauseSentence> Says(Telling telling)
    {
        if (telling.Facts.Visits.FirstOrDefault(v => ReportDue(v.At, telling.Calendar) == telling.Since) is not { } visit)
        {
            return [];
        }

        var on = new CauseWord.Moment(visit.At);
        return telling.IsReminder
            ? [new CauseSentence("Cause.VisitNotReported.Yours", on)]
            : [new CauseSentence(Line, on, new CauseWord.Moment(telling.Since))];
    }
}
