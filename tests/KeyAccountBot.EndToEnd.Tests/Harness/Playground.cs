using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using KeyAccountBot.Testing;
using Microsoft.Playwright;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>Somebody at the Agents Playground, a Teams client that is not ours: types, fills cards in and presses buttons in Chromium.</summary>
internal sealed partial class Playground : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process server;
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly IPage page;
    private string before = "";

    private Playground(Process server, IPlaywright playwright, IBrowser browser, IPage page)
    {
        this.server = server;
        this.playwright = playwright;
        this.browser = browser;
        this.page = page;
    }

    private ILocator Box => page.Locator("[contenteditable=true][role=textbox]").First;

    /// <summary>Opens the client's personal chat with a bot; skips the test where Node, the Playground or Chromium is missing.</summary>
    public static async Task<Playground> OpenAsync(Uri bot)
    {
        var package = Needs.NodePackage("@microsoft/m365agentsplayground");
        var chromium = Needs.Chromium();
        var (served, address) = await ServeAsync(package, bot);
        try
        {
            var driver = await Playwright.CreateAsync();
            var started = await driver.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Needs.ChromiumArguments });
            var tab = await started.NewPageAsync(new() { ViewportSize = new() { Width = 1400, Height = 1000 } });
            var client = new Playground(served, driver, started, tab);
            await tab.GotoAsync(address);
            await client.Box.WaitForAsync(new() { Timeout = (float)Patience.TotalMilliseconds });
            return client;
        }
        catch
        {
            served.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Types and sends.</summary>
    public async Task SaysAsync(string text)
    {
        before = await ChatAsync();
        await Box.ClickAsync();
        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Waits until the chat shows these words once more than before the last thing done.</summary>
    public async Task SeesAsync(string words)
    {
        using var bound = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var seen = "";
        try
        {
            do
            {
                seen = await ChatAsync();
            }
            while (Count(seen, words) <= Count(before, words) && await tick.WaitForNextTickAsync(bound.Token));
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The client does not show “{words}” but:\n{seen}");
        }
    }

    /// <summary>Ticks a choice of the newest card that has it.</summary>
    public Task TicksAsync(string choice) => page.GetByRole(AriaRole.Checkbox, new() { Name = choice }).Last.CheckAsync();

    /// <summary>Fills a field of the newest card that has it in.</summary>
    public Task FillsAsync(string label, string text) => page.GetByLabel(label).Last.FillAsync(text);

    /// <summary>Presses the newest button of this title.</summary>
    public async Task PressesAsync(string title)
    {
        before = await ChatAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = title, Exact = true }).Last.ClickAsync();
    }

    /// <summary>What the client shows, as a picture among the run's artifacts.</summary>
    public Task ShowsAsync(string name) =>
        page.ScreenshotAsync(new() { Path = Repository.PathOf("artifacts", "screenshots", name + ".png") });

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
    }

    // the log beside the chat repeats what is said
    private async Task<string> ChatAsync() =>
        (await page.Locator("body").InnerTextAsync()).Split("Log Panel")[0];

    private static int Count(string text, string words)
    {
        var count = 0;
        for (var at = text.IndexOf(words, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            count++;
        }

        return count;
    }

    private static async Task<(Process Server, string Address)> ServeAsync(string package, Uri bot)
    {
        var started = Process.Start(new ProcessStartInfo("node",
        [
            Path.Combine(package, "cli.js"), "-e", new Uri(bot, "api/messages").AbsoluteUri, "-c", "msteams",
            "-p", FreePort().ToString(CultureInfo.InvariantCulture), "--dt", "true",
        ])
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() })!;
        var lines = new ConcurrentQueue<string>();
        started.OutputDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        started.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        try
        {
            // it takes another port where ours was taken meanwhile
            var listening = await Eventually.FindAsync(
                () => lines.Select(line => Listening().Match(line)).FirstOrDefault(m => m.Success), () => "The Playground does not listen:\n" + string.Join('\n', lines));
            return (started, $"http://127.0.0.1:{listening.Groups["port"].Value}");
        }
        catch
        {
            started.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"Listening on (?<port>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
