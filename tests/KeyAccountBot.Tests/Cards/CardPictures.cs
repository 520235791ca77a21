using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Testing;
using Microsoft.Playwright;
using Xunit;

namespace KeyAccountBot.Tests.Cards;

/// <summary>Draws every card with the official renderer, as wide as a phone, into <c>pictures</c> beside the tests; to be looked at.</summary>
public sealed class CardPictures
{
    private const int Width = 360;

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task Every_card_is_drawn_whole_on_a_narrow_screen(string language)
    {
        var renderer = Path.Combine(Needs.NodePackage("adaptivecards"), "dist", "adaptivecards.min.js");
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pictures", language)).FullName;
        var (_, exhibits) = await Gallery.OpenAsync(language);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Needs.Chromium(), Args = Needs.ChromiumArguments });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = Width, Height = 800 } });
        List<string> problems = [];
        page.PageError += (_, error) => problems.Add(error);
        page.Console += (_, message) => problems.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        await page.SetContentAsync("""
            <!doctype html><meta charset="utf-8">
            <style>
              body { margin: 0; font: 14px "Segoe UI", "Noto Sans CJK SC", sans-serif; }
              #card { border: 1px solid #ccc; border-radius: 4px; } .ac-pushButton { border: 1px solid #999; border-radius: 4px; padding: 6px 12px; background: #fff; }
              .ac-actionSet { flex-wrap: wrap; row-gap: 8px; } /* as Teams does */
              .style-positive { background: #464eb8; color: #fff; } input, select { box-sizing: border-box; }
            </style><div id="card"></div>
            """);
        await page.AddScriptTagAsync(new() { Path = renderer });
        await page.EvaluateAsync("() => { AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => { result.outputHtml = text.replace(/&/g, '&amp;').replace(/</g, '&lt;'); result.didProcess = true; }; }");
        foreach (var (exhibit, i) in exhibits.Where(e => e.Card is not null).Select((e, i) => (e, i)))
        {
            var drawn = await page.EvaluateAsync<JsonElement>(
                """
                json => {
                  const card = new AdaptiveCards.AdaptiveCard();
                  card.hostConfig = new AdaptiveCards.HostConfig({ actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left', buttonSpacing: 8 }, spacing: { small: 4, default: 8, medium: 12, large: 16, padding: 12 } });
                  card.parse(JSON.parse(json));
                  const shown = card.render();
                  const place = document.getElementById('card');
                  place.replaceChildren(shown);
                  return { buttons: place.querySelectorAll('.ac-pushButton').length, wide: Math.max(document.documentElement.scrollWidth, ...[...place.querySelectorAll('*')].map(e => Math.ceil(e.getBoundingClientRect().right))), words: place.innerText };
                }
                """,
                exhibit.Card!.Value.GetRawText());
            var actions = exhibit.Card.Value.TryGetProperty("actions", out var listed) ? listed.GetArrayLength() : 0;

            Assert.True(drawn.GetProperty("wide").GetInt32() <= Width, $"{exhibit.Name} is {drawn.GetProperty("wide")} pixels wide.");
            Assert.Equal(actions, drawn.GetProperty("buttons").GetInt32());
            Assert.NotEqual("", drawn.GetProperty("words").GetString()!.Trim());
            await page.Locator("#card").ScreenshotAsync(new()
            {
                Path = Path.Combine(folder, $"{i.ToString("D2", CultureInfo.InvariantCulture)} {exhibit.Name}.png"),
            });
        }

        Assert.Empty(problems);
    }
}
