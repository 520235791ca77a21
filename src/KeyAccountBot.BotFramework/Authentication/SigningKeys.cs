using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace KeyAccountBot.BotFramework.Authentication;

/// <summary>A key that signs tokens, and the channels it may speak for.</summary>
/// <param name="Key">The public key.</param>
/// <param name="Endorsements">The channel ids; empty where the key's entry names none.</param>
public sealed record SigningKey(SecurityKey Key, IReadOnlySet<string> Endorsements);

/// <summary>
/// The channel's signing keys, by key id. Read once a day and at once when a token names an unknown key, then at most hourly;
/// while the metadata is out of reach the known keys go on counting and nothing else does.
/// </summary>
public sealed class SigningKeys(HttpClient http, ActivityAuthenticationOptions options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hourly = TimeSpan.FromHours(1);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim refreshing = new(1, 1);
    private IReadOnlyDictionary<string, SigningKey> keys = new Dictionary<string, SigningKey>(StringComparer.Ordinal);
    private DateTimeOffset? readAt;
    private DateTimeOffset? unknownAt;
    private DateTimeOffset? failedAt;

    /// <summary>The key with this id, or <c>null</c>.</summary>
    public async ValueTask<SigningKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (keys.TryGetValue(keyId, out var known) && now - readAt < Daily)
        {
            return known;
        }

        await refreshing.WaitAsync(cancellationToken);
        try
        {
            var stale = readAt is null || now - readAt >= Daily;
            var unknown = !keys.ContainsKey(keyId) && (unknownAt is null || now - unknownAt >= Hourly);
            var failedLately = failedAt is { } failed && now - failed < Retry;
            if ((stale || unknown) && !failedLately)
            {
                if (!stale)
                {
                    unknownAt = now;
                }

                await ReadAsync(now, cancellationToken);
            }
        }
        finally
        {
            refreshing.Release();
        }

        return keys.GetValueOrDefault(keyId);
    }

    /// <summary>Whether any key is known, reading them where none has been read yet: without one, every activity would be refused.</summary>
    public async ValueTask<bool> AreKnownAsync(CancellationToken cancellationToken)
    {
        if (readAt is null)
        {
            await FindAsync("", cancellationToken);
        }

        return keys.Count > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => refreshing.Dispose();

    private async Task ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Patience);
        try
        {
            using var metadata = await GetAsync(options.OpenIdMetadata, bound.Token);
            using var document = await GetAsync(metadata.RootElement.GetProperty("jwks_uri").GetString()!, bound.Token);
            keys = KeysOf(document.RootElement.GetProperty("keys"));
            readAt = now;
            failedAt = null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or UriFormatException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            failedAt = now;
        }
    }

    private async Task<JsonDocument> GetAsync(string address, CancellationToken cancellationToken)
    {
        var uri = new Uri(address, UriKind.Absolute);
        if (uri.Scheme != Uri.UriSchemeHttps && !(options.AllowPlainHttpLoopback && uri.IsLoopback))
        {
            throw new InvalidOperationException("Signing keys are read over https.");
        }

        await using var body = await http.GetStreamAsync(uri, cancellationToken);
        return await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
    }

    // endorsements are no member of the standard key classes: they are read from the raw document
    private static Dictionary<string, SigningKey> KeysOf(JsonElement document)
    {
        var found = new Dictionary<string, SigningKey>(StringComparer.Ordinal);
        foreach (var element in document.EnumerateArray())
        {
            var key = new JsonWebKey(element.GetRawText());
            if (key.Kid is not { Length: > 0 } id || key.Kty != JsonWebAlgorithmsKeyTypes.RSA)
            {
                continue;
            }

            IReadOnlySet<string> endorsements = element.TryGetProperty("endorsements", out var channels) && channels.ValueKind == JsonValueKind.Array
                ? channels.EnumerateArray().Select(c => c.GetString() ?? "").ToHashSet(StringComparer.Ordinal)
                : new HashSet<string>(StringComparer.Ordinal);
            found[id] = new SigningKey(key, endorsements);
        }

        return found;
    }
}
