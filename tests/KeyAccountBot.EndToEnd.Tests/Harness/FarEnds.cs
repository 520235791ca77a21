using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using KeyAccountBot.BotFramework.Schema;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>What Teams and Slack are to the service: a connector, a token issuer, Slack's Web API; on a real port, recording what they get.</summary>
public sealed class FarEnds : IAsyncDisposable
{
    public const string AppId = "11111111-2222-3333-4444-555555555555";
    public const string Tenant = "tenant-of-teams";
    public const string AppPassword = "a-client-secret-for-tests";
    public const string OutboundToken = "outbound-token";
    public const string Issuer = "https://issuer.test.invalid";
    public const string BotToken = "xoxb-test";
    public const string SigningSecret = "a-signing-secret-for-tests";
    public const string SlackTeam = "T1";

    private readonly RSA rsa = RSA.Create(2048);
    private readonly WebApplication app;
    private int ids;

    private FarEnds(WebApplication app) => this.app = app;

    /// <summary>Where the far ends listen, with a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What the connector stands for in an activity.</summary>
    public string ServiceUrl => Address + "connector/";

    /// <summary>Messages to Teams conversations, oldest first.</summary>
    public ConcurrentQueue<Activity> ToTeams { get; } = new();

    /// <summary>Calls of Slack's Web API that post or update, oldest first.</summary>
    public ConcurrentQueue<(string Method, JsonNode Body)> ToSlack { get; } = new();

    /// <summary>Slack answers every call with an error of its own.</summary>
    public bool SlackIsDown { get; set; }

    /// <summary>Every connection to Slack is dropped.</summary>
    public bool SlackIsUnreachable { get; set; }

    /// <summary>The error that Slack answers a method instead, by the method and what was sent; <c>null</c> for what it takes.</summary>
    public Func<string, string, string?>? SlackRefuses { get; set; }

    /// <summary>What Slack tells of users, by id; somebody who is not here is a full member without an address.</summary>
    public ConcurrentDictionary<string, JsonObject> SlackUsers { get; } = new(StringComparer.Ordinal);

    /// <summary>What people were told in either, oldest first: the conversation, and the message's words without its card.</summary>
    public ConcurrentQueue<(string Conversation, string Words)> Told { get; } = new();

    /// <summary>The channels that the connector's key speaks for.</summary>
    public IReadOnlyList<string> Endorsements { get; set; } = [ChannelIds.Teams];

    /// <summary>Answers the next connector calls with this status instead.</summary>
    public ConcurrentQueue<int> ConnectorFaults { get; } = new();

    /// <summary>The status that the connector answers instead of taking a message; <c>null</c> for those that it takes.</summary>
    public Func<Activity, int?>? Refuses { get; set; }

    /// <summary>What the connector does between taking a message and saying so; nothing unless a story wants it slow.</summary>
    public Func<Activity, Task>? Taken { get; set; }

    /// <summary>What happens between a request's coming and its being looked at; nothing unless a story wants one to wait.</summary>
    public Func<PathString, Task>? Arriving { get; set; }

