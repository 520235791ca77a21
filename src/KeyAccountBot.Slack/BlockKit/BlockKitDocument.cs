using System.Text.Json;

namespace KeyAccountBot.Slack.BlockKit;

/// <summary>
/// A whole message: blocks, and the text that stands in for them in notifications and screen readers
/// (<see href="https://docs.slack.dev/reference/methods/chat.postMessage#text-blocks-attachments">text and blocks</see>).
/// Blocks are brought within Slack's counts: long rows run on in a further block, and beyond <see cref="MaxBlocks"/> what is only
/// read gives way from the end, under an ellipsis; buttons never do.
/// </summary>
public sealed record BlockKitDocument
{
    /// <summary>Blocks in a message (<see href="https://docs.slack.dev/reference/block-kit/blocks">blocks</see>).</summary>
    public const int MaxBlocks = 50;

    /// <summary>Buttons in a row (<see href="https://docs.slack.dev/reference/block-kit/blocks/actions-block">actions</see>).</summary>
    public const int MaxActions = 25;

    /// <summary>Fields in a section (<see href="https://docs.slack.dev/reference/block-kit/blocks/section-block">section</see>).</summary>
    public const int MaxFields = 10;

    /// <summary>Texts in a context (<see href="https://docs.slack.dev/reference/block-kit/blocks/context-block">context</see>).</summary>
    public const int MaxContext = 10;

    /// <summary>A message of a text, <see cref="Mrkdwn">words and marks</see>, and perhaps blocks (<see href="https://docs.slack.dev/reference/methods/chat.postMessage#text-blocks-attachments">text and blocks</see>).</summary>
    public BlockKitDocument(string text, IReadOnlyList<Block>? blocks = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        Text = TextLimit.CutMrkdwn(Mrkdwn.Draw(text), TextLimit.Message);
        Blocks = blocks is { Count: > 0 } ? WithinCount([.. blocks.SelectMany(RunOn)])
            : Mrkdwn.IsSafe(text) ? []
            : [new SectionBlock(text)]; // as a block it stands as it was typed, which the text of a message cannot
    }

    /// <summary>What is read where blocks are not shown (<see href="https://docs.slack.dev/reference/methods/chat.postMessage#text-blocks-attachments">text and blocks</see>).</summary>
    public string Text { get; }

    /// <summary>The blocks, within Slack's counts (<see href="https://docs.slack.dev/reference/block-kit/blocks">blocks</see>).</summary>
    public IReadOnlyList<Block> Blocks { get; }

    /// <summary>The document as Slack takes it: <c>text</c> and <c>blocks</c> (<see href="https://docs.slack.dev/reference/methods/chat.postMessage">chat.postMessage</see>).</summary>
    public string ToJson() => JsonSerializer.Serialize(this, BlockKitJson.Default.BlockKitDocument);

    private static IEnumerable<Block> RunOn(Block block) => block switch
    {
        ActionsBlock { Elements.Count: > MaxActions } actions =>
            actions.Elements.Chunk(MaxActions).Select((row, index) => new ActionsBlock(row) { BlockId = Further(actions.BlockId, index) }),
        ContextBlock { Elements.Count: > MaxContext } context =>
            context.Elements.Chunk(MaxContext).Select((row, index) => new ContextBlock(row) { BlockId = Further(context.BlockId, index) }),
        SectionBlock { Fields.Count: > MaxFields } section =>
            section.Fields.Chunk(MaxFields).Select((row, index) =>
                new SectionBlock(index == 0 ? section.Text : null, row) { BlockId = Further(section.BlockId, index) }),
        _ => [block],
    };

    // a block id is unique in its message
    private static string? Further(string? blockId, int index) =>
        blockId is null || index == 0 ? blockId : $"{blockId}:{index + 1}";

    private static List<Block> WithinCount(List<Block> blocks)
    {
        if (blocks.Count <= MaxBlocks)
        {
            return blocks;
        }

        var firstGone = blocks.Count;
        for (var index = blocks.Count - 1; index >= 0 && blocks.Count > MaxBlocks - 1; index--)
        {
            if (blocks[index] is not ActionsBlock)
            {
                blocks.RemoveAt(index);
                firstGone = index;
            }
        }

        if (blocks.Count >= MaxBlocks)
        {
            throw new ArgumentException($"A Slack message holds {MaxBlocks} blocks, and these rows of buttons alone are {blocks.Count}: send two messages.", nameof(blocks));
        }

        blocks.Insert(firstGone, new ContextBlock("…"));
        return blocks;
    }
}
