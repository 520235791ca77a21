using System.Text.Json;

namespace KeyAccountBot.BotFramework.Cards;

/// <summary>Something to fill in. It always has a label, which screen readers need.</summary>
/// <param name="Type">The schema's name for it.</param>
/// <param name="Id">The name of the answer in the submitted data.</param>
/// <param name="Label">What is asked.</param>
public abstract record AdaptiveInput(string Type, string Id, string Label) : AdaptiveElement(Type)
{
    /// <summary>The card cannot be submitted without it.</summary>
    public bool Required { get; init; }

    /// <summary>Shown when what is required is missing.</summary>
    public string? ErrorMessage { get; init; }

    private protected sealed override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("id", Id);
        json.Plain("label", Label);
        json.Flag("isRequired", Required);
        json.Plain("errorMessage", ErrorMessage);
        WriteInput(json);
    }

    private protected abstract void WriteInput(Utf8JsonWriter json);
}

/// <summary>One of a set to choose from.</summary>
/// <param name="Title">As shown.</param>
/// <param name="Value">As submitted; it may not hold a comma where several may be chosen.</param>
public sealed record InputChoice(string Title, string Value);

/// <summary>A set to choose from.</summary>
/// <param name="Id">The name of the answer in the submitted data.</param>
/// <param name="Label">What is asked.</param>
/// <param name="Choices">In the order shown.</param>
public sealed record ChoiceSetInput(string Id, string Label, IReadOnlyList<InputChoice> Choices) : AdaptiveInput("Input.ChoiceSet", Id, Label)
{
    /// <summary>Several may be chosen; their values come joined by commas.</summary>
    public bool Multi { get; init; }

    /// <summary>All are shown at once.</summary>
    public bool Expanded { get; init; }

    /// <summary>Chosen already.</summary>
    public string? Value { get; init; }

    /// <summary>Shown while nothing is chosen.</summary>
    public string? Placeholder { get; init; }

    private protected override void WriteInput(Utf8JsonWriter json)
    {
        json.WriteString("style", Expanded ? "expanded" : "compact");
        json.Flag("isMultiSelect", Multi);
        json.Text("value", Value);
        json.Plain("placeholder", Placeholder);
        json.WriteBoolean("wrap", true);
        json.Items("choices", Choices, static (choice, json) =>
        {
            json.WriteStartObject();
            json.Plain("title", choice.Title);
            json.WriteString("value", choice.Value);
            json.WriteEndObject();
        });
    }
}

/// <summary>Words to write.</summary>
/// <param name="Id">The name of the answer in the submitted data.</param>
/// <param name="Label">What is asked.</param>
public sealed record TextInput(string Id, string Label) : AdaptiveInput("Input.Text", Id, Label)
{
    /// <summary>More than one line.</summary>
    public bool Multiline { get; init; }

    /// <summary>Written already.</summary>
    public string? Value { get; init; }

    /// <summary>Shown while nothing is written.</summary>
    public string? Placeholder { get; init; }

    /// <summary>The most characters it takes.</summary>
    public int? MaxLength { get; init; }

    private protected override void WriteInput(Utf8JsonWriter json)
    {
        json.Flag("isMultiline", Multiline);
        json.Text("value", Value);
        json.Plain("placeholder", Placeholder);
        if (MaxLength is { } length)
        {
            json.WriteNumber("maxLength", length);
        }
    }
}

/// <summary>A day to choose.</summary>
/// <param name="Id">The name of the answer in the submitted data.</param>
/// <param name="Label">What is asked.</param>
public sealed record DateInput(string Id, string Label) : AdaptiveInput("Input.Date", Id, Label)
{
    /// <summary>Chosen already.</summary>
    public DateOnly? Value { get; init; }

    /// <summary>The first day that may be chosen.</summary>
    public DateOnly? Min { get; init; }

    /// <summary>The last day that may be chosen.</summary>
    public DateOnly? Max { get; init; }

    private protected override void WriteInput(Utf8JsonWriter json)
    {
        json.Day("value", Value);
        json.Day("min", Min);
        json.Day("max", Max);
    }
}

/// <summary>A time of day to choose.</summary>
/// <param name="Id">The name of the answer in the submitted data.</param>
/// <param name="Label">What is asked.</param>
public sealed record TimeInput(string Id, string Label) : AdaptiveInput("Input.Time", Id, Label)
{
    /// <summary>Chosen already.</summary>
    public TimeOnly? Value { get; init; }

    private protected override void WriteInput(Utf8JsonWriter json) => json.Clock("value", Value);
}