    /// <summary>The paths that were asked for, oldest first.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Starts them: over https with this certificate, else over plain http.</summary>
    public static async Task<FarEnds> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        builder.Logging.ClearProviders();
        var ends = new FarEnds(builder.Build());
        ends.Map();
        await ends.app.StartAsync();
        ends.Address = ends.app.Urls.First().TrimEnd('/') + "/";
        return ends;
    }

    /// <summary>The settings that make a service speak with these far ends.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings() => new Dictionary<string, string>
    {
        ["Company:Tenant"] = Tenant,
        ["Teams:AppId"] = AppId,
        ["Teams:AppPassword"] = AppPassword,
        ["Teams:Issuer"] = Issuer,
        ["Teams:OpenIdMetadata"] = Address + "openid",
        ["Teams:TokenEndpoint"] = Address + "token",
        ["Teams:ServiceUrl"] = ServiceUrl,
        ["Slack:BotToken"] = BotToken,
        ["Slack:SigningSecret"] = SigningSecret,
        ["Slack:ApiBaseUrl"] = Address + "slack/api/",
    };

    /// <summary>A token as the connector sends it with an activity.</summary>
    public string Token(string? audience = null, string? issuer = null, string? serviceUrl = null, DateTimeOffset? now = null, RSA? key = null, string keyId = "k1")
    {
        var at = now ?? DateTimeOffset.UtcNow;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Issuer,
            Audience = audience ?? AppId,
            NotBefore = at.UtcDateTime.AddMinutes(-1),
            IssuedAt = at.UtcDateTime.AddMinutes(-1),
            Expires = at.UtcDateTime.AddHours(1),
            Claims = new Dictionary<string, object> { ["serviceurl"] = serviceUrl ?? ServiceUrl },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key ?? rsa) { KeyId = keyId }, SecurityAlgorithms.RsaSha256),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        rsa.Dispose();
    }

    private void Map()
    {
        app.Use(async (http, next) =>
        {
            Asked.Enqueue(http.Request.Path);
            await (Arriving?.Invoke(http.Request.Path) ?? Task.CompletedTask);
            if (SlackIsUnreachable && http.Request.Path.StartsWithSegments("/slack", StringComparison.Ordinal))
            {
                http.Abort();
                return;
            }

            await next(http);
        });
        app.MapGet("/openid", () => Results.Json(new { issuer = Issuer, jwks_uri = Address + "keys" }));
        app.MapGet("/keys", () =>
        {
            var parameters = rsa.ExportParameters(false);
            return Results.Json(new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA", kid = "k1", use = "sig",
                        n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent),
                        endorsements = Endorsements,
                    },
                },
            });
        });
        app.MapPost("/token", () => Results.Json(new { access_token = OutboundToken, expires_in = 3600, token_type = "Bearer" }));
        app.MapPost("/connector/v3/conversations", (JsonObject body) =>
            Results.Json(new { id = "a:" + ((string)body["members"]![0]!["id"]!).Replace("sandbox-", "", StringComparison.Ordinal) }));
        app.MapPost("/connector/v3/conversations/{id}/activities", async (string id, HttpRequest request) => await TakeAsync(id, request));
        app.MapPut("/connector/v3/conversations/{id}/activities/{activity}", async (string id, HttpRequest request) => await TakeAsync(id, request));
        app.MapGet("/connector/v3/conversations/{id}/members/{member}", (string member) =>
            Results.Json(new { id = member, email = member.Replace("29:", "", StringComparison.Ordinal) + "@sample.invalid" }));
        app.MapPost("/slack/api/{method}", async (string method, HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            var text = await reader.ReadToEndAsync();
            var body = text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject();
            if (request.Headers.Authorization != "Bearer " + BotToken)
            {
                return Results.Json(new { ok = false, error = "invalid_auth" });
            }

            if (SlackIsDown)
            {
                return Results.Json(new { ok = false, error = "service_unavailable" });
            }

            if (SlackRefuses?.Invoke(method, text) is { } error)
            {
                return Results.Json(new { ok = false, error });
            }

            switch (method)
            {
                case "auth.test":
                    return Results.Json(new { ok = true, team_id = SlackTeam, team = "Tests", user_id = "UBOT", bot_id = "BBOT" });
                case "users.info":
                    var id = Uri.UnescapeDataString(text["user=".Length..]);
                    return Results.Json(new JsonObject { ["ok"] = true, ["user"] = Named(id, SlackUsers.GetValueOrDefault(id) ?? []) });
                case "users.lookupByEmail":
                    var email = Uri.UnescapeDataString(text["email=".Length..]);
                    return SlackUsers.FirstOrDefault(u => (string?)u.Value["profile"]?["email"] == email) is { Key: not null } found
                        ? Results.Json(new JsonObject { ["ok"] = true, ["user"] = Named(found.Key, found.Value) })
                        : Results.Json(new { ok = false, error = "users_not_found" });
                case "conversations.open":
                    return Results.Json(new { ok = true, channel = new { id = "D-" + body["users"] } });
                case "chat.postMessage":
                case "chat.update":
                    ToSlack.Enqueue((method, body));
                    if (method == "chat.postMessage")
                    {
                        Told.Enqueue(((string)body["channel"]!, (string?)body["text"] ?? ""));
                    }

                    return Results.Json(new { ok = true, channel = (string?)body["channel"], ts = (string?)body["ts"] ?? $"{Interlocked.Increment(ref ids)}.0001" });
                default:
                    return Results.Json(new { ok = false, error = "unknown_method" });
            }
        });
    }

    private static JsonObject Named(string id, JsonObject told)
    {
        var user = (JsonObject)told.DeepClone();
        user["id"] = id;
        user["team_id"] ??= SlackTeam;
        return user;
    }

    private async Task<IResult> TakeAsync(string conversation, HttpRequest request)
    {
        if (ConnectorFaults.TryDequeue(out var fault))
        {
            return Results.StatusCode(fault);
        }

        if (request.Headers.Authorization != "Bearer " + OutboundToken)
        {
            return Results.Unauthorized();
        }

        var activity = await JsonSerializer.DeserializeAsync(request.Body, ActivityJson.Default.Activity);
        if (Refuses?.Invoke(activity!) is { } status)
        {
            return Results.StatusCode(status);
        }

        ToTeams.Enqueue(activity! with { Conversation = new ConversationAccount(conversation) });
        if (HttpMethods.IsPost(request.Method))
        {
            Told.Enqueue((conversation, activity.Summary ?? activity.Text ?? ""));
        }

        if (Taken is { } taken)
        {
            await taken(activity!);
        }

        return Results.Json(new { id = "sent-" + Interlocked.Increment(ref ids) });
    }
}
