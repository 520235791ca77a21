namespace KeyAccountBot.Language;

/// <summary>What a reply does to the question that stands open.</summary>
public enum ReplyEffect
{
    /// <summary>It answers it.</summary>
    Answer,

    /// <summary>It changes what was shown.</summary>
    Correct,

    /// <summary>It goes one step back.</summary>
    Back,

    /// <summary>It ends the talk, nothing is recorded.</summary>
    Abandon,

    /// <summary>It speaks of something else; the question stays.</summary>
    Interrupt,

    /// <summary>It asks what the question means.</summary>
    Clarify,

    /// <summary>It cannot be decided; the bot asks again, narrower.</summary>
    Reask,
}

/// <summary>What a reply was read as, in the light of the open question.</summary>
/// <param name="Effect">What it does to the question.</param>
public sealed record ReplyReading(ReplyEffect Effect)
{
    /// <summary>What was answered: a choice's value, several, a text, a number, an ISO date, <c>yes</c> or <c>no</c>.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The question was left without an answer on purpose; <see cref="Values"/> is empty.</summary>
    public bool IsLeftOut { get; init; }

    /// <summary>What else the reply tells.</summary>
    public IReadOnlyList<ReplyField> Also { get; init; } = [];

    /// <summary>What a correction changes, each field with its whole value after the change.</summary>
    public IReadOnlyList<ReplyField> Changes { get; init; } = [];

    /// <summary>The words that speak of something else, a wish or a report; <c>null</c> where there are none.</summary>
    public string? Rest { get; init; }

    /// <summary>The field to go back to; <see cref="ToStart"/> for the first question; <c>null</c> for the one before.</summary>
    public string? To { get; init; }

    /// <summary>Where an answer cannot be decided: what it may be.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    /// <summary>Which of the usual reasons the words give, such as <c>price</c>; <c>null</c> for none.</summary>
    public string? Cause { get; init; }

    /// <summary>How sure, from 0 to 1.</summary>
    public double Score { get; init; } = 1;

    /// <summary>The first question of the talk.</summary>
    public const string ToStart = "start";
}

/// <summary>A field with what it is to hold.</summary>
/// <param name="Field">Such as <c>nextStepDate</c>.</param>
/// <param name="Values">In invariant form.</param>
public sealed record ReplyField(string Field, IReadOnlyList<string> Values);
