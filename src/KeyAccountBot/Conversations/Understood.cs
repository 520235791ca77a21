global using ReplyEffect = KeyAccountBot.Language.ReplyEffect;
using System.Globalization;

namespace KeyAccountBot.Conversations;

/// <summary>
/// What the bot took a message for. The conversation hands it to the turn (<c>turn.Set</c>) as it acts on it, so that the trace, the metrics
/// and the <c>understand</c> command can see it. It never holds the words themselves beyond what a slot needs.
/// </summary>
internal sealed record Understood
{
    /// <summary>The wish it was taken for, such as <c>status</c>; <c>report</c> for a report, <c>unclear</c> where the bot asked; <c>null</c> for an answer to an open question.</summary>
    public string? Wish { get; init; }

    /// <summary>What the wish is about, by slot; ids of records, ISO dates, numbers, in invariant form.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Slots { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>What it did to the open question; <c>null</c> where none stood open.</summary>
    public ReplyEffect? Effect { get; init; }

    /// <summary>What was answered: a choice's value, several, a text, a number, an ISO date; empty for "left out on purpose".</summary>
    public IReadOnlyList<string>? Value { get; init; }

    /// <summary>What a correction changed: the field, and its whole value after the change.</summary>
    public IReadOnlyList<UnderstoodChange> Changes { get; init; } = [];

    /// <summary>How sure, from 0 to 1.</summary>
    public double Score { get; init; } = 1;

    /// <summary>A slot with one value.</summary>
    public Understood With(string slot, object? value) => value is null ? this : With(slot, [Convert.ToString(value, CultureInfo.InvariantCulture)!]);

    /// <summary>A slot with several values.</summary>
    public Understood With(string slot, IReadOnlyList<string> values) => this with { Slots = new Dictionary<string, IReadOnlyList<string>>(Slots, StringComparer.Ordinal) { [slot] = values } };
}

/// <summary>A field that a correction changed.</summary>
/// <param name="Field">Such as <c>contacts</c>, <c>milestones</c>, <c>nextStepDate</c>.</param>
/// <param name="Value">All of its values after the change, in invariant form.</param>
internal sealed record UnderstoodChange(string Field, IReadOnlyList<string> Value);

/// <summary>Handed to a turn by who wants to know what a phrase or a feature's own words are about; no other turn spends time on it.</summary>
internal sealed record SlotsWanted;
