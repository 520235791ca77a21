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
    /// <summary>A section of mrkdwn (<see href="https://docs.slack.dev/reference/block-kit/blocks/section-block">section</see>).</summary>
    public SectionBlock(string mrkdwn) => Text = new MrkdwnText(TextLimit.CutMrkdwn(mrkdwn, TextLimit.Section));

    /// <summary>A section of fields, each mrkdwn (<see href="https://docs.slack.dev/reference/block-kit/blocks/section-block">section</see>).</summary>
    public SectionBlock(string? mrkdwn, IReadOnlyList<string> fields)
        : this(mrkdwn, [.. fields.Select(field => new MrkdwnText(TextLimit.CutMrkdwn(field, TextLimit.Field)))])
    {
    }

    internal SectionBlock(string? mrkdwn, IReadOnlyList<MrkdwnText> fields)
    {
        Text = mrkdwn is null ? null : new MrkdwnText(TextLimit.CutMrkdwn(mrkdwn, TextLimit.Section));
        Fields = fields.Count > 0 ? fields : null;
        if (Text is null && Fields is null)
        {
            throw new ArgumentException("A section needs a text or fields.", nameof(fields));
        }
    }

    /// <summary>The text (<see href="https://docs.slack.dev/reference/block-kit/blocks/section-block">section</see>).</summary>
    public MrkdwnText? Text { get; }

    /// <summary>The fields; beyond ten they run on in a further section (<see href="https://docs.slack.dev/reference/block-kit/blocks/section-block">section</see>).</summary>
    public IReadOnlyList<MrkdwnText>? Fields { get; }
}

/// <summary>A headline in plain text (<see href="https://docs.slack.dev/reference/block-kit/blocks/header-block">header</see>).</summary>
public sealed record HeaderBlock : Block
{
    /// <summary>A headline (<see href="https://docs.slack.dev/reference/block-kit/blocks/header-block">header</see>).</summary>
    public HeaderBlock(string plainText) => Text = new PlainText(TextLimit.CutPlain(plainText, TextLimit.Header));

    /// <summary>The headline's words (<see href="https://docs.slack.dev/reference/block-kit/blocks/header-block">header</see>).</summary>
    public PlainText Text { get; }
}

/// <summary>Small grey texts (<see href="https://docs.slack.dev/reference/block-kit/blocks/context-block">context</see>).</summary>
public sealed record ContextBlock : Block
{
    /// <summary>Small texts, each mrkdwn (<see href="https://docs.slack.dev/reference/block-kit/blocks/context-block">context</see>).</summary>
    public ContextBlock(params IEnumerable<string> mrkdwn)
        : this([.. mrkdwn.Select(text => new MrkdwnText(TextLimit.CutMrkdwn(text, TextLimit.Context)))])
    {
    }

    internal ContextBlock(IReadOnlyList<MrkdwnText> elements) => Elements = Refuse.None(elements, "context");

    /// <summary>The texts; beyond ten they run on in a further context (<see href="https://docs.slack.dev/reference/block-kit/blocks/context-block">context</see>).</summary>
    public IReadOnlyList<MrkdwnText> Elements { get; }
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
