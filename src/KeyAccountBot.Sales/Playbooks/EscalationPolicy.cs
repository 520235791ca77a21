using System.Text.Json.Serialization;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Sales.Playbooks;

/// <summary>Who hears of something, one after the other, for as long as nobody does anything about it.</summary>
/// <param name="Steps">In order; never empty.</param>
/// <param name="Then">The policy whose steps come after these; <c>null</c> for none.</param>
public sealed record EscalationPolicy(IReadOnlyList<FollowUpStep> Steps, string? Then = null);

/// <summary>From an amount on, this policy.</summary>
/// <param name="From">The amount, whatever the currency; the band ends where the next begins.</param>
/// <param name="Policy">Its name.</param>
public sealed record AmountBand(decimal From, string Policy);

/// <summary>What ends a step's telling.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepEnd>))]
public enum StepEnd
{
    /// <summary>Any answer: who takes or snoozes it is left in peace.</summary>
    Answer,

    /// <summary>Only that the cause is gone, or somebody says it is not an issue; a snooze does not move a deadline.</summary>
    Cause,
}

/// <summary>One step of a policy.</summary>
/// <param name="To">Whose turn it is to hear.</param>
/// <param name="After">Business time after the step before it; for the first, after the cause fell due.</param>
/// <param name="OrElse">Who hears instead where nobody maintains whom it is about; the manager where left out.</param>
/// <param name="Times">How often they are told, at least once.</param>
/// <param name="Every">Business time between one telling and the next; a day where left out.</param>
/// <param name="Over">Over which channel; <c>null</c> for the reader's own.</param>
/// <param name="Urgent">Also at night and on days of rest, and never in a digest.</param>
/// <param name="Until">What ends it.</param>
public sealed record FollowUpStep(
    StepReader To, BusinessSpan After = default, Role? OrElse = null, int Times = 1, BusinessSpan? Every = null,
    Channel? Over = null, bool Urgent = false, StepEnd Until = StepEnd.Answer);
