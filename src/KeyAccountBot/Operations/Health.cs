using KeyAccountBot.Storage;

namespace KeyAccountBot.Operations;

/// <summary>What an orchestrator asks: is the process alive, and may it be given work. Open to anybody, and says nothing else.</summary>
internal static partial class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Adds logging and an orderly end: turns in flight have half a minute.</summary>
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddProblemDetails();
        builder.Logging.AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
    }

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("alive"));
        routes.MapGet("/health/ready", async (ITableStore tables, ILoggerFactory logs, CancellationToken cancellationToken) =>
        {
            using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            bound.CancelAfter(Patience);
            try
            {
                await tables.CheckAsync(bound.Token);
                return Results.Text("ready");
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotReady(logs.CreateLogger("KeyAccountBot.Health"), e);
                return Results.Problem(title: "Not ready", detail: "The store does not answer.", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store does not answer")]
    private static partial void LogNotReady(ILogger logger, Exception exception);
}
