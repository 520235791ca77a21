using System.Text.Json;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Schema;
using Xunit;

namespace KeyAccountBot.BotFramework.Tests.Cards;

public sealed class AdaptiveCardTests
{
    [Fact]
    public void A_card_is_written_as_version_1_5()
    {
        var card = new AdaptiveCard(
            [
                new TextBlock("签约") { Heading = true, Size = TextSize.ExtraLarge },
                new FactSet([new("Customer", "Cancity")]),
                new ColumnSet([new Column([new TextBlock("left")], "auto")]),
                new Container([new DateInput("due", "Due") { Value = new(2026, 11, 24) }, new TimeInput("at", "At") { Value = new(9, 5) }]) { Style = CardTone.Good },
                new ChoiceSetInput("answer", "Which?", [new("One", "1")]) { Multi = true, Expanded = true, Value = "1" },
            ],
            [new OpenUrlAction("Open", new("https://example.com/a"))])
        { FallbackText = "Signed", Lang = "zh" };
        const string Expected = """
            {"type":"AdaptiveCard","$schema":"http://adaptivecards.io/schemas/adaptive-card.json","version":"1.5","fallbackText":"Signed","lang":"zh","body":[
            {"type":"TextBlock","text":"签约","wrap":true,"style":"heading","size":"extraLarge"},
            {"type":"FactSet","facts":[{"title":"Customer","value":"Cancity"}]},
            {"type":"ColumnSet","columns":[{"type":"Column","width":"auto","items":[{"type":"TextBlock","text":"left","wrap":true}]}]},
            {"type":"Container","style":"good","items":[{"type":"Input.Date","id":"due","label":"Due","value":"2026-11-24"},{"type":"Input.Time","id":"at","label":"At","value":"09:05"}]},
            {"type":"Input.ChoiceSet","id":"answer","label":"Which?","style":"expanded","isMultiSelect":true,"value":"1","wrap":true,"choices":[{"title":"One","value":"1"}]}],
            "actions":[{"type":"Action.OpenUrl","title":"Open","url":"https://example.com/a"}]}
            """;
        Assert.Equal(Expected.ReplaceLineEndings(""), card.ToJson().GetRawText());
        Assert.Equal(Attachment.AdaptiveCard, card.ToAttachment().ContentType);
    }

    [Fact]
    public void An_execute_action_falls_back_to_a_submit_that_carries_its_verb()
    {
        var data = JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = "7" });
        var action = new AdaptiveCard([], [new ExecuteAction("take", "Take it", data, ActionStyle.Positive)]).ToJson().GetProperty("actions")[0];
        var expected = JsonDocument.Parse("""
            {"type":"Action.Execute","title":"Take it","verb":"take","style":"positive","data":{"id":"7"},
             "fallback":{"type":"Action.Submit","title":"Take it","style":"positive","data":{"id":"7","verb":"take"}}}
            """).RootElement;
        Assert.True(JsonElement.DeepEquals(expected, action), action.GetRawText());
    }

    [Fact]
    public void A_button_that_opens_more_carries_a_card_of_its_own()
    {
        var card = new AdaptiveCard([], [new ShowCardAction("Snooze…", [new DateInput("until", "Until")], [new SubmitAction("Snooze until then")])]);
        var expected = JsonDocument.Parse("""
            {"type":"Action.ShowCard","title":"Snooze…","card":{"type":"AdaptiveCard",
             "body":[{"type":"Input.Date","id":"until","label":"Until"}],"actions":[{"type":"Action.Submit","title":"Snooze until then","data":{}}]}}
            """).RootElement;
        var action = card.ToJson().GetProperty("actions")[0];
        Assert.True(JsonElement.DeepEquals(expected, action), action.GetRawText());
    }

    [Fact]
    public void A_card_too_large_for_the_channel_is_not_attached()
    {
        var card = new AdaptiveCard([new TextBlock(new string('x', AdaptiveCard.MaxSize / 2))]);
        Assert.True(card.Size > AdaptiveCard.MaxSize);
        Assert.Throws<InvalidOperationException>(card.ToAttachment);
    }
}
