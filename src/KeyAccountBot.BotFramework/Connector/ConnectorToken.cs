using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Core;
using Azure.Identity;
using KeyAccountBot.BotFramework.Authentication;

namespace KeyAccountBot.BotFramework.Connector;

/// <summary>How the bot proves itself to the connector.</summary>
public sealed class ConnectorCredentialsOptions
{
    /// <summary>Our app id.</summary>
    public string AppId { get; set; } = "";

    /// <summary>Our client secret; empty where <see cref="Credential"/> stands for it.</summary>
    public string AppPassword { get; set; } = "";

    /// <summary>The cloud that the channel runs in.</summary>
    public ChannelCloud Cloud { get; set; } = ChannelCloud.Public;

    /// <summary>Our tenant where the app is single-tenant; empty: the cloud's shared one.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>Where tokens come from; empty: Microsoft's endpoint of the tenant.</summary>
    public string TokenEndpoint { get; set; } = "";

    /// <summary>A certificate or managed identity in place of a secret.</summary>
    public TokenCredential? Credential { get; set; }

    /// <summary>Plain http is followed to loopback addresses; for Development.</summary>
    public bool AllowPlainHttpLoopback { get; set; }
}

/// <summary>The bot's own token: kept until five minutes before it expires, refreshed by one caller at a time.</summary>
public sealed partial class ConnectorToken(HttpClient http, ConnectorCredentialsOptions options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim refreshing = new(1, 1);
    private Held? held;

    /// <summary>A token that is good for some minutes; <c>null</c> where the bot has no credentials at all.</summary>
    /// <exception cref="ConnectorException">The token endpoint refused us or cannot be reached.</exception>
    public async ValueTask<string?> GetAsync(CancellationToken cancellationToken)
    {
        if (held is { } fresh && clock.GetUtcNow() < fresh.Until)
        {
            return fresh.Token;
        }

        if (options.AppPassword.Length == 0 && options.Credential is null)
        {
            return null;
        }

        await refreshing.WaitAsync(cancellationToken);
        try
        {
            if (held is { } again && clock.GetUtcNow() < again.Until)
            {
                return again.Token;
            }

            var renewed = options.Credential is { } credential ? await FromCredentialAsync(credential, cancellationToken) : await FromEndpointAsync(cancellationToken);
            held = renewed;
            return renewed.Token;
        }
        finally
        {
            refreshing.Release();
        }
    }

    /// <summary>The connector refuses what is held: the next call asks for another.</summary>
    public void Forget() => held = null;

    /// <inheritdoc/>
    public void Dispose() => refreshing.Dispose();

    private async Task<Held> FromCredentialAsync(TokenCredential credential, CancellationToken cancellationToken)
    {
        try
        {
            var token = await credential.GetTokenAsync(new TokenRequestContext([options.Cloud.Scope]), cancellationToken);
            return new Held(token.Token, token.ExpiresOn - Early);
        }
        catch (AuthenticationFailedException e)
        {
            throw new ConnectorException(
                null, "No managed identity gives us a token: check the service's identity and Teams:AppId, or set Teams:AppPassword.", isPermanent: false, inner: e)
            {
                AreCredentialsRefused = true,
            };
        }
    }

    private async Task<Held> FromEndpointAsync(CancellationToken cancellationToken)
    {
        var endpoint = options.TokenEndpoint.Length > 0 ? new Uri(options.TokenEndpoint) : options.Cloud.TokenEndpointOf(options.TenantId);
        if (endpoint.Scheme != Uri.UriSchemeHttps && !(options.AllowPlainHttpLoopback && endpoint.IsLoopback))
        {
            throw new ConnectorException(null, "Tokens are fetched over https only.", isPermanent: true);
        }

        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"), new("client_id", options.AppId),
            new("client_secret", options.AppPassword), new("scope", options.Cloud.Scope),
        ]);
        var asked = clock.GetUtcNow();
        using var response = await http.PostAsync(endpoint, form, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new ConnectorException(response.StatusCode, $"The token endpoint answered {(int)response.StatusCode}: check Teams:AppId, Teams:AppPassword and Teams:TenantId.", isPermanent: false)
            {
                AreCredentialsRefused = (int)response.StatusCode is >= 400 and < 500 and not 408 and not 429,
            };
        }

        var body = await BodyOfAsync(response, cancellationToken);
        return body is { AccessToken: { Length: > 0 } token }
            ? new Held(token, asked + TimeSpan.FromSeconds(body.ExpiresIn) - Early)
            : throw new ConnectorException(null, "The token endpoint answered without a token.", isPermanent: false);
    }

    // what stands between us may answer in its place
    private static async Task<TokenResponse?> BodyOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(TokenJson.Default.TokenResponse, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Held(string Token, DateTimeOffset Until);

    internal sealed record TokenResponse(
        [property: JsonPropertyName("access_token")] string? AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);

    [JsonSerializable(typeof(TokenResponse))]
    private sealed partial class TokenJson : JsonSerializerContext;
}
