using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.Channels.Terminal;
using KeyAccountBot.Messages;
using Markdig;
using Xunit;
using Markdown = KeyAccountBot.BotFramework.Cards.Markdown;

namespace KeyAccountBot.Tests.Cards;

/// <summary>
/// Everything the bot says, with names and words of people who try to make markup of them. It is read as its channel reads it, with a
/// reader of Markdown that knows more than Teams does; what was typed must stand there as it was typed, and nothing else.
/// </summary>
public sealed partial class HostileNamesTests
{
    private const string Typed = "**evilbold** _evilitalic_ ~~evilstrike~~ `evilcode` [evilclick](http://evil.example) <!channel> <at>evil</at> <b>evil</b> &amp; \\*evil\\* http://evil.example/a_b_c";
    private static readonly string[] Ours = ["p", "strong", "em", "ol", "li", "br"];

    private static readonly MarkdownPipeline Reader = new MarkdownPipelineBuilder().UseAutoLinks().UseEmphasisExtras().UsePipeTables().UseTaskLists().Build();

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task A_hostile_name_stands_as_typed_in_every_message_and_card_of_all_channels(string language)
    {
        var (_, exhibits) = await Gallery.OpenAsync(language, name => $"{name} {Typed}");
        var seen = 0;

        var printed = 0;
        Assert.All(exhibits, e =>
        {
            seen += AsTyped(e.Text, Markdown.Draw(e.Text)) + (e.Card is { } card ? Shown(card).Sum(s => AsTyped(e.Name, s)) : 0);
            AsTypedInSlack(e);
            printed += AsTypedInTerminal(e);
        });
        Assert.True(seen > 500 && printed > 500, $"Only {seen} hostile names were seen, and {printed} printed.");
    }

    /// <summary>At the beginning of a line other characters are markup, and a line break must not make one.</summary>
    [Theory]
    [InlineData("# ")]
    [InlineData("1. ")]
    [InlineData("- ")]
    [InlineData("> ")]
    public async Task A_name_begins_no_heading_list_or_quotation_and_breaks_out_of_no_line(string prefix)
    {
        var (_, exhibits) = await Gallery.OpenAsync("en", name => $"{prefix}{name}");

        Assert.All(exhibits, e =>
        {
            var lists = e.Text.Contains(Marks.NumberBegins, StringComparison.Ordinal);
            IEnumerable<string> shown = [Markdown.Draw(e.Text), .. e.Card is { } card ? Shown(card) : []];
            Assert.All(shown, s => Assert.All(Tags(Read(s)), t => Assert.True(Ours.Contains(t) && (lists || t is not ("ol" or "li")), $"{e.Name} has <{t}>: {s}")));
        });
    }

    [Fact]
    public async Task Line_breaks_and_turned_letters_in_a_name_are_neutralised_everywhere()
    {
        // written by hand into a store: no dialog takes them
        var (_, exhibits) = await Gallery.OpenAsync("en", name => name.Contains("Ibarra", StringComparison.Ordinal) || name.Contains("Marxer", StringComparison.Ordinal) || name.Contains("Lind", StringComparison.Ordinal) ? $"{name}\r\n\r\n# evil\u202Egnitsil\u0007" : name);

        Assert.Contains(exhibits, e => e.Text.Contains("evil", StringComparison.Ordinal));
        Assert.All(exhibits, e =>
        {
            IEnumerable<string> shown =
            [
                Markdown.Draw(e.Text), .. e.Card is { } card ? Strings(card) : [], .. Strings(JsonDocument.Parse(e.Slack.ToJson()).RootElement), Printed(e),
            ];
            Assert.All(shown, s => Assert.DoesNotMatch(Neutralised(), s));
            Assert.All(shown, s => Assert.DoesNotMatch(@"^\s*# evil", s));
            Assert.All(Printed(e).Split(Environment.NewLine), line => Assert.DoesNotMatch(@"^\s*# evil", line));
            Assert.Equal(Count(e.Text, "evil\u202Egnitsil"), Count(Printed(e), " # evilgnitsil"));
        });
    }

    /// <summary>In a terminal a control moves the cursor or sets a colour; one that was typed does neither, nor does the picture of one.</summary>
    [Fact]
    public async Task A_name_takes_over_no_terminal()
    {
        var (_, exhibits) = await Gallery.OpenAsync("en", name => $"{name}\u001b[2J\u241b[31m");

        var printed = exhibits.Select(e => (e.Text, Plain: Printed(e), Coloured: Printed(e, isColoured: true))).ToList();
        Assert.Contains(printed, p => p.Plain.Contains("[2J\u241b[31m", StringComparison.Ordinal));
        Assert.All(printed, p => Assert.DoesNotContain('\u001b', p.Plain));
        Assert.All(printed, p => Assert.DoesNotMatch("\u001b\\[(?!(?:0|1|2|36)m)", p.Coloured));
    }

