using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace KeyAccountBot.Benchmarks.Wire;

/// <summary>What Teams is to the service: token issuer, token endpoint and connector, on a real port, as lean as it can be.</summary>
internal sealed class FarEnd : IAsyncDisposable
{
    /// <summary>The bot's app id.</summary>
    public const string AppId = "11111111-2222-3333-4444-555555555555";

    /// <summary>Who issues the tokens.</summary>
    public const string Issuer = "https://issuer.benchmark.invalid";

    private const string Conversation = "a:load-";
    private static readonly byte[] Taken = """{"id":"1733000000000"}"""u8.ToArray();
    private readonly RSA rsa = RSA.Create(2048);
    private readonly WebApplication app;

    private FarEnd(WebApplication app) => this.app = app;

    /// <summary>Where it listens, with a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What activities name as the place for replies.</summary>
    public string ServiceUrl => Address + "connector/";

    /// <summary>Gets the replies; set before each run.</summary>
    public IInbox Inbox { get; set; } = new Inbox(0, checksWords: false);

    /// <summary>Starts listening.</summary>
    public static async Task<FarEnd> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(o => o.AddServerHeader = false);
        var end = new FarEnd(builder.Build());
        end.app.Run(end.AnswerAsync);
        await end.app.StartAsync();
        end.Address = end.app.Urls.First().TrimEnd('/') + "/";
        return end;
    }

    /// <summary>The conversation of a rep.</summary>
    public static string ConversationOf(int rep) => Conversation + rep.ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>A token as the connector sends it with an activity.</summary>
    public string Token() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = AppId,
        NotBefore = DateTime.UtcNow.AddMinutes(-1),
        IssuedAt = DateTime.UtcNow.AddMinutes(-1),
        Expires = DateTime.UtcNow.AddHours(1),
        Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["serviceurl"] = ServiceUrl, ["jti"] = Guid.NewGuid().ToString("N") },
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256),
    });

    /// <summary>The settings that connect the service to this far end, as environment variables.</summary>
    public Dictionary<string, string> Settings() => new(StringComparer.Ordinal)
    {
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Company__Tenant"] = SampleCompany.EntraTenant,
        ["Teams__AppId"] = AppId,
        ["Teams__AppPassword"] = "secret",
        ["Teams__Issuer"] = Issuer,
        ["Teams__OpenIdMetadata"] = Address + "openid",
        ["Teams__TokenEndpoint"] = Address + "token",
        ["Teams__ServiceUrl"] = ServiceUrl,
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        rsa.Dispose();
    }

    private Task AnswerAsync(HttpContext http) => http.Request.Path.Value switch
    {
        "/openid" => http.Response.WriteAsync($$"""{"issuer":"{{Issuer}}","jwks_uri":"{{Address}}keys"}"""),
        "/keys" => KeysAsync(http),
        "/token" => http.Response.WriteAsJsonAsync(new { access_token = "outbound-token", expires_in = 3600, token_type = "Bearer" }),
        { } path => TakeAsync(http, path),
        null => Task.CompletedTask,
    };

    private Task KeysAsync(HttpContext http)
    {
        var key = rsa.ExportParameters(false);
        return http.Response.WriteAsJsonAsync(new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA", kid = "k1", use = "sig",
                    n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent),
                    endorsements = new[] { "msteams" },
                },
            },
        });
    }

    // …/v3/conversations/a:load-000123/activities
    private async Task TakeAsync(HttpContext http, string path)
    {
        var at = path.IndexOf(Conversation, StringComparison.Ordinal);
        if (at < 0 || http.Request.Headers.Authorization != "Bearer outbound-token")
        {
            http.Response.StatusCode = at < 0 ? StatusCodes.Status404NotFound : StatusCodes.Status401Unauthorized;
            return;
        }

        var rep = int.Parse(path.AsSpan(at + Conversation.Length, 6), CultureInfo.InvariantCulture);
        var body = http.Request.BodyReader;
        ReadResult read;
        while (!(read = await body.ReadAsync()).IsCompleted)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }

        Inbox.Take(rep, read.Buffer);
        body.AdvanceTo(read.Buffer.End);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Taken.Length;
        http.Response.BodyWriter.Write(Taken);
    }
}
