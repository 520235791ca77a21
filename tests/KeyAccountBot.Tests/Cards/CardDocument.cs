using System.Text;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.Slack.BlockKit;

namespace KeyAccountBot.Tests.Cards;

/// <summary><c>docs/cards.md</c>: every card in a row and in a picture.</summary>
internal static class CardDocument
{
    private const int LongestWords = 160;

    /// <summary>Whether it and its pictures are to be written anew.</summary>
    public static bool IsWritten => string.Equals(Environment.GetEnvironmentVariable("CARD_DOCS"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The document, from the English gallery.</summary>
    public static string Of(IReadOnlyList<Exhibit> exhibits)
    {
        var document = new StringBuilder();
        document.Append("""
            # Cards

            Every card that the bot sends, as the tests draw it with the official renderer in Teams' colours: English in light and Simplified Chinese in
            dark, both as wide as a phone, a long one cut at its foot. A card is made by one builder, data in and document out; whoever has no cards reads the same in words.

            `.ci/run` draws each of them in both languages, light and dark, 360 and 800 pixels wide, into `artifacts/cards`, and fails where one
            overflows, has too little contrast or an input without a label. This page and its pictures are written anew by

            ```
            CARD_DOCS=true dotnet test --project tests/KeyAccountBot.Tests -- --filter-method "*The_documentation_*"
            ```

            | card | made by | shown when | in words |
            |---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var card in CardCatalogue.Cards)
        {
            document.Append(CultureInvariant($"| [{card.Name}](#{card.File}) | `{card.Builder.Name}` | {card.When} | {Words(Markdown.Draw(exhibits.Single(e => e.Name == card.Exhibit).Text))} |\n"));
        }

        foreach (var card in CardCatalogue.Cards)
        {
            document.Append(CultureInvariant($"\n## {card.Name}\n\n![{card.Name}](images/cards/{card.File}.png)\n"));
        }

        document.Append("""

            # In Slack

            The same messages as blocks; buttons stand in brackets, lists and calendars in angle brackets. What takes a form is answered in words.

            """.ReplaceLineEndings("\n"));
        foreach (var (card, blocks) in CardCatalogue.Cards.Where(c => c.Opens is null).Select(c => (c, exhibits.Single(e => e.Name == c.Exhibit).Slack.Blocks)))
        {
            document.Append(CultureInvariant($"\n## {card.Name} in Slack\n\n```\n{string.Join("\n\n", blocks.Select(InWords))}\n```\n"));
        }

        return document.ToString();
    }

    private static string InWords(Block block) => block switch
    {
        SectionBlock section => section.Text!.Text,
        ContextBlock context => string.Join('\n', context.Elements.Select(e => e.Text)),
        ActionsBlock actions => string.Join(' ', actions.Elements.Select(InWords)),
        _ => throw new ArgumentOutOfRangeException(nameof(block), block, "The page does not know how to show this block."),
    };

    private static string InWords(ActionElement element) => element switch
    {
        Button button => $"[{button.Text.Text}]",
        StaticSelect list => $"<{list.Placeholder.Text}: {string.Join(" / ", list.Options.Select(o => o.Text.Text))}>",
        DatePicker calendar => $"<{calendar.Placeholder.Text}>",
        _ => throw new ArgumentOutOfRangeException(nameof(element), element, "The page does not know how to show this element."),
    };

    private static string CultureInvariant(FormattableString text) => FormattableString.Invariant(text);

    // in a line, so that it stands in a table's cell
    private static string Words(string text)
    {
        var line = string.Join(" / ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
        return line.Length <= LongestWords ? line : line[..line.LastIndexOf(' ', LongestWords)] + " …";
    }
}
