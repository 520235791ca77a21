using System.Globalization;
using System.Net;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Sandbox.FarEnds;

namespace KeyAccountBot.Sandbox;

/// <summary>
/// The world around the bot on a development machine: Teams and Slack stand-ins on a port of their own, and a clock that can be
/// moved. The bot reaches them by its settings alone and speaks to them as it would in production.
/// </summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private SandboxHost(WebApplication app)
    {
        this.app = app;
        Teams = new TeamsFarEnd(Transcript, Clock);
        Slack = new SlackFarEnd(Transcript, Clock);
        Teams.Map(app);
        Slack.Map(app);
    }

    /// <summary>The clock that the bot lives by.</summary>
    public SandboxClock Clock { get; } = new();

    /// <summary>All chats.</summary>
    public Transcript Transcript { get; } = new();

    /// <summary>Teams and the Bot Connector.</summary>
    public TeamsFarEnd Teams { get; }

    /// <summary>Slack.</summary>
    public SlackFarEnd Slack { get; }

    /// <summary>Where the far ends listen, with a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What an activity names as its <c>serviceUrl</c>.</summary>
    public string ServiceUrl => Address + "connector/";

    /// <summary>
    /// Starts the far ends and names them in the bot's settings; <c>null</c> outside Development, or where a real Teams app is configured.
    /// </summary>
    public static async Task<SandboxHost?> StartAsync(WebApplicationBuilder bot)
    {
        if (!bot.Environment.IsDevelopment() || SettingsReading.Read(bot.Configuration).Teams.AppId.Length > 0)
        {
            return null;
        }

        var host = await OpenAsync();
        bot.Configuration.AddInMemoryCollection(host.Settings());
        return host;
    }

    // apart from this flow of execution: a tool that watches for the bot's host being built must not take this one for it
    private static Task<SandboxHost> OpenAsync()
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(async () =>
            {
                var builder = WebApplication.CreateSlimBuilder();
                builder.Logging.ClearProviders();
                builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
                var host = new SandboxHost(builder.Build());
                await host.app.StartAsync();
                host.Address = host.app.Urls.First().TrimEnd('/') + "/";
                return host;
            });
        }
    }

    /// <summary>Moves the clock hour by hour to an instant; all that falls due is done before the next hour.</summary>
    public async Task MoveToAsync(DateTimeOffset target, WorkSignal signal, CancellationToken cancellationToken)
    {
        await SettleAsync(signal, cancellationToken);
        while (Clock.GetUtcNow() < target)
        {
            var hour = Clock.GetUtcNow() + TimeSpan.FromHours(1);
            Clock.MoveTo(hour < target ? hour : target);
            await SettleAsync(signal, cancellationToken);
        }
    }

    /// <summary>Has everything done that is due. A channel takes a message a second: those that wait their turn go out too, at their time.</summary>
    public async Task SettleAsync(WorkSignal signal, CancellationToken cancellationToken)
    {
        await signal.SettleAsync(cancellationToken);
        while (signal.TakeSoon(Clock.GetUtcNow()) is { } soon)
        {
            Clock.MoveTo(soon);
            await signal.SettleAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Teams.Dispose();
    }

    private Dictionary<string, string?> Settings() => new(StringComparer.Ordinal)
    {
        ["Teams:AppId"] = TeamsFarEnd.AppId,
        ["Teams:AppPassword"] = Teams.AppPassword,
        ["Teams:Issuer"] = TeamsFarEnd.Issuer,
        ["Teams:OpenIdMetadata"] = Address + "openid",
        ["Teams:TokenEndpoint"] = Address + "token",
        ["Teams:ServiceUrl"] = ServiceUrl,
        ["Slack:BotToken"] = Slack.BotToken,
        ["Slack:SigningSecret"] = Slack.SigningSecret,
        ["Slack:ApiBaseUrl"] = string.Create(CultureInfo.InvariantCulture, $"{Address}slack/api/"),
    };
}
