using System.Text.Json;
using KeyAccountBot.BotFramework.Authentication;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Dialogs;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace KeyAccountBot.Channels.Teams;

/// <summary><c>POST /api/messages</c>: where the Bot Connector delivers activities. Authenticated by the connector's token.</summary>
internal static partial class MessagesEndpoint
{
    // a Teams activity is under 100 KB; what is larger is no activity
    private const long LargestBody = 256 * 1024;

    /// <summary>Maps the endpoint.</summary>
    public static void MapMessages(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/messages", AnswerAsync);

    private static async Task AnswerAsync(
        HttpContext http, ActivityAuthenticator authenticator, TeamsTurns turns, ILoggerFactory logs)
    {
        var log = logs.CreateLogger("KeyAccountBot.Messages");
        var cancellationToken = http.RequestAborted;
        if (NotOfTheConnector(http.Request) is (var status, var reason))
        {
            await RefuseAsync(http, log, status, reason);
            return;
        }

        Activity? activity;
        try
        {
            if (http.Request.ContentLength > LargestBody)
            {
                await RefuseAsync(http, log, StatusCodes.Status413PayloadTooLarge, "The activity is larger than 256 KiB.");
                return;
            }

            activity = await ReadAsync(http.Request, cancellationToken);
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException or NotSupportedException)
        {
            var malformed = e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status400BadRequest;
            await RefuseAsync(http, log, malformed, "The body is no activity: malformed JSON, or too large.");
            return;
        }

        if (activity is null || string.IsNullOrEmpty(activity.Type)
            || string.IsNullOrEmpty(activity.Conversation?.Id) || string.IsNullOrEmpty(activity.From?.Id) || string.IsNullOrEmpty(activity.ServiceUrl))
        {
            await RefuseAsync(http, log, StatusCodes.Status400BadRequest, "An activity needs a type, a conversation, a sender and a serviceUrl.");
            return;
        }

        var authentication = await authenticator.AuthenticateAsync(
            http.Request.Headers.Authorization, activity, http.Connection.RemoteIpAddress, cancellationToken);
        if (!authentication.Succeeded)
        {
            await RefuseAsync(http, log, StatusCodes.Status401Unauthorized, authentication.Failure ?? "The token is not valid.");
            return;
        }

        if (!IsHandled(activity))
        {
            http.Response.StatusCode = activity.Type == ActivityTypes.Invoke ? StatusCodes.Status501NotImplemented : StatusCodes.Status200OK;
            return;
        }

        try
        {
            // the turn is finished even if the channel hangs up: it was accepted
            var response = await turns.RunAsync(activity, CancellationToken.None);
            if (response is not null)
            {
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync(response.Value.GetRawText(), cancellationToken);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var trace = System.Diagnostics.Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
            LogFault(log, e, trace);
            await turns.ApologiseAsync(activity, e, trace);
            if (activity.Type == ActivityTypes.Invoke)
            {
                http.Response.ContentType = "application/json";
                var sorry = new AdaptiveCardInvokeResponse(200, AdaptiveCardInvokeResponse.MessageType, DialogJson.ToElement("…"));
                await JsonSerializer.SerializeAsync(http.Response.Body, sorry, ActivityJson.Default.AdaptiveCardInvokeResponse, cancellationToken);
            }
        }
    }

    // the connector sends JSON, and no Origin; a page in a browser sends an Origin, and JSON only where it was allowed to
    private static (int Status, string Reason)? NotOfTheConnector(HttpRequest request) =>
        request.Headers.ContainsKey(HeaderNames.Origin) ? (StatusCodes.Status403Forbidden, "A page in a browser may not send activities.")
        : MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? null
        : (StatusCodes.Status415UnsupportedMediaType, "An activity is sent as application/json.");

    private static bool IsHandled(Activity activity) => activity.Type switch
    {
        ActivityTypes.Message or ActivityTypes.ConversationUpdate or ActivityTypes.InstallationUpdate => true,
        ActivityTypes.MessageUpdate => !activity.IsAmongOthers && activity.EventType is null or "editMessage",
        ActivityTypes.Invoke => activity.Name == "adaptiveCard/action",
        _ => false,
    };

    private static ValueTask<Activity?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = LargestBody;
        }

        return JsonSerializer.DeserializeAsync(request.Body, ActivityJson.Default.Activity, cancellationToken);
    }

    private static async Task RefuseAsync(HttpContext http, ILogger log, int status, string reason)
    {
        LogRefused(log, status, reason);
        http.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Title = "Not accepted", Detail = reason };
        await http.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", http.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused an activity with {Status}: {Reason}")]
    private static partial void LogRefused(ILogger logger, int status, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn failed; trace {Trace}")]
    private static partial void LogFault(ILogger logger, Exception exception, string trace);
}
