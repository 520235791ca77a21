using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>What a delivery says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeliveryKind>))]
public enum DeliveryKind
{
    /// <summary>To the rep: it is time to say where it stands.</summary>
    Reminder,

    /// <summary>To the manager: the rep has been reminded and is silent.</summary>
    Nudge,

    /// <summary>To a director or executive: still stuck.</summary>
    Alert,

    /// <summary>To the administrator: nobody could be found for a step.</summary>
    NobodyFound,

    /// <summary>To the rep: somebody took it.</summary>
    Taken,

    /// <summary>To the rep: a colleague was asked to look after it.</summary>
    ColleagueAsked,

    /// <summary>To the rep: somebody asks.</summary>
    Question,

    /// <summary>To who asked or took it: the rep has checked in.</summary>
    Answered,

    /// <summary>To who asked: the rep's answer in their words.</summary>
    Reply,

    /// <summary>To a colleague: somebody asks them to look after it.</summary>
    Reassigned,

    /// <summary>To a rep: an opportunity is theirs now.</summary>
    HandedOver,

    /// <summary>To the rep: a planned visit is near; how far the sale is and what to answer there.</summary>
    Brief,

    /// <summary>To the administrator: a delivery could not be made on any channel; the delivery's <c>About</c> is whom it was for.</summary>
    Undelivered,

    /// <summary>To the first above who is there: who stands in closed it, gave it away or let it rest; the delivery's <c>About</c> did it.</summary>
    DoneInName,

    /// <summary>To the manager: an opportunity was put on hold, or another day was named for looking at it again.</summary>
    Held,

    /// <summary>To who leads the owner: the owner asks for more time than is theirs to take.</summary>
    TimeAsked,

    /// <summary>To the owner: the time they asked for is theirs.</summary>
    TimeAllowed,

    /// <summary>To the owner: the time they asked for is not theirs.</summary>
    TimeRefused,

    /// <summary>To who owned it, and to both managers where they differ: it is somebody else's now.</summary>
    HandedOn,

    /// <summary>To one of ours: a decision maker is theirs to look after; the delivery's note is the name.</summary>
    DecisionMakerAssigned,
}
