using System.Text.Json;
using KeyAccountBot.Messages;

namespace KeyAccountBot.BotFramework.Cards;

/// <summary>Something on a card.</summary>
/// <param name="Type">The schema's name for it.</param>
public abstract record AdaptiveElement(string Type)
{
    /// <summary>Draws a line above.</summary>
    public bool Separator { get; init; }

    /// <summary>The distance from what stands above.</summary>
    public Spacing? Spacing { get; init; }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", Type);
        json.Flag("separator", Separator);
        json.Word("spacing", Spacing);
        WriteMembers(json);
        json.WriteEndObject();
    }

    private protected abstract void WriteMembers(Utf8JsonWriter json);
}

/// <summary>The distance from what stands above.</summary>
public enum Spacing
{
    /// <summary>As the client likes.</summary>
    Default,

    /// <summary>Touching.</summary>
    None,

    /// <summary>Little.</summary>
    Small,

    /// <summary>Middling.</summary>
    Medium,

    /// <summary>Much.</summary>
    Large,
}

/// <summary>How heavy letters are.</summary>
public enum TextWeight
{
    /// <summary>As usual.</summary>
    Default,

    /// <summary>Thin.</summary>
    Lighter,

    /// <summary>Bold.</summary>
    Bolder,
}

/// <summary>How large letters are.</summary>
public enum TextSize
{
    /// <summary>As usual.</summary>
    Default,

    /// <summary>Small.</summary>
    Small,

    /// <summary>Somewhat larger.</summary>
    Medium,

    /// <summary>Large.</summary>
    Large,

    /// <summary>Largest.</summary>
    ExtraLarge,
}

/// <summary>A text's colour, or a container's background.</summary>
public enum CardTone
{
    /// <summary>As usual.</summary>
    Default,

    /// <summary>Set apart.</summary>
    Accent,

    /// <summary>All is well.</summary>
    Good,

    /// <summary>Look here.</summary>
    Warning,

    /// <summary>Something is wrong.</summary>
    Attention,
}

/// <summary>Words; long ones wrap.</summary>
/// <param name="Text">Words and <see cref="Marks"/>; the client reads Markdown, so they are drawn as such.</param>
public sealed record TextBlock(string Text) : AdaptiveElement("TextBlock")
{
    /// <summary>A heading, also to screen readers.</summary>
    public bool Heading { get; init; }

    /// <summary>How heavy the letters are.</summary>
    public TextWeight? Weight { get; init; }

    /// <summary>How large the letters are.</summary>
    public TextSize? Size { get; init; }

    /// <summary>The letters' colour.</summary>
    public CardTone? Color { get; init; }

    /// <summary>Paler than the rest.</summary>
    public bool Subtle { get; init; }

    private protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.Words("text", Text);
        json.WriteBoolean("wrap", true);
        json.Text("style", Heading ? "heading" : null);
        json.Word("weight", Weight);
        json.Word("size", Size);
        json.Word("color", Color);
        json.Flag("isSubtle", Subtle);
    }
}

/// <summary>A name and what stands beside it.</summary>
/// <param name="Title">The name.</param>
/// <param name="Value">What stands beside it.</param>
public sealed record Fact(string Title, string Value);

/// <summary>Names and values in two columns.</summary>
/// <param name="Facts">From top to bottom.</param>
public sealed record FactSet(IReadOnlyList<Fact> Facts) : AdaptiveElement("FactSet")
{
    private protected override void WriteMembers(Utf8JsonWriter json) =>
        json.Items("facts", Facts, static (fact, json) =>
        {
            json.WriteStartObject();
            json.Words("title", fact.Title);
            json.Words("value", fact.Value);
            json.WriteEndObject();
        });
}

/// <summary>Elements that belong together.</summary>
/// <param name="Items">From top to bottom.</param>
public sealed record Container(IReadOnlyList<AdaptiveElement> Items) : AdaptiveElement("Container")
{
    /// <summary>The background.</summary>
    public CardTone? Style { get; init; }

    private protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.Word("style", Style);
        json.Items("items", Items, static (item, json) => item.Write(json));
    }
}

/// <summary>Columns side by side.</summary>
/// <param name="Columns">From left to right.</param>
public sealed record ColumnSet(IReadOnlyList<Column> Columns) : AdaptiveElement("ColumnSet")
{
    private protected override void WriteMembers(Utf8JsonWriter json) =>
        json.Items("columns", Columns, static (column, json) => column.Write(json));
}

/// <summary>One column.</summary>
/// <param name="Items">From top to bottom.</param>
/// <param name="Width"><c>auto</c>, <c>stretch</c>, a weight or pixels such as <c>50px</c>.</param>
public sealed record Column(IReadOnlyList<AdaptiveElement> Items, string Width = "stretch") : AdaptiveElement("Column")
{
    private protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("width", Width);
        json.Items("items", Items, static (item, json) => item.Write(json));
    }
}

/// <summary>Buttons within the card.</summary>
/// <param name="Actions">In the order shown.</param>
public sealed record ActionSet(IReadOnlyList<AdaptiveAction> Actions) : AdaptiveElement("ActionSet")
{
    private protected override void WriteMembers(Utf8JsonWriter json) =>
        json.Items("actions", Actions, static (action, json) => action.Write(json));
}

/// <summary>An image.</summary>
/// <param name="Url">Where it lies.</param>
/// <param name="AltText">What it shows, for those who do not see it.</param>
public sealed record Image(Uri Url, string AltText) : AdaptiveElement("Image")
{
    private protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("url", Url.AbsoluteUri);
        json.Plain("altText", AltText);
    }
}
