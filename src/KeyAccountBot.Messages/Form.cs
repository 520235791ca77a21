using System.Text.Json.Serialization;

namespace KeyAccountBot.Messages;

/// <summary>Fields on a message, and the button that sends them. Who cannot fill in a form answers the message's question in words.</summary>
/// <param name="Fields">From top to bottom.</param>
/// <param name="Submit">Sends them; <c>null</c> where the message's own actions do.</param>
public sealed record Form(IReadOnlyList<Field> Fields, PressAction? Submit = null)
{
    /// <summary>What stands under the fields in small letters.</summary>
    public string? Note { get; init; }
}

/// <summary>Something to fill in.</summary>
/// <param name="Name">The name of the answer among the form's values.</param>
/// <param name="Label">What is asked; screen readers read it.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(ChoiceField), "choice")]
[JsonDerivedType(typeof(TextField), "text")]
[JsonDerivedType(typeof(DateField), "date")]
[JsonDerivedType(typeof(TimeField), "time")]
public abstract record Field(string Name, string Label)
{
    /// <summary>The form cannot be sent without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Said when what is required is missing.</summary>
    public string? Missing { get; init; }

    /// <summary>What stands above this field and those after it.</summary>
    public string? Heading { get; init; }

    /// <summary>A line is drawn above it.</summary>
    public bool IsSeparate { get; init; }

    /// <summary>It belongs to the field above it.</summary>
    public bool GoesOn { get; init; }
}

/// <summary>One of the things to choose from.</summary>
/// <param name="Title">As shown.</param>
/// <param name="Value">As it comes back; without a comma.</param>
public sealed record FieldChoice(string Title, string Value);

/// <summary>A choice; of several, the values come joined by commas.</summary>
/// <param name="Name">The name of the answer among the form's values.</param>
/// <param name="Label">What is asked.</param>
/// <param name="Choices">In the order shown.</param>
public sealed record ChoiceField(string Name, string Label, IReadOnlyList<FieldChoice> Choices) : Field(Name, Label)
{
    /// <summary>Several may be chosen.</summary>
    public bool IsMulti { get; init; }

    /// <summary>All are shown at once.</summary>
    public bool IsExpanded { get; init; }

    /// <summary>Chosen already.</summary>
    public string? Value { get; init; }

    /// <summary>Shown while nothing is chosen.</summary>
    public string? Placeholder { get; init; }
}

/// <summary>Words.</summary>
/// <param name="Name">The name of the answer among the form's values.</param>
/// <param name="Label">What is asked.</param>
public sealed record TextField(string Name, string Label) : Field(Name, Label)
{
    /// <summary>More than one line.</summary>
    public bool IsMultiline { get; init; }

    /// <summary>Written already.</summary>
    public string? Value { get; init; }

    /// <summary>The most characters it takes.</summary>
    public int? Longest { get; init; }
}

/// <summary>A local date; its answer is written <c>yyyy-MM-dd</c>.</summary>
/// <param name="Name">The name of the answer among the form's values.</param>
/// <param name="Label">What is asked.</param>
public sealed record DateField(string Name, string Label) : Field(Name, Label)
{
    /// <summary>Chosen already.</summary>
    public DateOnly? Value { get; init; }

    /// <summary>The first day that may be chosen.</summary>
    public DateOnly? Earliest { get; init; }

    /// <summary>The last day that may be chosen.</summary>
    public DateOnly? Latest { get; init; }

    /// <summary>Shown while no day is chosen, where a channel has room for it.</summary>
    public string? Placeholder { get; init; }
}

/// <summary>A time of day; its answer is written <c>HH:mm</c>.</summary>
/// <param name="Name">The name of the answer among the form's values.</param>
/// <param name="Label">What is asked.</param>
public sealed record TimeField(string Name, string Label) : Field(Name, Label)
{
    /// <summary>Chosen already.</summary>
    public TimeOnly? Value { get; init; }
}
