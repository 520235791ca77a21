using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>What somebody did to an opportunity, in one word; the weightiest first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Deed>))]
public enum Deed
{
    /// <summary>Gave it to another rep.</summary>
    HandedOver,

    /// <summary>Closed it as lost.</summary>
    Lost,

    /// <summary>Recorded the signed contract.</summary>
    Won,

    /// <summary>Let it rest.</summary>
    PutOnHold,

    /// <summary>Brought it back to life.</summary>
    Reopened,

    /// <summary>Took something back that was on record.</summary>
    TakenBack,

    /// <summary>Answered a follow-up or a question of one.</summary>
    FollowUpAnswered,

    /// <summary>Said where it stands.</summary>
    CheckedIn,

    /// <summary>Planned, moved, cancelled or reported a visit.</summary>
    Visited,

    /// <summary>Something else.</summary>
    Changed,
}

/// <summary>Names what entries amount to. Pure.</summary>
public static class Deeds
{
    /// <summary>The weightiest of what one command recorded.</summary>
    public static Deed Of(IEnumerable<OpportunityEntry> entries) => entries.Select(e => Of(e.What)).DefaultIfEmpty(Deed.Changed).Min();

    /// <summary>Whether it closes an opportunity, lets it rest or gives it away: above an amount the line hears of it from who stands in.</summary>
    public static bool IsGrave(Deed deed) => deed <= Deed.PutOnHold;

    /// <summary>What an event amounts to.</summary>
    public static Deed Of(OpportunityEvent what) => what switch
    {
        OpportunityEvent.HandedOver => Deed.HandedOver,
        OpportunityEvent.Lost => Deed.Lost,
        OpportunityEvent.Won or OpportunityEvent.Completed => Deed.Won,
        OpportunityEvent.PutOnHold => Deed.PutOnHold,
        OpportunityEvent.Reopened => Deed.Reopened,
        OpportunityEvent.EntryUndone or OpportunityEvent.MilestoneTakenBack or OpportunityEvent.WinTakenBack => Deed.TakenBack,
        OpportunityEvent.FollowUpAnswered or OpportunityEvent.FollowUpReplied => Deed.FollowUpAnswered,
        OpportunityEvent.CheckedIn or OpportunityEvent.MilestoneReached or OpportunityEvent.StageChanged => Deed.CheckedIn,
        OpportunityEvent.VisitPlanned or OpportunityEvent.VisitMoved or OpportunityEvent.VisitCancelled or OpportunityEvent.VisitReported => Deed.Visited,
        _ => Deed.Changed,
    };
}
