using System.Globalization;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Cards;

/// <summary>
/// Draws every card with the official renderer in Teams' colours, into <c>artifacts/cards</c>; to be looked at.
/// With <c>CARD_DOCS=true</c> the pictures of <c>docs/cards.md</c> are drawn anew.
/// </summary>
public sealed class CardPictures
{
    private const int Phone = 360;
    private const int Desktop = 800;
    private const int BlankPicture = 1500; // bytes: a picture of one colour has fewer
    private const int TallestPicture = 520; // pixels: a longer card is cut at its foot
    private const int LargestPicture = 160 * 1024;

    // a card is no page: it has no title, no landmarks, and its heading stands where the conversation puts it
    private static readonly string[] RulesOfPages = ["region", "landmark-one-main", "page-has-heading-one", "heading-order", "document-title", "html-has-lang", "bypass"];

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task Every_card_is_drawn_whole_and_readable(string language)
    {
        await using var browser = await CardBrowser.OpenAsync();
        var (_, exhibits) = await Gallery.OpenAsync(language);
        var cards = exhibits.Where(e => e.Card is not null).ToList();
        foreach (var (theme, width) in new[] { ("light", Phone), ("dark", Phone), ("light", Desktop), ("dark", Desktop) })
        {
            var drawn = await browser.ShowAsync([.. cards.Select(e => new ShownCard(e.Card!.Value, theme, width))], width);
            foreach (var (exhibit, shown) in cards.Zip(drawn))
            {
                Assert.True(shown.Wide <= width, $"{exhibit.Name} is {shown.Wide} pixels wide in {width} ({language}).");
                Assert.Equal(ButtonsOf(exhibit.Card!.Value), shown.Buttons);
                Assert.NotEqual("", shown.Words.Trim());
            }

            var catalogue = CardCatalogue.Cards.Select(c => (Card: c, Exhibit: exhibits.Single(e => e.Name == c.Exhibit))).ToList();
            await browser.ShowAsync([.. catalogue.Select(c => new ShownCard(c.Exhibit.Card!.Value, theme, width, c.Card.Opens))], width);
            var found = width != Phone ? null : await browser.Page.RunAxe(new AxeRunOptions
            {
                Rules = RulesOfPages.ToDictionary(r => r, _ => new RuleOptions { Enabled = false }, StringComparer.Ordinal),
            });
            Assert.Equal("", string.Join('\n', (found?.Violations ?? []).SelectMany(v => v.Nodes.Select(n => $"{v.Id} ({language}, {theme}): {n.Html}"))));

            var folder = Directory.CreateDirectory(Repository.PathOf(
                "artifacts", "cards", $"{language} {theme} {width.ToString(CultureInfo.InvariantCulture)}")).FullName;
            foreach (var (i, (card, _)) in catalogue.Index())
            {
                var picture = await browser.Page.Locator(".card").Nth(i).ScreenshotAsync(new() { Path = Path.Combine(folder, card.File + ".png") });
                Assert.True(picture.Length > BlankPicture, $"{card.Name} ({language}, {theme}) is blank.");
            }
        }

        Assert.Empty(browser.Problems);
    }

    [Fact]
    public async Task The_documentation_has_a_small_picture_of_every_card()
    {
        var folder = Directory.CreateDirectory(Repository.PathOf("docs", "images", "cards")).FullName;
        if (CardDocument.IsWritten)
        {
            await DrawAsync(folder);
        }

        Assert.Equal(
            CardCatalogue.Cards.Select(c => c.File + ".png").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.All(Directory.EnumerateFiles(folder), f => Assert.InRange(new FileInfo(f).Length, BlankPicture, LargestPicture));
    }

    // in English and light beside Chinese and dark, both as wide as a phone
    private static async Task DrawAsync(string folder)
    {
        foreach (var old in Directory.EnumerateFiles(folder))
        {
            File.Delete(old);
        }

        await using var browser = await CardBrowser.OpenAsync();
        var (_, english) = await Gallery.OpenAsync("en");
        var (_, chinese) = await Gallery.OpenAsync("zh-Hans");
        foreach (var card in CardCatalogue.Cards)
        {
            JsonElement In(IReadOnlyList<Exhibit> exhibits) => exhibits.Single(e => e.Name == card.Exhibit).Card!.Value;
            await browser.ShowAsync([new ShownCard(In(english), "light", Phone, card.Opens), new ShownCard(In(chinese), "dark", Phone, card.Opens)], (2 * Phone) + 8);
            var box = (await browser.Page.Locator("#cards").BoundingBoxAsync())!;
            await browser.Page.ScreenshotAsync(new()
            {
                Path = Path.Combine(folder, card.File + ".png"),
                FullPage = true,
                Clip = new() { X = box.X, Y = box.Y, Width = box.Width, Height = Math.Min(box.Height, TallestPicture) },
            });
        }
    }

    // at the card's foot and within it; what a button opens is drawn once it is pressed
    private static int ButtonsOf(JsonElement at) => at.ValueKind switch
    {
        JsonValueKind.Array => at.EnumerateArray().Sum(ButtonsOf),
        JsonValueKind.Object => at.EnumerateObject().Sum(m => m.NameEquals("actions") ? m.Value.GetArrayLength() : m.NameEquals("data") || m.NameEquals("card") ? 0 : ButtonsOf(m.Value)),
        _ => 0,
    };
}