    private static int AsTyped(string name, string markdown)
    {
        var html = Read(markdown);
        Assert.All(Tags(html), t => Assert.True(Ours.Contains(t), $"{name} has <{t}>: {markdown}"));
        var words = WebUtility.HtmlDecode(Tag().Replace(html, "")).Replace("\u2060", "", StringComparison.Ordinal);
        var count = words.Split("evilbold").Length - 1;
        Assert.True(count == words.Split(Typed).Length - 1, $"{name} does not show a name as typed: {words}");
        return count;
    }

    // mrkdwn that holds anything of it has not escaped what cannot be escaped
    private static void AsTypedInSlack(Exhibit exhibit)
    {
        using var message = JsonDocument.Parse(exhibit.Slack.ToJson());
        Assert.DoesNotContain("<", message.RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
        foreach (var text in TextObjects(message.RootElement))
        {
            var words = text.GetProperty("text").GetString()!;
            if (text.GetProperty("type").ValueEquals("mrkdwn"))
            {
                Assert.DoesNotContain("evil", words, StringComparison.Ordinal);
                Assert.True(text.GetProperty("verbatim").GetBoolean());
            }
            else if (!words.EndsWith('…'))
            {
                Assert.Equal(words.Split("evilbold").Length, words.Split(Typed).Length);
            }
        }
    }

    private static int AsTypedInTerminal(Exhibit exhibit)
    {
        var printed = Printed(exhibit);
        Assert.True(Count(printed, "evilbold") == Count(printed, Typed), $"{exhibit.Name} does not print a name as typed: {printed}");
        Assert.InRange(Count(printed, Typed), Count(exhibit.Text, Typed), int.MaxValue);
        return Count(printed, Typed);
    }

    // as the terminal prints it, buttons included
    private static string Printed(Exhibit exhibit, bool isColoured = false)
    {
        using var output = new StringWriter();
        var shown = new TerminalScreen { Output = output, IsColoured = isColoured }.ShowAsync(exhibit.Message);
        Assert.True(shown.IsCompletedSuccessfully);
        return output.ToString();
    }

    private static int Count(string words, string part) => words.Split(part).Length - 1;

    private static IEnumerable<JsonElement> TextObjects(JsonElement at) => at.ValueKind switch
    {
        JsonValueKind.Array => at.EnumerateArray().SelectMany(TextObjects),
        JsonValueKind.Object when at.TryGetProperty("type", out var type) && (type.ValueEquals("mrkdwn") || type.ValueEquals("plain_text")) => [at],
        JsonValueKind.Object => at.EnumerateObject().SelectMany(m => TextObjects(m.Value)),
        _ => [],
    };

    // what Teams reads as Markdown
    private static IEnumerable<string> Shown(JsonElement at) => at.ValueKind switch
    {
        JsonValueKind.Array => at.EnumerateArray().SelectMany(Shown),
        JsonValueKind.Object when at.TryGetProperty("facts", out var facts) =>
            facts.EnumerateArray().SelectMany(f => new[] { f.GetProperty("title").GetString()!, f.GetProperty("value").GetString()! }),
        JsonValueKind.Object => at.EnumerateObject().SelectMany(m =>
            m.Value.ValueKind == JsonValueKind.String ? m.Name is "text" or "fallbackText" ? [m.Value.GetString()!] : [] : m.Name == "data" ? [] : Shown(m.Value)),
        _ => [],
    };

    private static IEnumerable<string> Strings(JsonElement at) => at.ValueKind switch
    {
        JsonValueKind.Array => at.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => at.EnumerateObject().Where(m => m.Name is not ("data" or "value")).SelectMany(m => Strings(m.Value)),
        JsonValueKind.String => [at.GetString()!],
        _ => [],
    };

    private static string Read(string markdown) => Markdig.Markdown.ToHtml(markdown, Reader);

    private static IEnumerable<string> Tags(string html) => Tag().Matches(html).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"</?(?<name>[A-Za-z][A-Za-z0-9]*)[^>]*>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("[\u202A-\u202E\u2066-\u2069\u0007\r]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Neutralised();
}
