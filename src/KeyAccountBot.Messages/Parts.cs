using System.Text.Json.Serialization;

namespace KeyAccountBot.Messages;

/// <summary>A part of what a message says.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Paragraph), "paragraph")]
[JsonDerivedType(typeof(FactList), "facts")]
[JsonDerivedType(typeof(Section), "section")]
[JsonDerivedType(typeof(Outline), "outline")]
[JsonDerivedType(typeof(Matrix), "matrix")]
[JsonDerivedType(typeof(Picture), "picture")]
public abstract record Part;

/// <summary>How something stands.</summary>
public enum Tone
{
    /// <summary>As usual.</summary>
    Plain,

    /// <summary>Set apart.</summary>
    Accent,

    /// <summary>All is well.</summary>
    Good,

    /// <summary>Look here.</summary>
    Warning,

    /// <summary>Something is wrong.</summary>
    Attention,
}

/// <summary>Sentences. Marks may break them into lines.</summary>
/// <param name="Words">Never empty.</param>
public sealed record Paragraph(string Words) : Part
{
    /// <summary>How it stands.</summary>
    public Tone Tone { get; init; }

    /// <summary>Less important than the rest.</summary>
    public bool IsAside { get; init; }

    /// <summary>It goes on with what stands above it.</summary>
    public bool GoesOn { get; init; }

    /// <summary>It stands close to what is above it, as lines do in a dense message.</summary>
    public bool IsDense { get; init; }

    /// <summary>The button beside it that opens what it speaks of; <c>null</c> for none.</summary>
    public MessageAction? Opens { get; init; }
}

/// <summary>A name and what stands beside it.</summary>
public sealed record Fact(string Label, string Value);

/// <summary>Names and values.</summary>
/// <param name="Facts">From top to bottom, never none.</param>
public sealed record FactList(IReadOnlyList<Fact> Facts) : Part;

/// <summary>A heading and what stands under it.</summary>
/// <param name="Heading">In bold.</param>
/// <param name="Body">Paragraphs, from top to bottom.</param>
public sealed record Section(string Heading, IReadOnlyList<Paragraph> Body) : Part
{
    /// <summary>The background.</summary>
    public Tone Tone { get; init; }

    /// <summary>What may be pressed about this section.</summary>
    public IReadOnlyList<MessageAction> Actions { get; init; } = [];

    /// <summary>A line is drawn above it.</summary>
    public bool IsSeparate { get; init; }

    /// <summary>A section of lines.</summary>
    public static Section Of(string heading, IEnumerable<string> lines) => new(heading, [.. lines.Select(l => new Paragraph(l))]);
}

/// <summary>Things that stand under one another, as people under their superiors.</summary>
/// <param name="Items">Each after the one it stands under.</param>
public sealed record Outline(IReadOnlyList<OutlineItem> Items) : Part;

/// <summary>One thing of an outline.</summary>
/// <param name="Depth">How many stand above it; 0 for none.</param>
/// <param name="Name">What it is.</param>
/// <param name="Detail">What there is to say of it, in small letters.</param>
/// <param name="IsStrong">In bold.</param>
public sealed record OutlineItem(int Depth, string Name, string Detail, bool IsStrong = false);

/// <summary>Rows and columns of short texts, each row and column with its name.</summary>
/// <param name="Columns">The names of the columns, from left to right.</param>
/// <param name="Rows">From top to bottom.</param>
public sealed record Matrix(IReadOnlyList<string> Columns, IReadOnlyList<MatrixRow> Rows) : Part;

/// <summary>A row of a matrix.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Cells">One a column.</param>
public sealed record MatrixRow(string Name, IReadOnlyList<MatrixCell> Cells);

/// <summary>A cell of a matrix.</summary>
/// <param name="Words">A few; empty for nothing to say.</param>
/// <param name="Tone">How it stands.</param>
public sealed record MatrixCell(string Words, Tone Tone = Tone.Plain);

/// <summary>An image.</summary>
/// <param name="Address">Where it lies, over HTTPS.</param>
/// <param name="Description">What it shows, for those who do not see it.</param>
public sealed record Picture(Uri Address, string Description) : Part;
