using KeyAccountBot.Sandbox;
using KeyAccountBot.Sandbox.FarEnds;
using KeyAccountBot.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>The service as <c>dotnet run</c> starts it: Development, nothing configured, the sandbox around it.</summary>
public sealed class SandboxService : IAsyncDisposable
{
    private readonly string folder;
    private readonly bool ownsFolder;
    private readonly Factory factory;

    private SandboxService(string? folder)
    {
        ownsFolder = folder is null;
        this.folder = folder ?? Path.Combine(Path.GetTempPath(), "key-account-bot-" + Guid.NewGuid().ToString("N"));
        factory = new Factory(this.folder);
        factory.UseKestrel(0);
        factory.StartServer();
        Http = factory.CreateClient();
    }

    public HttpClient Http { get; }

    internal SandboxHost Sandbox => factory.Services.GetRequiredService<SandboxHost>();

    /// <summary>Starts the service in a folder that outlives it, or in one of its own.</summary>
    public static SandboxService Start(string? folder = null) => new(folder);

    /// <summary>A Teams client on this machine that has no token, such as the Agents Playground.</summary>
    internal LocalClient Client(string id) => new(this, id);

    /// <summary>All chats' lines so far, once the page may be opened.</summary>
    internal async Task<IReadOnlyList<TranscriptLine>> LinesAsync()
    {
        using var opened = await Http.GetAsync(new Uri("/sandbox/people", UriKind.Relative));
        opened.EnsureSuccessStatusCode();
        var (before, news) = Sandbox.Transcript.Follow();
        news.Writer.Complete();
        return before;
    }

    /// <summary>Waits until somebody has been told these words.</summary>
    internal async Task SeesLineAsync(string words)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await foreach (var line in Sandbox.Transcript.ReadAsync(bound.Token))
        {
            if (line?.Text?.Contains(words, StringComparison.Ordinal) == true)
            {
                return;
            }
        }
    }

    /// <summary>Opens its page in Chromium; skips where there is none.</summary>
    public async Task<OpenPage> OpenAsync(int width = 1400, int height = 860)
    {
        var path = Needs.Chromium();
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Needs.ChromiumArguments });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Add(message.Text);
            }
        };
        await page.GotoAsync(Http.BaseAddress!.AbsoluteUri);
        return new OpenPage(playwright, browser, page, errors);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await factory.DisposeAsync();
        if (ownsFolder)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Factory(string folder) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.UseSetting("Storage:Path", folder);
            builder.UseSetting("Logging:LogLevel:Default", "Warning");
        }
    }
}

/// <summary>The sandbox's page, open in a browser.</summary>
public sealed class OpenPage(IPlaywright playwright, IBrowser browser, IPage page, IReadOnlyList<string> errors) : IAsyncDisposable
{
    public IPage Page => page;

    /// <summary>What went wrong in the page.</summary>
    public IReadOnlyList<string> Errors => errors;

    /// <summary>One of the three chats, by its title.</summary>
    public ILocator Seat(string title) => page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });

    /// <summary>Brings a chat to the front, where there is room for one only.</summary>
    public async Task FrontAsync(string seat)
    {
        var tab = page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Button, new() { Name = seat });
        if (await tab.IsVisibleAsync())
        {
            await tab.ClickAsync();
        }
    }

    /// <summary>Presses a button in a chat; the last one where several have the title.</summary>
    public async Task PressAsync(string seat, string title) =>
        await Seat(seat).GetByRole(AriaRole.Button, new() { Name = title, Exact = true }).Last.ClickAsync();

    /// <summary>Writes something in a chat.</summary>
    public async Task SaysAsync(string seat, string text)
    {
        var input = Seat(seat).GetByPlaceholder("Write to the bot");
        await input.FillAsync(text);
        await input.PressAsync("Enter");
    }

    /// <summary>Moves the clock, and waits until all that fell due is done.</summary>
    public async Task MoveClockAsync(string title, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            var button = page.GetByRole(AriaRole.Button, new() { Name = title, Exact = true });
            await button.ClickAsync();
            await Assertions.Expect(button).ToBeEnabledAsync(new() { Timeout = 30_000 });
        }
    }

    /// <summary>Waits until a chat shows these words.</summary>
    public async Task SeesAsync(string seat, string words) =>
        await Assertions.Expect(Seat(seat).GetByRole(AriaRole.Log)).ToContainTextAsync(words, new() { Timeout = 15_000 });

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
