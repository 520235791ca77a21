using System.Collections.Concurrent;
using System.Security.Cryptography;
using KeyAccountBot.BotFramework.Authentication;
using KeyAccountBot.BotFramework.Connector;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace KeyAccountBot.BotFramework.Tests;

/// <summary>A request as it came over the wire.</summary>
/// <param name="Line">Method and path, the path as escaped.</param>
/// <param name="Token">The <c>Authorization</c> header.</param>
/// <param name="Body">The body.</param>
internal sealed record Received(string Line, string? Token, string Body);

/// <summary>A connector, a token endpoint and signing keys on a loopback port; answers as told, else with 200 and an id.</summary>
internal sealed class ChannelFarEnd : IAsyncDisposable
{
    private readonly WebApplication app;

    private ChannelFarEnd(WebApplication app) => this.app = app;

    /// <summary>Where it listens, with a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Calls of the connector, oldest first.</summary>
    public ConcurrentQueue<Received> Calls { get; } = new();

    /// <summary>Forms sent to the token endpoint.</summary>
    public ConcurrentQueue<string> TokenForms { get; } = new();

    /// <summary>What the connector answers next.</summary>
    public ConcurrentQueue<(int Status, string Body, string? RetryAfter)> Answers { get; } = new();

    /// <summary>The keys that are listed: id, key, endorsements.</summary>
    public ConcurrentDictionary<string, (RSA Key, string[] Endorsements)> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>How often the keys were read.</summary>
    public int KeysRead { get; private set; }

    /// <summary>The keys and tokens cannot be had.</summary>
    public bool Down { get; set; }

    /// <summary>The keys are answered once this is done; at once where there is none.</summary>
    public TaskCompletionSource? Hanging { get; set; }

    public PatientClock Clock { get; } = new();

    public HttpClient Http { get; } = new();

    public static async Task<ChannelFarEnd> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var end = new ChannelFarEnd(builder.Build());
        end.app.Run(end.AnswerAsync);
        await end.app.StartAsync();
        end.Address = end.app.Urls.First().TrimEnd('/') + "/";
        return end;
    }

    public ConnectorCredentialsOptions Credentials => new()
    {
        AppId = "our-app", AppPassword = "secret", TenantId = "our-tenant", TokenEndpoint = Address + "token", AllowPlainHttpLoopback = true,
    };

    public ConnectorClient Connector(ConnectorCredentialsOptions? credentials = null)
    {
        var options = credentials ?? Credentials;
        return new ConnectorClient(Http, new ConnectorToken(Http, options, Clock), options, Clock);
    }

    /// <summary>Lists a new key.</summary>
    public void Lists(string keyId, params string[] endorsements) => Keys[keyId] = (RSA.Create(2048), endorsements);

    /// <summary>A token as the connector signs it with a listed key.</summary>
    public string Token(string keyId, string serviceUrl = "https://smba.example/") => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = ChannelCloud.Public.Issuer,
        Audience = "our-app",
        NotBefore = Clock.GetUtcNow().UtcDateTime,
        IssuedAt = Clock.GetUtcNow().UtcDateTime,
        Expires = Clock.GetUtcNow().UtcDateTime.AddHours(1),
        Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["serviceurl"] = serviceUrl },
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(Keys[keyId].Key) { KeyId = keyId }, SecurityAlgorithms.RsaSha256),
    });

    public async ValueTask DisposeAsync()
    {
        Hanging?.TrySetResult();
        Http.Dispose();
        await app.DisposeAsync();
        foreach (var (key, _) in Keys.Values)
        {
            key.Dispose();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (path is "/openid" or "/keys" && Hanging is { } hanging)
        {
            await hanging.Task;
        }

        var answer = (path, Down) switch
        {
            ("/token" or "/openid" or "/keys", true) => (503, "", (string?)null),
            ("/token", _) => (200, $$"""{"access_token":"token-{{Taken(TokenForms, body)}}","expires_in":3600}""", null),
            ("/openid", _) => (200, $$"""{"issuer":"{{ChannelCloud.Public.Issuer}}","jwks_uri":"{{Address}}keys"}""", null),
            ("/keys", _) => (200, KeysAsJson(), null),
            _ => Connected(new Received($"{context.Request.Method} {path}", context.Request.Headers.Authorization, body)),
        };
        context.Response.StatusCode = answer.Item1;
        context.Response.ContentType = "application/json";
        if (answer.Item3 is { } retryAfter)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        await context.Response.WriteAsync(answer.Item2);
    }

    private (int, string, string?) Connected(Received call)
    {
        Calls.Enqueue(call);
        return Answers.TryDequeue(out var told) ? told : (200, """{"id":"new-id"}""", null);
    }

    private static int Taken(ConcurrentQueue<string> forms, string form)
    {
        forms.Enqueue(form);
        return forms.Count;
    }

    private string KeysAsJson()
    {
        KeysRead++;
        return System.Text.Json.JsonSerializer.Serialize(new
        {
            keys = Keys.Select(k =>
            {
                var parameters = k.Value.Key.ExportParameters(false);
                return new
                {
                    kty = "RSA", kid = k.Key, use = "sig", n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent),
                    endorsements = k.Value.Endorsements,
                };
            }),
        });
    }
}

/// <summary>A clock on which every wait is over as soon as it has begun; remembers how long each was to be.</summary>
internal sealed class PatientClock() : FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero))
{
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Waits.Enqueue(dueTime);
        ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        return timer;
    }
}
