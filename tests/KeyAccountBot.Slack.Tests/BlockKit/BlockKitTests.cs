using System.Text.Json;
using CsCheck;
using KeyAccountBot.Slack.BlockKit;
using Xunit;

namespace KeyAccountBot.Slack.Tests.BlockKit;

public sealed class BlockKitTests
{
    private static readonly string Long = new('x', 5000);

    private static readonly Dictionary<string, int> LongestText = new(StringComparer.Ordinal)
    {
        ["section.text"] = 3000, ["section.fields"] = 2000, ["header.text"] = 150, ["context.elements"] = 3000,
        ["static_select.placeholder"] = 150, ["datepicker.placeholder"] = 150, ["option.text"] = 75, ["button.text"] = 75, ["confirm.title"] = 100, ["confirm.text"] = 300, ["confirm.confirm"] = 30, ["confirm.deny"] = 30,
    };

    /// <summary>One of every kind, filled beyond every limit.</summary>
    private static IReadOnlyList<Block> Overfull =>
    [
        new HeaderBlock(Long) { BlockId = "head" },
        new SectionBlock(Long),
        new SectionBlock(Long, Enumerable.Repeat(Long, 23).ToArray()) { BlockId = "fields" },
        new ContextBlock(Enumerable.Repeat(Long, 23)) { BlockId = "context" },
        new DividerBlock(),
        new ActionsBlock(Enumerable.Range(0, 60).Select(number => new Button(Long, $"act-{number}", new string('v', 2000))
        {
            Style = number % 2 == 0 ? ButtonStyle.Primary : ButtonStyle.Danger,
            Confirm = new Confirmation(Long, Long, Long, Long),
        }).ToArray()) { BlockId = "actions" },
        new ActionsBlock(
            new DatePicker(Long, "day"),
            new StaticSelect(Long, "one", Enumerable.Range(0, 100).Select(number => new SelectOption(Long, $"{number}{Long}"[..150])).ToArray())) { BlockId = "pickers" },
    ];

    [Fact]
    public void A_message_is_written_as_Slack_takes_it()
    {
        var message = new BlockKitDocument("Cancity has been silent",
        [
            new HeaderBlock("Silence"),
            new SectionBlock(Bold("Cancity"), [$"{Bold("Stage")}\uFDD6Spec", $"{Bold("Owner")}\uFDD6Wei"]) { BlockId = "s" },
            new DividerBlock(),
            new ContextBlock("since Monday"),
            new ActionsBlock(new Button("Take it", "take", "o-1") { Style = ButtonStyle.Primary, Confirm = new Confirmation("Sure?", "It is yours then.", "Yes", "No") }),
        ]);
        Assert.Equal(
            """
            {"text":"Cancity has been silent","blocks":[
            {"type":"header","text":{"type":"plain_text","text":"Silence"}},
            {"type":"section","text":{"type":"mrkdwn","text":"*Cancity*","verbatim":true},"fields":[{"type":"mrkdwn","text":"*Stage*\nSpec","verbatim":true},{"type":"mrkdwn","text":"*Owner*\nWei","verbatim":true}],"block_id":"s"},
            {"type":"divider"},
            {"type":"context","elements":[{"type":"mrkdwn","text":"since Monday","verbatim":true}]},
            {"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"Take it"},"action_id":"take","value":"o-1","style":"primary","confirm":{"title":{"type":"plain_text","text":"Sure?"},"text":{"type":"plain_text","text":"It is yours then."},"confirm":{"type":"plain_text","text":"Yes"},"deny":{"type":"plain_text","text":"No"}}}]}]}
            """.Replace("\n", "").Replace("\r", ""),
            message.ToJson());
    }

    [Fact]
    public void Lists_and_calendars_are_written_as_Slack_takes_them()
    {
        var message = new BlockKitDocument("x", [new ActionsBlock(
            new DatePicker("Snooze until", "until"),
            new StaticSelect("Reassign to", "colleague", [new SelectOption("Ada", "p-1")])) { BlockId = "row" }]);
        Assert.Equal(
            """
            {"text":"x","blocks":[{"type":"actions","elements":[
            {"type":"datepicker","action_id":"until","placeholder":{"type":"plain_text","text":"Snooze until"}},
            {"type":"static_select","action_id":"colleague","placeholder":{"type":"plain_text","text":"Reassign to"},"options":[{"text":{"type":"plain_text","text":"Ada"},"value":"p-1"}]}],
            "block_id":"row"}]}
            """.Replace("\n", "").Replace("\r", ""),
            message.ToJson());
    }

    [Fact]
    public void A_list_holds_one_to_a_hundred_options_whose_values_are_refused_not_cut()
    {
        Assert.Throws<ArgumentException>(() => new StaticSelect("p", "a", []));
        Assert.Throws<ArgumentException>(() => new StaticSelect("p", "a", [.. Enumerable.Range(0, 101).Select(n => new SelectOption("o", $"{n}"))]));
        Assert.Throws<ArgumentException>(() => new SelectOption("o", new string('v', 151)));
        Assert.Throws<ArgumentException>(() => new DatePicker("p", ""));
    }

