using KeyAccountBot.Records;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Conversations.Overviews;

/// <summary>The slots that several overviews read.</summary>
internal static class AskedSlots
{
    /// <summary>The period that is asked about; <c>null</c> where none is named.</summary>
    public static Period? PeriodOf(Scene scene, Asked asked) =>
        Period.Read(asked.One("period")) ?? (asked.Date("date") is { } day ? new Period(day, day)
            : asked.Date("until") is { } until && until >= scene.Today ? new Period(scene.Today, until)
            : null);

    /// <summary>Whether a line is of the stage and the size that are asked about.</summary>
    public static bool Fits(Asked asked, OpportunityListing line) =>
        (asked.One("stage") is not { } stage || line.Stage.Value == stage)
        && (asked.Number("minAmount") is not { } least || line.Amount.Amount >= least)
        && (asked.Number("maxAmount") is not { } most || line.Amount.Amount <= most)
        && (asked.One("currency") is not { } currency || string.Equals(line.Amount.Currency, currency, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a line has the status that is asked about: what is open where none is.</summary>
    public static bool HasStatus(Asked asked, OpportunityListing line) => StatusOf(asked) switch
    {
        AskedStatus.Open => line.Status == OpportunityStatus.Open,
        AskedStatus.OnHold => line.Status == OpportunityStatus.OnHold,
        AskedStatus.Lost => line.Status == OpportunityStatus.Lost,
        AskedStatus.Won => line.Won,
        AskedStatus.Completed => line.Status == OpportunityStatus.Completed,
        AskedStatus.All => true,
        _ => throw new ArgumentOutOfRangeException(nameof(asked)),
    };

    /// <summary>The status that is asked about.</summary>
    public static AskedStatus StatusOf(Asked asked) =>
        asked.One("status") is { } status && Enum.TryParse<AskedStatus>(status, ignoreCase: true, out var known) && char.IsLetter(status[0]) ? known
        : asked.One("status") is "hold" or "held" ? AskedStatus.OnHold
        : AskedStatus.Open;
}

/// <summary>Which opportunities a list is about.</summary>
internal enum AskedStatus
{
    /// <summary>Being worked on.</summary>
    Open,

    /// <summary>Resting.</summary>
    OnHold,

    /// <summary>Lost.</summary>
    Lost,

    /// <summary>Won, whether the work goes on or is done.</summary>
    Won,

    /// <summary>Won and done.</summary>
    Completed,

    /// <summary>Every one.</summary>
    All,
}
