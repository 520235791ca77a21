using KeyAccountBot.BotFramework.Authentication;
using KeyAccountBot.Deliveries;

namespace KeyAccountBot.Operations;

/// <summary>What an orchestrator asks: is the process alive, and may it be given work. Open to anybody, and says nothing else but which channel is paused.</summary>
internal static partial class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Adds logging, the operator's door, and an orderly end: turns in flight have half a minute.</summary>
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddProblemDetails();
        var opener = builder.Settings().Operator.Key;
        builder.Services.AddSingleton<StoreReadiness>();
        builder.Services.AddSingleton<RowScan>();
        builder.Services.AddSingleton<SignInPace>();
        builder.Services.AddSingleton(s => new OperatorDoor(opener, s.GetRequiredService<TimeProvider>()));
        const string timestamp = "yyyy-MM-ddTHH:mm:ssZ ";
        builder.Logging.ClearProviders();
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddSimpleConsole(o => (o.SingleLine, o.UseUtcTimestamp, o.TimestampFormat) = (true, true, timestamp));
        }
        else
        {
            builder.Logging.AddJsonConsole(o => (o.UseUtcTimestamp, o.TimestampFormat) = (true, timestamp.Trim()));
        }

        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
    }

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("alive"));
        routes.MapGet("/health/ready", async (
            StoreReadiness store, SigningKeys keys, ActivityAuthenticationOptions teams, ChannelHealth channels, ILoggerFactory logs, CancellationToken cancellationToken) =>
        {
            using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            bound.CancelAfter(Patience);
            var what = "The store";
            try
            {
                await store.CheckAsync(bound.Token);
                what = "The list of the channel's signing keys";
                if (teams.AppId.Length == 0 || await keys.AreKnownAsync(bound.Token))
                {
                    // a channel's outage is no fault of this process: it goes on with the rest
                    return Results.Text(string.Join("; ", channels.Paused.Select(p => OutageLine.Of(p.Channel, p.Pause.Since, p.Pause.Reason)).Prepend("ready")));
                }
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotReady(logs.CreateLogger("KeyAccountBot.Health"), what, e);
            }

            return Results.Problem(title: "Not ready", detail: $"{what} does not answer.", statusCode: StatusCodes.Status503ServiceUnavailable);
        });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not ready: {What} does not answer")]
    private static partial void LogNotReady(ILogger logger, string what, Exception exception);
}
