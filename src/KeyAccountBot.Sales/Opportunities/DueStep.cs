using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>A step that is due now.</summary>
/// <param name="Chain">The chain's key.</param>
/// <param name="Cause">Why.</param>
/// <param name="Since">When it fell due, UTC.</param>
/// <param name="Step">Counted from 0 in the steps that the playbook has for the cause and amount.</param>
/// <param name="To">Who is to be told; the owner for a room, <c>null</c> where nobody could be found.</param>
/// <param name="Kind">What it is to its reader.</param>
/// <param name="Repeat">How often this step was told before.</param>
/// <param name="HeldBack">Why nothing is sent for it; <c>null</c> where it is.</param>
/// <param name="Over">The channel that the playbook wants.</param>
/// <param name="Urgent">Also outside its reader's hours.</param>
/// <param name="Room">Where many read it.</param>
/// <param name="Until">What ends it.</param>
/// <param name="InPlaceOf">Who is away, where the reader stands in for somebody.</param>
/// <param name="Answered">How often the chain had been answered when this was planned.</param>
/// <param name="While">What the opportunity was when this was planned; it is taken only while that holds.</param>
public sealed record DueStep(
    string Chain, FollowUpCause Cause, DateTimeOffset Since, int Step, PersonId? To, DeliveryKind Kind = DeliveryKind.Reminder, int Repeat = 0,
    HeldBack? HeldBack = null, Channel? Over = null, bool Urgent = false, Room? Room = null, StepEnd Until = StepEnd.Answer,
    PersonId? InPlaceOf = null, int Answered = 0, OpportunityStatus While = OpportunityStatus.Open);

/// <summary>A brief that is due now.</summary>
/// <param name="Visit">For which visit.</param>
/// <param name="VisitAt">When that begins, UTC.</param>
/// <param name="To">The owner.</param>
public sealed record DueBrief(VisitId Visit, DateTimeOffset VisitAt, PersonId To);