    [Fact]
    public void The_overfull_message_holds_one_of_every_kind_of_element() => Assert.Equal(
        typeof(ActionElement).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ActionElement))).ToHashSet(),
        Overfull.OfType<ActionsBlock>().SelectMany(row => row.Elements).Select(element => element.GetType()).ToHashSet());

    [Fact]
    public void The_overfull_message_holds_one_of_every_kind_of_block()
    {
        var kinds = typeof(Block).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Block)));
        Assert.Equal(kinds.ToHashSet(), Overfull.Select(block => block.GetType()).ToHashSet());
    }

    [Fact]
    public void Every_kind_of_block_keeps_Slacks_limits_when_overfull()
    {
        using var json = JsonDocument.Parse(new BlockKitDocument(Long, Overfull).ToJson());
        Assert.Equal(4000, json.RootElement.GetProperty("text").GetString()!.Length);
        Lint(json.RootElement.GetProperty("blocks"));
    }

    [Fact]
    public void Rows_that_are_too_long_run_on_and_lose_nothing()
    {
        var blocks = new BlockKitDocument("x", Overfull).Blocks;
        Assert.Equal(
            Enumerable.Range(0, 60).Select(number => $"act-{number}"),
            blocks.OfType<ActionsBlock>().SelectMany(row => row.Elements).OfType<Button>().Select(button => button.ActionId));
        Assert.Equal(23, blocks.OfType<ContextBlock>().Sum(context => context.Elements.Count));
        Assert.Equal(23, blocks.OfType<SectionBlock>().Sum(section => section.Fields?.Count ?? 0));
    }

    [Fact]
    public void Beyond_fifty_blocks_reading_matter_gives_way_under_an_ellipsis_and_buttons_stay()
    {
        Block[] many = [.. Enumerable.Range(0, 70).Select(number => new SectionBlock($"{number}")), new ActionsBlock(new Button("Take it", "take"))];
        var blocks = new BlockKitDocument("x", many).Blocks;
        Assert.Equal(50, blocks.Count);
        Assert.Equal("0", Assert.IsType<SectionBlock>(blocks[0]).Text!.Text);
        Assert.Equal("47", Assert.IsType<SectionBlock>(blocks[47]).Text!.Text);
        Assert.Equal("…", Assert.Single(Assert.IsType<ContextBlock>(blocks[48]).Elements).Text);
        Assert.IsType<ActionsBlock>(blocks[49]);
    }

    [Fact]
    public void More_buttons_than_a_message_holds_are_refused_aloud() =>
        Assert.Throws<ArgumentException>(() =>
            new BlockKitDocument("x", [.. Enumerable.Range(0, 51).Select(number => new ActionsBlock(new Button("b", $"a{number}")))]));

    [Fact]
    public void Fifty_blocks_stay_as_they_are() =>
        Assert.Equal(50, new BlockKitDocument("x", [.. Enumerable.Repeat(new DividerBlock(), 50)]).Blocks.Count);

    [Fact]
    public void Ids_and_values_that_do_not_fit_are_refused_not_cut()
    {
        Assert.Throws<ArgumentException>(() => new Button("b", new string('a', 256)));
        Assert.Throws<ArgumentException>(() => new Button("b", ""));
        Assert.Throws<ArgumentException>(() => new Button("b", "a", new string('v', 2001)));
        Assert.Throws<ArgumentException>(() => new HeaderBlock("h") { BlockId = new string('b', 256) });
        Assert.Throws<ArgumentException>(() => new ActionsBlock());
        Assert.Throws<ArgumentException>(() => new ContextBlock());
    }

    [Fact]
    public void A_message_always_has_a_text() =>
        Assert.Throws<ArgumentException>(() => new BlockKitDocument(" ", [new DividerBlock()]));

    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("longer", 5, "long…")]
    [InlineData("", 5, "–")]
    [InlineData("abc🙂d", 5, "abc…")]
    [InlineData("a &amp; b", 6, "a …")]
    [InlineData("see <@U12345> now", 9, "see …")]
    [InlineData("see <@U1> now", 11, "see <@U1> …")]
    public void A_cut_never_splits_a_pair_an_escape_or_a_mention(string text, int length, string expected) =>
        Assert.Equal(expected, TextLimit.CutMrkdwn(text, length));

    [Theory]
    [InlineData("abc🙂d", 5, "abc…")]
    [InlineData("margin < 5 & rising", 12, "margin < 5 …")]
    public void Plain_text_has_no_escapes_to_keep_whole(string text, int length, string expected) =>
        Assert.Equal(expected, TextLimit.CutPlain(text, length));

    [Fact]
    public void Any_text_cut_to_any_length_fits_and_is_not_empty() =>
        Gen.Select(Gen.String[Gen.Char["<>&;@🙂ab "], 0, 60], Gen.Int[1, 50]).Sample((text, length) =>
        {
            Assert.InRange(TextLimit.CutPlain(text, length).Length, 1, length);
            Assert.InRange(TextLimit.CutMrkdwn(text, length).Length, 1, length);
        });

    [Fact]
    public void What_people_wrote_comes_back_as_they_wrote_it() =>
        Gen.String[Gen.Char["<>&;lgtamp@ab "], 0, 40].Sample(text => Assert.Equal(text, Mrkdwn.Unescape(Mrkdwn.Escape(text))));

    [Fact]
    public void What_people_write_is_escaped_and_nothing_else() =>
        Assert.Equal("R&amp;D &lt;!channel&gt; \"it's\" *bold*", Mrkdwn.Escape("R&D <!channel> \"it's\" *bold*"));

    private static string Bold(string words) => $"\uFDD0{words}\uFDD1";

    /// <summary>What people call their customers: it stands in Slack as they typed it, and does nothing.</summary>
    [Theory]
    [InlineData("Nordwind Dairies", "mrkdwn", "Nordwind Dairies")]
    [InlineData("Müller & Söhne <GmbH>", "mrkdwn", "Müller &amp; Söhne &lt;GmbH&gt;")]
    [InlineData("<!channel> & <https://x|y>", "mrkdwn", "&lt;!channel&gt; &amp; &lt;https://x|y&gt;")]
    [InlineData("evil.example https://evil.example @here #general", "mrkdwn", "evil.example https://evil.example @here #general")]
    [InlineData("snake_case O'Neil - Smith", "mrkdwn", "snake_case O'Neil - Smith")]
    [InlineData("_x_ ~x~ `x` *x*", "plain_text", "_x_ ~x~ `x` *x*")]
    [InlineData("> quoted", "plain_text", "> quoted")]
    [InlineData("on :fire: now", "plain_text", "on :fire: now")]
    [InlineData("a\u202Eb\u0007\r\nc", "mrkdwn", "ab c")]
    public void A_name_stands_as_it_was_typed_and_does_nothing(string name, string type, string text)
    {
        var section = new SectionBlock(name).Text!;
        Assert.Equal((type, text), (section.Type, section.Text));
        Assert.Equal(type == "mrkdwn", section.Verbatim == true);

        // bold is given up where the name would be markup
        Assert.Equal(type == "mrkdwn" ? $"*{text}*" : text, new SectionBlock(Bold(name)).Text!.Text);

        // a message of words alone gets a block where its text could not be made to stand as typed
        var message = new BlockKitDocument(name);
        Assert.Equal(type == "mrkdwn" ? 0 : 1, message.Blocks.Count);
        Assert.DoesNotContain("<", message.Text, StringComparison.Ordinal);
    }

    private static void Lint(JsonElement blocks)
    {
        Assert.InRange(blocks.GetArrayLength(), 1, 50);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var block in blocks.EnumerateArray())
        {
            var type = block.GetProperty("type").GetString();
            Assert.Contains(type, new[] { "section", "header", "context", "actions", "divider" });
            Assert.True(!block.TryGetProperty("block_id", out var id) || (ids.Add(id.GetString()!) && id.GetString()!.Length <= 255));
            if (block.TryGetProperty("text", out var text))
            {
                LintText(text, type is "header" ? "plain_text" : "mrkdwn", $"{type}.text");
            }

            foreach (var field in Array(block, "fields", 10))
            {
                LintText(field, "mrkdwn", "section.fields");
            }

            foreach (var element in Array(block, "elements", type is "actions" ? 25 : 10))
            {
                if (type is "context")
                {
                    LintText(element, "mrkdwn", "context.elements");
                }
                else
                {
                    LintElement(element);
                }
            }
        }
    }

    private static void LintElement(JsonElement element)
    {
        var type = element.GetProperty("type").GetString()!;
        Assert.InRange(element.GetProperty("action_id").GetString()!.Length, 1, 255);
        if (type == "button")
        {
            LintButton(element);
            return;
        }

        Assert.Contains(type, new[] { "static_select", "datepicker" });
        LintText(element.GetProperty("placeholder"), "plain_text", $"{type}.placeholder");
        foreach (var option in Array(element, "options", 100))
        {
            LintText(option.GetProperty("text"), "plain_text", "option.text");
            Assert.InRange(option.GetProperty("value").GetString()!.Length, 1, 150);
        }
    }

    private static void LintButton(JsonElement button)
    {
        LintText(button.GetProperty("text"), "plain_text", "button.text");
        Assert.InRange(button.GetProperty("value").GetString()!.Length, 1, 2000);
        Assert.Contains(button.GetProperty("style").GetString(), new[] { "primary", "danger" });
        foreach (var part in button.GetProperty("confirm").EnumerateObject())
        {
            LintText(part.Value, "plain_text", $"confirm.{part.Name}");
        }
    }

    private static void LintText(JsonElement text, string type, string place)
    {
        Assert.Equal(type, text.GetProperty("type").GetString());
        Assert.InRange(text.GetProperty("text").GetString()!.Length, 1, LongestText[place]);
    }

    private static JsonElement.ArrayEnumerator Array(JsonElement block, string name, int most)
    {
        if (!block.TryGetProperty(name, out var array))
        {
            return default;
        }

        Assert.InRange(array.GetArrayLength(), 1, most);
        return array.EnumerateArray();
    }
}
