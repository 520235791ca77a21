using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>What a reader of a follow-up can answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FollowUpAnswer>))]
public enum FollowUpAnswer
{
    /// <summary>I look after it.</summary>
    TakeIt,

    /// <summary>Not now.</summary>
    Snooze,

    /// <summary>Ask the rep for me.</summary>
    AskTheRep,

    /// <summary>Nothing is wrong.</summary>
    NotAnIssue,

    /// <summary>A colleague is to look after it.</summary>
    Reassign,
}
