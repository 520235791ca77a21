using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Sales.Playbooks;

/// <summary>When and whom the bot follows up with.</summary>
/// <param name="Steps">The chain every cause runs through, in order; never empty.</param>
/// <param name="ExecutiveAmount">Steps for executives are taken only for opportunities of at least this amount, whatever the currency.</param>
/// <param name="SnoozeDays">Business days a snooze lasts.</param>
/// <param name="TakenDays">Business days that somebody who takes it is left in peace.</param>
/// <param name="AskedDays">Business days the rep has for an answer to a question asked through the bot.</param>
/// <param name="SeparateMessagesADay">Messages a person gets one by one in a day; the rest go into one digest.</param>
/// <param name="DigestAt">When the digest goes out, local time of its reader.</param>
/// <param name="WorkingFrom">Nobody is told anything earlier, local time.</param>
/// <param name="WorkingTo">Nobody is told anything at or after this, local time.</param>
/// <param name="Brief">When a rep gets the brief of a planned visit; <c>null</c> for never.</param>
public sealed record FollowUpSettings(
    IReadOnlyList<FollowUpStep> Steps,
    decimal ExecutiveAmount,
    int SnoozeDays,
    int TakenDays,
    int AskedDays,
    int SeparateMessagesADay,
    TimeOnly DigestAt,
    TimeOnly WorkingFrom,
    TimeOnly WorkingTo,
    BriefTime? Brief = null);

/// <summary>One step of a chain.</summary>
/// <param name="To">Whose turn it is to hear: the rep, or the first of this role up the rep's line.</param>
/// <param name="AfterDays">Business days after the step before it; for the first, after the cause fell due.</param>
public sealed record FollowUpStep(Role To, int AfterDays);
