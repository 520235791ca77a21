using System.Diagnostics.CodeAnalysis;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Slack;
using KeyAccountBot.Slack.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace KeyAccountBot.Channels.Slack;

/// <summary>Where Slack posts: signed requests only, kept before they are answered and worked on afterwards.</summary>
internal static partial class SlackEndpoints
{
    private const int MaxBody = 256 * 1024;

    /// <summary>How long the store may take to keep what Slack told: Slack gives up after three seconds.</summary>
    public static readonly TimeSpan StoreMayTake = TimeSpan.FromSeconds(2);

    private const string ComeAgainAfterSeconds = "5";

    /// <summary>Maps <c>/slack/interactions</c> and <c>/slack/events</c>; both answer 404 while Slack is not configured.</summary>
    public static IEndpointRouteBuilder MapSlack(this IEndpointRouteBuilder endpoints)
    {
        var slack = endpoints.MapGroup("/slack").AllowAnonymous().DisableAntiforgery();
        slack.MapPost("/interactions", InteractionAsync);
        slack.MapPost("/events", EventAsync);
        return endpoints;
    }

    private static async Task<IResult> InteractionAsync(
        HttpRequest request, IOptions<SlackOptions> options, SlackInbox inbox, WorkSignal signal, TimeProvider clock, ILoggerFactory logs)
    {
        var (body, refusal) = await ReadAsync(request, options.Value, clock);
        if (refusal is not null)
        {
            return refusal;
        }

        if (!Interaction.TryParse(body, out var interaction, out var failure))
        {
            return TypedResults.Problem(failure, statusCode: StatusCodes.Status400BadRequest);
        }

        return interaction.Origin.IsNamed
            ? await KeepAsync(request, SlackInboxItem.Of(interaction), inbox, signal, clock, logs)
            : NoWorkspace();
    }

    private static async Task<IResult> EventAsync(
        HttpRequest request, IOptions<SlackOptions> options, SlackInbox inbox, WorkSignal signal, TimeProvider clock, ILoggerFactory logs)
    {
        var (body, refusal) = await ReadAsync(request, options.Value, clock);
        if (refusal is not null)
        {
            return refusal;
        }

        if (!EventEnvelope.TryParse(body, out var envelope, out var failure))
        {
            return TypedResults.Problem(failure, statusCode: StatusCodes.Status400BadRequest);
        }

        if (envelope is EventEnvelope.UrlVerification verification)
        {
            return TypedResults.Json(new SlackChallenge(verification.Challenge), SlackInboxJson.Default.SlackChallenge);
        }

        if (envelope is EventEnvelope.Callback callback && SlackInboxItem.Of(callback) is { } item)
        {
            return callback.Origin.IsNamed ? await KeepAsync(request, item, inbox, signal, clock, logs) : NoWorkspace();
        }

        return TypedResults.Ok();
    }

    private static ProblemHttpResult NoWorkspace() =>
        TypedResults.Problem("The request names no workspace.", statusCode: StatusCodes.Status400BadRequest);

    // what is not on disk in time is not confirmed: Slack tells it again, and the repeat key makes it count once even if it was kept after all
    [SuppressMessage("Design", "CA1031", Justification = "Whatever the store fails with, Slack is asked to come again.")]
    private static async Task<IResult> KeepAsync(
        HttpRequest request, SlackInboxItem item, SlackInbox inbox, WorkSignal signal, TimeProvider clock, ILoggerFactory logs)
    {
        using var patience = new CancellationTokenSource(StoreMayTake, clock);
        try
        {
            // on a thread of its own, for the embedded store waits for its file without giving the thread back
            await Task.Run(() => inbox.KeepAsync(item, patience.Token).AsTask(), CancellationToken.None).WaitAsync(patience.Token);
            signal.Set();
            return TypedResults.Ok();
        }
        catch (Exception e)
        {
            NotKept(logs.CreateLogger("KeyAccountBot.Slack"), e);
            request.HttpContext.Response.Headers.RetryAfter = ComeAgainAfterSeconds;
            return TypedResults.Problem("The store does not answer; please come again.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<(byte[] Body, IResult? Refusal)> ReadAsync(HttpRequest request, SlackOptions options, TimeProvider clock)
    {
        if (options.SigningSecret.Length == 0)
        {
            return ([], TypedResults.Problem("Slack is not configured.", statusCode: StatusCodes.Status404NotFound));
        }

        if (await RawBodyAsync(request) is not { } body)
        {
            return ([], TypedResults.Problem($"The body exceeds {MaxBody} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge));
        }

        var headers = request.Headers;
        var signature = SlackSignature.Verify(
            body, headers[SlackSignature.TimestampHeader], headers[SlackSignature.SignatureHeader], options.SigningSecret, clock.GetUtcNow());
        return signature == SlackSignatureResult.Valid
            ? (body, null)
            : ([], TypedResults.Problem($"The request's signature is {(signature == SlackSignatureResult.Missing ? "missing" : signature == SlackSignatureResult.Stale ? "stale" : "wrong")}.", statusCode: StatusCodes.Status401Unauthorized));
    }

    private static async Task<byte[]?> RawBodyAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxBody)
        {
            return null;
        }

        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0;)
        {
            if (body.Length + read > MaxBody)
            {
                return null;
            }

            body.Write(chunk, 0, read);
        }

        return body.ToArray();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What Slack told could not be kept in time; Slack is asked to come again.")]
    private static partial void NotKept(ILogger logger, Exception exception);
}
