using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace KeyAccountBot.BotFramework.Authentication;

/// <summary>A key that signs tokens, and the channels it may speak for.</summary>
/// <param name="Key">The public key.</param>
/// <param name="Endorsements">The channel ids; empty where the key's entry names none.</param>
/// <param name="Fingerprint">Of the key itself: another key listed under the same id has another one.</param>
public sealed record SigningKey(SecurityKey Key, IReadOnlySet<string> Endorsements, string Fingerprint);

/// <summary>
/// The channel's signing keys, by key id. The list is read once a day, and when a token names an unknown key, at most once a minute
/// in all. Known keys never wait for a reading: it goes on beside them, and while the list is out of reach they go on counting.
/// </summary>
public sealed class SigningKeys(HttpClient http, ActivityAuthenticationOptions options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    // until a first list is read nobody at all can be answered
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock door = new();
    private readonly CancellationTokenSource ending = new();
    private volatile Listed listed = new(new Dictionary<string, SigningKey>(StringComparer.Ordinal), null);
    private Task reading = Task.CompletedTask;
    private long? begunAt;
    private long? askedAt;

    /// <summary>The key with this id, or <c>null</c>. An unknown one is waited for, as long as <see cref="ActivityAuthenticationOptions.KeyPatience"/> at most.</summary>
    public async ValueTask<SigningKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        if (listed.Keys.TryGetValue(keyId, out var known))
        {
            ReadWhereStale();
            return known;
        }

        await WaitAsync(Read(forUnknown: true), cancellationToken);
        return listed.Keys.GetValueOrDefault(keyId);
    }

    /// <summary>Whether any key is known, reading them where none has been read yet: without one, every activity would be refused.</summary>
    public async ValueTask<bool> AreKnownAsync(CancellationToken cancellationToken)
    {
        if (listed.ReadAt is null)
        {
            await WaitAsync(Read(forUnknown: true), cancellationToken);
        }

        ReadWhereStale();
        return listed.Keys.Count > 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ending.Cancel();
        ending.Dispose();
    }

    private void ReadWhereStale()
    {
        if (listed.ReadAt is { } at && clock.GetElapsedTime(at) >= Daily)
        {
            _ = Read(forUnknown: false);
        }
    }

    // the reading under way, or a new one where one is due: a flood of made-up key ids causes one a minute
    private Task Read(bool forUnknown)
    {
        lock (door)
        {
            if (!reading.IsCompleted)
            {
                return reading;
            }

            var isFirst = listed.ReadAt is null;
            if (Passed(isFirst || !forUnknown ? begunAt : askedAt) < (isFirst ? FirstPause : Pause))
            {
                return Task.CompletedTask;
            }

            begunAt = clock.GetTimestamp();
            askedAt = forUnknown && !isFirst ? begunAt : askedAt;
            return reading = Task.Run(ReadAsync);
        }
    }

    private TimeSpan Passed(long? since) => since is { } at ? clock.GetElapsedTime(at) : TimeSpan.MaxValue;

    private async Task WaitAsync(Task read, CancellationToken cancellationToken)
    {
        try
        {
            await read.WaitAsync(options.KeyPatience, cancellationToken);
        }
        catch (TimeoutException)
        {
            // the reading goes on; this token is refused meanwhile
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            using var bound = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
            bound.CancelAfter(Patience);
            using var metadata = await GetAsync(options.OpenIdMetadata, bound.Token);
            using var document = await GetAsync(metadata.RootElement.GetProperty("jwks_uri").GetString()!, bound.Token);
            listed = new Listed(KeysOf(document.RootElement.GetProperty("keys")), clock.GetTimestamp());
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or KeyNotFoundException or InvalidOperationException
            or ArgumentException or FormatException or OperationCanceledException)
        {
            // what is known goes on counting
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
            if (key.Kid is not { Length: > 0 } id || key.Kty != JsonWebAlgorithmsKeyTypes.RSA || string.IsNullOrEmpty(key.N) || string.IsNullOrEmpty(key.E))
            {
                continue;
            }

            IReadOnlySet<string> endorsements = element.TryGetProperty("endorsements", out var channels) && channels.ValueKind == JsonValueKind.Array
                ? channels.EnumerateArray().Select(c => c.GetString() ?? "").ToHashSet(StringComparer.Ordinal)
                : new HashSet<string>(StringComparer.Ordinal);
            found[id] = new SigningKey(key, endorsements, Base64UrlEncoder.Encode(key.ComputeJwkThumbprint()));
        }

        return found;
    }

    private sealed record Listed(IReadOnlyDictionary<string, SigningKey> Keys, long? ReadAt);
}
