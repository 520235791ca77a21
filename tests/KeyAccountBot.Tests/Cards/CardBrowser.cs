using System.Text.Json;
using KeyAccountBot.Testing;
using Microsoft.Playwright;

namespace KeyAccountBot.Tests.Cards;

/// <summary>A card to be shown.</summary>
/// <param name="Card">The document.</param>
/// <param name="Theme"><c>light</c> or <c>dark</c>.</param>
/// <param name="Width">In pixels.</param>
internal sealed record ShownCard(JsonElement Card, string Theme, int Width, int? Opens = null);

/// <summary>How a card came out.</summary>
/// <param name="Buttons">How many can be pressed.</param>
/// <param name="Wide">Where its rightmost element ends, in pixels.</param>
/// <param name="Words">All that is read on it.</param>
internal sealed record DrawnCard(int Buttons, int Wide, string Words);

/// <summary>A headless browser with the official renderer in it.</summary>
internal sealed class CardBrowser : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private readonly List<string> problems = [];
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private CardBrowser(IPlaywright playwright, IBrowser browser, IPage page)
    {
        (this.playwright, this.browser, Page) = (playwright, browser, page);
        page.PageError += (_, error) => problems.Add(error);
        page.Console += (_, message) => problems.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
    }

    /// <summary>The one page.</summary>
    public IPage Page { get; }

    /// <summary>Errors and warnings of the renderer and the page.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Starts it.</summary>
    public static async Task<CardBrowser> OpenAsync()
    {
        var renderer = Path.Combine(Needs.NodePackage("adaptivecards"), "dist", "adaptivecards.min.js");
        var driver = await Playwright.CreateAsync();
        var chromium = await driver.Chromium.LaunchAsync(new() { ExecutablePath = Needs.Chromium(), Args = Needs.ChromiumArguments });
        var opened = new CardBrowser(driver, chromium, await chromium.NewPageAsync());
        await opened.Page.SetContentAsync("<!doctype html><meta charset=\"utf-8\"><div id=\"cards\"></div>");
        await opened.Page.AddScriptTagAsync(new() { Path = renderer });
        await opened.Page.AddScriptTagAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "Cards", "show-cards.js") });
        return opened;
    }

    /// <summary>Shows cards in a window of a width, in place of those shown before.</summary>
    public async Task<IReadOnlyList<DrawnCard>> ShowAsync(IReadOnlyList<ShownCard> cards, int windowWidth)
    {
        await Page.SetViewportSizeAsync(windowWidth, 800);
        var drawn = await Page.EvaluateAsync<JsonElement>("json => window.showCards(JSON.parse(json))", JsonSerializer.Serialize(cards, Web));
        return drawn.Deserialize<List<DrawnCard>>(Web)!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
    }
}
