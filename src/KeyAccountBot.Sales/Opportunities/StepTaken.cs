using System.Text.Json.Serialization;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>Why nothing was sent for a step.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HeldBackReason>))]
public enum HeldBackReason
{
    /// <summary>Its reader heard of the same cause at an earlier step.</summary>
    ToldBefore,

    /// <summary>Its reader heard of it in the message of another cause that was due at the same moment.</summary>
    ToldTogether,

    /// <summary>Its reader, or who leads them, wanted quiet; those above hear in time.</summary>
    Quieted,
}

/// <summary>A step for which nothing was sent.</summary>
/// <param name="Reason">Why.</param>
/// <param name="With">The chain in whose message it was told.</param>
public sealed record HeldBack(HeldBackReason Reason, string? With);

/// <summary>A step of a chain that was taken.</summary>
/// <param name="Step">Counted from 0 in the playbook's steps for the cause.</param>
/// <param name="At">UTC.</param>
/// <param name="To">Who was told; the owner for a room, <c>null</c> where nobody could be found.</param>
/// <param name="HeldBack">Why nothing was sent; <c>null</c> where it was.</param>
/// <param name="Room">Where many read it.</param>
/// <param name="InPlaceOf">Who was away, where its reader stood in for somebody.</param>
public sealed record StepTaken(int Step, DateTimeOffset At, PersonId? To, HeldBack? HeldBack = null, Room? Room = null, PersonId? InPlaceOf = null);
