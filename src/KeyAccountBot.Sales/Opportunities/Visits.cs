namespace KeyAccountBot.Sales.Opportunities;

/// <summary>A visit that is planned, and neither reported nor cancelled.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="At">When it begins, UTC.</param>
/// <param name="Contacts">Whom the rep wants to meet.</param>
/// <param name="Aims">What for, in the rep's words.</param>
public sealed record PlannedVisit(VisitId Id, DateTimeOffset At, IReadOnlyList<ContactId> Contacts, string? Aims);

/// <summary>A visit that took place.</summary>
/// <param name="Visit">The plan it was; <c>null</c> for an unplanned one.</param>
/// <param name="On">Local date.</param>
/// <param name="By">Who reported it.</param>
/// <param name="Met">Whom they met.</param>
/// <param name="Notes">What was said.</param>
public sealed record ReportedVisit(VisitId? Visit, DateOnly On, PersonId? By, IReadOnlyList<ContactId> Met, string? Notes);

/// <summary>A brief that went out.</summary>
/// <param name="Visit">For which visit.</param>
/// <param name="VisitAt">When the visit was planned for then, UTC: moved, it gets another brief.</param>
public sealed record SentBrief(VisitId Visit, DateTimeOffset VisitAt);
