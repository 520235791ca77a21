using KeyAccountBot.Deliveries;
using KeyAccountBot.Slack;
using KeyAccountBot.Slack.Requests;
using Microsoft.Extensions.Options;

namespace KeyAccountBot.SlackRequests;

/// <summary>Where Slack posts: signed requests only, kept before they are answered and worked on afterwards.</summary>
internal static class SlackEndpoints
{
    private const int MaxBody = 256 * 1024;

    /// <summary>Maps <c>/slack/interactions</c> and <c>/slack/events</c>; both answer 404 while Slack is not configured.</summary>
    public static IEndpointRouteBuilder MapSlack(this IEndpointRouteBuilder endpoints)
    {
        var slack = endpoints.MapGroup("/slack").AllowAnonymous().DisableAntiforgery();
        slack.MapPost("/interactions", InteractionAsync);
        slack.MapPost("/events", EventAsync);
        return endpoints;
    }

    private static async Task<IResult> InteractionAsync(
        HttpRequest request, IOptions<SlackOptions> options, SlackInbox inbox, WorkSignal signal, TimeProvider clock)
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

        await inbox.KeepAsync(SlackInboxItem.Of(interaction), request.HttpContext.RequestAborted);
        signal.Set();
        return TypedResults.Ok();
    }

    private static async Task<IResult> EventAsync(
        HttpRequest request, IOptions<SlackOptions> options, SlackInbox inbox, WorkSignal signal, TimeProvider clock)
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
            await inbox.KeepAsync(item, request.HttpContext.RequestAborted);
            signal.Set();
        }

        return TypedResults.Ok();
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
}
