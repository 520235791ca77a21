using System.Globalization;

namespace KeyAccountBot.Language;

/// <summary>What kind of answer a question wants.</summary>
public enum QuestionKind
{
    /// <summary>One of the choices.</summary>
    Choice,

    /// <summary>Any of the choices, or none.</summary>
    Choices,

    /// <summary>Yes or no.</summary>
    Confirm,

    /// <summary>A sentence or two.</summary>
    Text,

    /// <summary>What something or somebody is called.</summary>
    Name,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A sum of money.</summary>
    Amount,

    /// <summary>A day on which something happened.</summary>
    PastDay,

    /// <summary>A day to come.</summary>
    DayAhead,

    /// <summary>A first and a last day.</summary>
    Period,

    /// <summary>A day with a time.</summary>
    Moment,

    /// <summary>Somebody on record.</summary>
    Person,

    /// <summary>Some people on record, or nobody.</summary>
    People,
}

/// <summary>The question that stands open when somebody replies.</summary>
/// <param name="Kind">What answers it.</param>
/// <param name="Field">What the answer is for, such as <c>nextStepDate</c>. Lists of the language files are named after it.</param>
public sealed record OpenQuestion(QuestionKind Kind, string Field)
{
    /// <summary>What may be chosen, in the order shown.</summary>
    public IReadOnlyList<ReplyChoice> Choices { get; init; } = [];

    /// <summary>Other fields that the same reply may fill, such as <c>nextStepDate</c> while the next step is asked for.</summary>
    public IReadOnlyList<string> Further { get; init; } = [];

    /// <summary>Whether it may be left without an answer.</summary>
    public bool MayBeLeftOut { get; init; }

    /// <summary>The date where the speaker is.</summary>
    public DateOnly Today { get; init; }

    /// <summary>Decides whether 12/3 begins with the day or the month.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>The names on record that a reply may mention.</summary>
    public IReadOnlyList<KnownName> Names { get; init; } = [];

    /// <summary>In which unit a number without one is meant: 10000 where the question asks for 万.</summary>
    public decimal Unit { get; init; } = 1;

    /// <summary>What is on record for it, in invariant form; <c>null</c> where nothing is.</summary>
    public string? Former { get; init; }

    /// <summary>What is on record for the fields that the same reply may fill.</summary>
    public IReadOnlyList<ReplyField> FormerFurther { get; init; } = [];
}

/// <summary>Something that may be chosen.</summary>
/// <param name="Value">What it is on record, such as an id.</param>
/// <param name="Label">As shown.</param>
public sealed record ReplyChoice(string Value, string Label)
{
    /// <summary>Other words for it, each enough alone.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>Words that tell it from the others without being its name: its owner, its status, its city.</summary>
    public IReadOnlyList<string> Beside { get; init; } = [];
}
