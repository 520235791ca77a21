using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.Messages;
using KeyAccountBot.Slack.BlockKit;
using KeyAccountBot.Testing;
using Xunit;
using PlainText = KeyAccountBot.Messages.PlainText;

namespace KeyAccountBot.Tests.Cards;

/// <summary>Holds every message the bot sends to what its channel takes and its reader can read.</summary>
public sealed partial class CardTests
{
    private static readonly string[] ShownMembers = ["text", "title", "label", "placeholder", "fallbackText", "errorMessage", "altText", "speak"];

    // what stays as it is in Chinese: names of products and currencies
    private static readonly HashSet<string> Untranslated = new(StringComparer.Ordinal) { "Teams", "Slack", "EUR", "UTC" };

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task Every_card_is_valid_for_the_official_renderer(string language)
    {
        var (_, exhibits) = await Gallery.OpenAsync(language);
        var cards = exhibits.Where(e => e.Card is not null).Select(e => new { name = e.Name, card = e.Card!.Value }).ToList();
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Cards", "verify-cards.mjs"));
        start.ArgumentList.Add(Needs.NodePackage("adaptivecards"));

        using var node = Process.Start(start)!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(cards));
        node.StandardInput.Close();
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, await errors);
        Assert.Equal("[]", said.Trim());
        Assert.True(cards.Count > 40, $"Only {cards.Count} cards were built.");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task Every_card_is_small_names_its_language_and_has_words_beside_it(string language)
    {
        var (_, exhibits) = await Gallery.OpenAsync(language);

        Assert.All(exhibits, e => Assert.False(string.IsNullOrWhiteSpace(e.Text), $"{e.Name} says nothing in words."));
        Assert.All(exhibits.Where(e => e.Card is not null), e =>
        {
            Assert.True(e.Card!.Value.GetRawText().Length * sizeof(char) < AdaptiveCard.MaxSize, e.Name);
            Assert.Equal(language[..2], e.Card.Value.GetProperty("lang").GetString());
            Assert.False(string.IsNullOrWhiteSpace(e.Card.Value.GetProperty("fallbackText").GetString()), e.Name);
        });
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task Every_message_for_Slack_keeps_within_its_limits_uncut(string language)
    {
        var (_, exhibits) = await Gallery.OpenAsync(language);

        Assert.All(exhibits, e =>
        {
            var json = e.Slack.ToJson();
            using var document = JsonDocument.Parse(json);
            Assert.All(Texts(document.RootElement, inFacts: false), text => Assert.False(IsCut(text, e), $"{e.Name} is cut: {text}"));
            Assert.DoesNotContain("**", json, StringComparison.Ordinal); // Teams' bold, not Slack's
            Assert.InRange(e.Slack.Blocks.Count, 0, BlockKitDocument.MaxBlocks);
            foreach (var row in e.Slack.Blocks.OfType<ActionsBlock>())
            {
                Assert.Equal(row.Elements.Count, row.Elements.Select(b => b.ActionId).Distinct(StringComparer.Ordinal).Count());
            }
        });
    }

    // an ellipsis that the message does not have itself
    private static bool IsCut(string shown, Exhibit exhibit) =>
        shown.EndsWith('…') && !exhibit.Text.Contains(shown, StringComparison.Ordinal) && !PlainText.Pressable(exhibit.Message).Any(a => a.Title == shown);

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task What_is_to_be_read_at_length_is_complete_for_who_sees_no_cards(string language)
    {
        var (_, exhibits) = await Gallery.OpenAsync(language);
        var toRead = exhibits.Where(e => e.Card is not null && (!e.IsReply || e.Message.Body.OfType<Section>().Any())).ToList();

        Assert.True(toRead.Count > 100, $"Only {toRead.Count} such cards were built.");
        Assert.All(toRead, e => Assert.Equal(Markdown.Draw(e.Text), e.Card!.Value.GetProperty("fallbackText").GetString()));
    }

    // a press answers, so who means two of them could not say so; the hint says how to name several
    [Fact]
    public async Task Where_a_form_lets_several_be_chosen_no_button_answers_with_one()
    {
        var (_, exhibits) = await Gallery.OpenAsync("en");
        var several = exhibits.Where(e => e.Message is { Choices.Count: > 0, Hint: not null, Form: { } form } && form.Fields.OfType<ChoiceField>().Any(f => f.IsMulti)).ToList();

        Assert.True(several.Count >= 3, $"Only {several.Count} such questions were asked.");
        Assert.All(several, e => Assert.True(e.Message.IsAnsweredInWords, $"{e.Name} is answered by a press."));
    }

    // two answers alike, one after the other, are a script that got lost: the cards behind it are not seen
    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task The_conversation_of_the_gallery_never_stands_still(string language)
    {
        var (_, exhibits) = await Gallery.OpenAsync(language);
        var said = exhibits.Where(e => e.IsReply).ToList();

        Assert.All(said.Zip(said.Skip(1)), pair => Assert.False(pair.First.Text == pair.Second.Text, $"{pair.Second.Name} says the same as {pair.First.Name}: {pair.Second.Text}"));
    }

    [Fact]
    public async Task What_is_said_in_Chinese_is_Chinese_throughout()
    {
        var (_, exhibits) = await Gallery.OpenAsync("zh-Hans");

        Assert.All(exhibits, e => Assert.All(Shown(e), text =>
            Assert.All(LatinWord().Matches(text), word => Assert.True(Untranslated.Contains(word.Value), $"{e.Name} says “{word.Value}”: {text}"))));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task Nobody_reads_an_id(string language)
    {
        var (gallery, exhibits) = await Gallery.OpenAsync(language);

        Assert.All(exhibits, e => Assert.All(Shown(e), text =>
            Assert.All(gallery.Ids, id => Assert.False(text.Contains(id, StringComparison.Ordinal), $"{e.Name} shows the id “{id}”: {text}"))));
    }

    // everything of an exhibit that a person reads
    private static IEnumerable<string> Shown(Exhibit exhibit)
    {
        using var slack = JsonDocument.Parse(exhibit.Slack.ToJson());
        return [exhibit.Text, .. exhibit.Buttons, .. exhibit.Card is { } card ? Texts(card, inFacts: false) : [], .. Texts(slack.RootElement, inFacts: false)];
    }

    private static IEnumerable<string> Texts(JsonElement at, bool inFacts)
    {
        if (at.ValueKind == JsonValueKind.Array)
        {
            return at.EnumerateArray().SelectMany(item => Texts(item, inFacts));
        }

        return at.ValueKind != JsonValueKind.Object ? []
            : at.EnumerateObject().Where(m => m.Name is not ("data" or "fallback")).SelectMany(m =>
                m.Value.ValueKind == JsonValueKind.String
                    ? ShownMembers.Contains(m.Name, StringComparer.Ordinal) || (inFacts && m.NameEquals("value")) ? [m.Value.GetString()!] : []
                    : Texts(m.Value, inFacts: m.NameEquals("facts")));
    }

    [GeneratedRegex("[A-Za-z]{2,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LatinWord();
}
