using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Slack.BlockKit;
using PlainText = KeyAccountBot.Messages.PlainText;

namespace KeyAccountBot.Channels.Slack;

/// <summary>
/// Draws a message in Block Kit. What takes a form waits for a modal: until then its question is answered in words, and choices are
/// buttons. Small fields that a button opens elsewhere are lists and calendars here, and choosing presses.
/// </summary>
internal static class SlackBlocks
{
    private const int MostChoices = 25;

    // what drawing may put between two lines
    private const int BetweenTwo = 2;

    /// <summary>The message as Slack takes it.</summary>
    /// <param name="message">What is said.</param>
    /// <param name="tenant">Whose it is; presses bring it back.</param>
    public static BlockKitDocument Of(Message message, TenantId tenant)
    {
        if (!message.IsCard)
        {
            var words = PlainText.Of(message);
            List<Block> rows = [.. Rows(message)];
            return rows.Count == 0 && LengthOf(words) <= TextLimit.Message
                ? new BlockKitDocument(words)
                : new BlockKitDocument(words, Named([.. SectionsOf(PlainText.Paragraphs(message), Marks.Paragraph), .. rows], tenant));
        }

        List<Block> blocks = [new SectionBlock(HeadOf(message))];
        blocks.AddRange(BodyOf(message));
        if (message.Hint is { } hint)
        {
            blocks.Add(new ContextBlock(hint));
        }

        blocks.AddRange(Rows(message));
        return new BlockKitDocument(message.Summary ?? message.Title!, Named(blocks, tenant));
    }

    // a row of buttons says whose it is; its number makes its name the only one in the message
    private static IReadOnlyList<Block> Named(List<Block> blocks, TenantId tenant) =>
        [.. blocks.Select((block, i) => block is ActionsBlock or SectionBlock { Accessory: not null } ? block with { BlockId = SlackAct.RowOf(tenant, i) } : block)];

    private static string HeadOf(Message message) =>
        message.Subtitle is { Length: > 0 } subtitle ? Marks.Bold(message.Title!) + Marks.Line + subtitle : Marks.Bold(message.Title!);

    private static IEnumerable<Block> BodyOf(Message message)
    {
        var between = message.IsDense ? Marks.Line : Marks.Paragraph;
        List<string> lines = [];
        foreach (var part in message.Body)
        {
            if (part is Paragraph { IsAside: false, Opens: null } paragraph)
            {
                lines.Add(paragraph.Words);
                continue;
            }

            foreach (var block in SectionsOf(lines, between))
            {
                yield return block;
            }

            lines.Clear();
            foreach (var block in PartOf(part, message))
            {
                yield return block;
            }
        }

        foreach (var block in SectionsOf([.. lines, .. message.Question is { } question ? [question] : Array.Empty<string>(), .. message.Choices.Select((c, i) => Marks.Number(i + 1) + c)], between))
        {
            yield return block;
        }
    }

    private static IEnumerable<Block> PartOf(Part part, Message message) => part switch
    {
        Paragraph { Opens: { } opens } line => [LineOf(line, opens)],
        Paragraph aside => [new ContextBlock(aside.Words)],
        FactList facts => SectionsOf(facts.Facts.Select(f => $"{Marks.Bold(f.Label)}: {f.Value}"), Marks.Line),
        Section section =>
        [
            .. LinesOf(section),
            .. ButtonsOf(section.Actions),
        ],
        Outline outline => SectionsOf(outline.Items.Select(i => $"{new string('–', i.Depth)} {(i.IsStrong ? Marks.Bold(i.Name) : i.Name)} · {i.Detail}".Trim()), Marks.Line),
        Matrix matrix => SectionsOf(
            matrix.Rows.Select(row => string.Join(Marks.Line, PlainText.LinesOf(row, matrix, message).Select(l => l.Words).Prepend(Marks.Bold(row.Name)))), Marks.Line),
        Picture picture => [new SectionBlock(picture.Description)],
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "A part that Block Kit does not know."),
    };

    // a line with its button is a section of its own
    private static IEnumerable<Block> LinesOf(Section section)
    {
        List<string> lines = [Marks.Bold(section.Heading)];
        foreach (var line in section.Body)
        {
            if (line.Opens is not { } opens)
            {
                lines.Add(line.Words);
                continue;
            }

            foreach (var block in SectionsOf(lines, Marks.Line))
            {
                yield return block;
            }

            lines.Clear();
            yield return LineOf(line, opens);
        }

        foreach (var block in SectionsOf(lines, Marks.Line))
        {
            yield return block;
        }
    }

    private static SectionBlock LineOf(Paragraph line, MessageAction opens) => new(line.Words) { Accessory = SlackAct.ButtonOf(opens, 0) };

    // as few sections as hold the lines
    private static IEnumerable<Block> SectionsOf(IEnumerable<string> lines, string between)
    {
        List<string> together = [];
        var length = 0;
        foreach (var line in lines)
        {
            if (together.Count > 0 && length + LengthOf(line) + together.Count * BetweenTwo > TextLimit.Section)
            {
                yield return new SectionBlock(string.Join(between, together));
                (together, length) = ([], 0);
            }

            together.Add(line);
            length += LengthOf(line);
        }

        if (together.Count > 0)
        {
            yield return new SectionBlock(string.Join(between, together));
        }
    }

    // as Slack counts it: escaped
    private static int LengthOf(string words) => Mrkdwn.Draw(words).Length;

    private static IEnumerable<Block> Rows(Message message)
    {
        // answers that are buttons of the card need no second row
        var answers = message.Actions.Count > 0 ? [] : message.ReadyAnswers.Select(a => (MessageAction)new SayAction(a.Title, a.Says));
        var choices = message is { Choices.Count: <= MostChoices, Actions.Count: 0 } ? message.ChoiceButtons : [];
        return ButtonsOf([.. message.Actions, .. choices, .. choices.Count > 0 ? [] : answers]);
    }

    private static IEnumerable<Block> ButtonsOf(IReadOnlyList<MessageAction> actions)
    {
        List<ActionElement> buttons = [], pickers = [];
        foreach (var action in actions.SelectMany(a => a is OpenAction open ? open.Actions.Where(p => p.Takes.Count == 0) : (IEnumerable<MessageAction>)[a]))
        {
            if (SlackAct.ButtonOf(action, buttons.Count) is { } button)
            {
                buttons.Add(button);
            }
        }

        foreach (var open in actions.OfType<OpenAction>())
        {
            if (SlackAct.PickerOf(open, pickers.Count) is { } picker)
            {
                pickers.Add(picker);
            }
        }

        if (buttons.Count > 0)
        {
            yield return new ActionsBlock(buttons);
        }

        if (pickers.Count > 0)
        {
            yield return new ActionsBlock(pickers);
        }
    }
}
