using System.Text.Json.Serialization;

namespace KeyAccountBot.Slack.BlockKit;

/// <summary>
/// One <see href="https://docs.slack.dev/reference/block-kit/blocks">block</see> of a message. Texts are cut to what Slack takes;
/// ids and values, whose meaning a cut would change, are refused when too long.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SectionBlock), "section")]
[JsonDerivedType(typeof(HeaderBlock), "header")]
[JsonDerivedType(typeof(ContextBlock), "context")]
[JsonDerivedType(typeof(ActionsBlock), "actions")]
[JsonDerivedType(typeof(DividerBlock), "divider")]
public abstract record Block
{
    private protected Block()
    {
    }

    /// <summary>Names the block within its message (<see href="https://docs.slack.dev/reference/block-kit/blocks">blocks</see>).</summary>
    [JsonPropertyOrder(9)]
    public string? BlockId
    {
        get;
        init => field = value is null ? null : Refuse.TooLong(value, TextLimit.Id, "block_id");
    }
}

/// <summary>Text, and fields in two columns (<see href="https://docs.slack.dev/reference/block-kit/blocks/section-block">section</see>).</summary>
public sealed record SectionBlock : Block
{
    /// <summary>A section of <see cref="Mrkdwn">words and marks</see> (<see href="https://docs.slack.dev/reference/block-kit/blocks/section-block">section</see>).</summary>
    public SectionBlock(string words) => Text = TextObject.Of(words, TextLimit.Section);

    /// <summary>A section of fields, each of words and marks (<see href="https://docs.slack.dev/reference/block-kit/blocks/section-block">section</see>).</summary>
    public SectionBlock(string? words, IReadOnlyList<string> fields)
        : this(words is null ? null : TextObject.Of(words, TextLimit.Section), [.. fields.Select(field => TextObject.Of(field, TextLimit.Field))])
    {
    }

    internal SectionBlock(TextObject? text, IReadOnlyList<TextObject> fields)
    {
        Text = text;
        Fields = fields.Count > 0 ? fields : null;
        if (Text is null && Fields is null)
        {
            throw new ArgumentException("A section needs a text or fields.", nameof(fields));
        }
    }

    /// <summary>The text (<see href="https://docs.slack.dev/reference/block-kit/blocks/section-block">section</see>).</summary>
    public TextObject? Text { get; }

    /// <summary>The fields; beyond ten they run on in a further section (<see href="https://docs.slack.dev/reference/block-kit/blocks/section-block">section</see>).</summary>
    public IReadOnlyList<TextObject>? Fields { get; }

    /// <summary>What can be pressed beside the text (<see href="https://docs.slack.dev/reference/block-kit/blocks/section-block">section</see>).</summary>
    public ActionElement? Accessory { get; init; }
}

/// <summary>A headline in plain text (<see href="https://docs.slack.dev/reference/block-kit/blocks/header-block">header</see>).</summary>
public sealed record HeaderBlock : Block
{
    /// <summary>A headline (<see href="https://docs.slack.dev/reference/block-kit/blocks/header-block">header</see>).</summary>
    public HeaderBlock(string plainText) => Text = PlainText.Of(plainText, TextLimit.Header);

    /// <summary>The headline's words (<see href="https://docs.slack.dev/reference/block-kit/blocks/header-block">header</see>).</summary>
    public PlainText Text { get; }
}

/// <summary>Small grey texts (<see href="https://docs.slack.dev/reference/block-kit/blocks/context-block">context</see>).</summary>
public sealed record ContextBlock : Block
{
    /// <summary>Small texts, each of words and marks (<see href="https://docs.slack.dev/reference/block-kit/blocks/context-block">context</see>).</summary>
    public ContextBlock(params IEnumerable<string> words)
        : this([.. words.Select(text => TextObject.Of(text, TextLimit.Context))])
    {
    }

    internal ContextBlock(IReadOnlyList<TextObject> elements) => Elements = Refuse.None(elements, "context");

    /// <summary>The texts; beyond ten they run on in a further context (<see href="https://docs.slack.dev/reference/block-kit/blocks/context-block">context</see>).</summary>
    public IReadOnlyList<TextObject> Elements { get; }
}

/// <summary>A row of buttons, lists and calendars (<see href="https://docs.slack.dev/reference/block-kit/blocks/actions-block">actions</see>).</summary>
public sealed record ActionsBlock : Block
{
    /// <summary>A row of them (<see href="https://docs.slack.dev/reference/block-kit/blocks/actions-block">actions</see>).</summary>
    public ActionsBlock(params IReadOnlyList<ActionElement> elements) => Elements = Refuse.None(elements, "actions");

    /// <summary>What stands in the row; beyond 25 they run on in a further row (<see href="https://docs.slack.dev/reference/block-kit/blocks/actions-block">actions</see>).</summary>
    public IReadOnlyList<ActionElement> Elements { get; }
}

/// <summary>A line between blocks (<see href="https://docs.slack.dev/reference/block-kit/blocks/divider-block">divider</see>).</summary>
public sealed record DividerBlock : Block;
