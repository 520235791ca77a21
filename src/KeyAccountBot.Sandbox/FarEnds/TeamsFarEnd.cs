using System.Security.Cryptography;
using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace KeyAccountBot.Sandbox.FarEnds;

/// <summary>
/// What Microsoft is to the bot: the issuer of tokens on both sides, and the Bot Connector (Bot Framework REST API,
/// <c>v3/conversations</c>). A personal conversation is <c>a:</c> and the person's id, a user <c>29:</c> and the same.
/// </summary>
internal sealed class TeamsFarEnd(Transcript transcript, TimeProvider clock) : IDisposable
{
    /// <summary>The bot's app id here.</summary>
    public const string AppId = "sandbox-bot";

    /// <summary>The issuer that the bot's settings name.</summary>
    public const string Issuer = "https://sandbox.invalid";

    private const string KeyId = "sandbox";
    private readonly RSA key = RSA.Create(2048);
    private readonly string outbound = Secret();

    /// <summary>The bot's client secret here; another one at every start.</summary>
    public string AppPassword { get; } = Secret();

    /// <summary>Knows the people, once the bot has opened its store.</summary>
    public Func<ValueTask<Company>> People { get; set; } = () => ValueTask.FromResult(Company.Empty);

    /// <summary>A token as the connector sends it with an activity.</summary>
    public string TokenFor(string serviceUrl)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = AppId,
            NotBefore = now.AddMinutes(-1),
            IssuedAt = now.AddMinutes(-1),
            Expires = now.AddHours(1),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["serviceurl"] = serviceUrl },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key) { KeyId = KeyId }, SecurityAlgorithms.RsaSha256),
        });
    }

    /// <summary>The personal conversation of a person.</summary>
    public static string ConversationOf(PersonId person) => "a:" + person.Value;

    /// <summary>How Teams calls a person.</summary>
    public static string UserOf(PersonId person) => "29:" + person.Value;

    /// <summary>Maps the issuer and the connector.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/openid", (HttpRequest request) => Results.Json(new { issuer = Issuer, jwks_uri = $"http://{request.Host}/keys" }));
        routes.MapGet("/keys", () => Results.Json(new { keys = new[] { PublicKey() } }));
        routes.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return form["client_id"] == AppId && form["client_secret"] == AppPassword
                ? Results.Json(new { access_token = outbound, expires_in = 3600, token_type = "Bearer" })
                : Results.Json(new { error = "invalid_client" }, statusCode: StatusCodes.Status401Unauthorized);
        });

        var connector = routes.MapGroup("/connector/v3/conversations").AddEndpointFilter(async (call, next) =>
            call.HttpContext.Request.Headers.Authorization == "Bearer " + outbound ? await next(call) : Results.Unauthorized());
        connector.MapPost("/", OpenAsync);
        connector.MapPost("/{conversation}/activities", (string conversation, HttpRequest request) => TakeAsync(conversation, null, request));
        connector.MapPost("/{conversation}/activities/{id}", (string conversation, string id, HttpRequest request) => TakeAsync(conversation, null, request));
        connector.MapPut("/{conversation}/activities/{id}", (string conversation, string id, HttpRequest request) => TakeAsync(conversation, id, request));
        connector.MapDelete("/{conversation}/activities/{id}", (string conversation, string id) =>
            transcript.Put(new TranscriptLine(Transcript.Teams, PersonOf(conversation), id, true, clock.GetUtcNow(), Removed: true)));
        connector.MapGet("/{conversation}/members/{member}", MemberAsync);
    }

    public void Dispose() => key.Dispose();

    private async Task<IResult> OpenAsync(HttpRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        var member = body.RootElement.GetProperty("members")[0].GetProperty("id").GetString();
        var known = (await People()).People.FirstOrDefault(p => p.TeamsId == member || UserOf(p.Id) == member);
        return known is null
            ? Results.Json(new { error = new { code = "BotNotInConversationRoster" } }, statusCode: StatusCodes.Status403Forbidden)
            : Results.Json(new { id = ConversationOf(known.Id) });
    }

    private async Task<IResult> TakeAsync(string conversation, string? id, HttpRequest request)
    {
        var activity = await JsonSerializer.DeserializeAsync(request.Body, ActivityJson.Default.Activity, request.HttpContext.RequestAborted);
        if (activity is null)
        {
            return Results.BadRequest();
        }

        id ??= transcript.NextId("activity");
        transcript.Put(new TranscriptLine(
            Transcript.Teams, PersonOf(conversation), id, true, clock.GetUtcNow(), activity.Text,
            Card: activity.Attachments?.FirstOrDefault(a => a.ContentType == Attachment.AdaptiveCard)?.Content,
            Buttons: activity.SuggestedActions is { } buttons ? JsonSerializer.SerializeToElement(buttons.Actions, JsonSerializerOptions.Web) : null));
        return Results.Json(new { id });
    }

    private async Task<IResult> MemberAsync(string member)
    {
        var known = (await People()).People.FirstOrDefault(p => UserOf(p.Id) == member);
        return Results.Json(new { id = member, name = known?.Name, email = known?.Email, userPrincipalName = known?.Email, aadObjectId = known?.TeamsId });
    }

    private object PublicKey()
    {
        var numbers = key.ExportParameters(false);
        return new
        {
            kty = "RSA",
            use = "sig",
            kid = KeyId,
            n = Base64UrlEncoder.Encode(numbers.Modulus),
            e = Base64UrlEncoder.Encode(numbers.Exponent),
            endorsements = new[] { ChannelIds.Teams },
        };
    }

    private static string PersonOf(string conversation) => conversation.StartsWith("a:", StringComparison.Ordinal) ? conversation[2..] : conversation;

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
