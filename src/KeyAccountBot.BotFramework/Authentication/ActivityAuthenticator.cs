using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using KeyAccountBot.BotFramework.Schema;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace KeyAccountBot.BotFramework.Authentication;

/// <summary>
/// Tells whether an activity comes from the Bot Connector: its token's signature, issuer, audience, lifetime (five minutes' skew),
/// the signing key's endorsement of the channel, and the <c>serviceurl</c> claim (Bot Framework <c>ChannelValidation</c>).
/// </summary>
/// <remarks>
/// A token whose signature was verified is remembered by its hash until it expires. What depends on the activity is checked every
/// time, and so is that its very key is still listed: a key taken off the list counts no longer for any token.
/// </remarks>
public sealed class ActivityAuthenticator(SigningKeys keys, ActivityAuthenticationOptions options, TimeProvider clock)
{
    private const int Remembered = 1024;
    private const string Scheme = "Bearer ";
    private const string NotListed = "The token is signed by a key the channel does not list.";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512];

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private readonly ConcurrentDictionary<string, Verified> verified = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> oldestFirst = new();

    /// <summary>Checks an activity against the request's <c>Authorization</c> header.</summary>
    /// <param name="authorization">The header, or <c>null</c>.</param>
    /// <param name="activity">As parsed; trusted only once accepted.</param>
    /// <param name="remote">Who connected.</param>
    /// <param name="cancellationToken">Ends the wait for signing keys.</param>
    public async ValueTask<ActivityAuthenticationResult> AuthenticateAsync(
        string? authorization, Activity activity, IPAddress? remote, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(authorization))
        {
            return options.AllowAnonymousLoopback && remote is not null && IPAddress.IsLoopback(remote) && IsLoopback(activity.ServiceUrl)
                ? ActivityAuthenticationResult.Accepted
                : ActivityAuthenticationResult.Refused("The request carries no token.");
        }

        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || options.AppId.Length == 0)
        {
            return ActivityAuthenticationResult.Refused("The request carries no bearer token that this bot could accept.");
        }

        var token = authorization[Scheme.Length..].Trim();
        var now = clock.GetUtcNow();
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (verified.TryGetValue(hash, out var known))
        {
            if (await keys.FindAsync(known.KeyId, cancellationToken) is not { } listed)
            {
                return ActivityAuthenticationResult.Refused(NotListed);
            }

            // else another key took its id: the signature is verified anew
            if (listed.Fingerprint == known.Fingerprint)
            {
                return Check(known, listed, activity, now);
            }
        }

        var (claims, key, why) = await VerifyAsync(token, now, cancellationToken);
        if (claims is null || key is null)
        {
            return ActivityAuthenticationResult.Refused(why);
        }

        Remember(hash, claims);
        return Check(claims, key, activity, now);
    }

    private ActivityAuthenticationResult Check(Verified claims, SigningKey key, Activity activity, DateTimeOffset now)
    {
        if (now > claims.Expires + Skew)
        {
            return ActivityAuthenticationResult.Refused("The token has expired.");
        }

        if (activity.ChannelId is not { Length: > 0 } channel || !key.Endorsements.Contains(channel))
        {
            return ActivityAuthenticationResult.Refused("The token's key is not endorsed for the activity's channel.");
        }

        if (!SameAddress(claims.ServiceUrl, activity.ServiceUrl))
        {
            return ActivityAuthenticationResult.Refused("The token names another serviceUrl than the activity.");
        }

        return ForeignTenant(activity) is { } foreign ? ActivityAuthenticationResult.Refused(foreign) : ActivityAuthenticationResult.Accepted;
    }

    // the token names no tenant: what the activity says of it must be said, and said once
    private string? ForeignTenant(Activity activity)
    {
        if (options.TenantId.Length == 0)
        {
            return null;
        }

        return activity.TenantId is not { } tenant ? "The activity names no tenant."
            : activity.ChannelTenantId is { } other && !Same(other, tenant) ? "The activity names two tenants."
            : Same(tenant, options.TenantId) ? null
            : "The activity is of another tenant.";

        static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
    }

    private async ValueTask<(Verified? Claims, SigningKey? Key, string Why)> VerifyAsync(string token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string forged = "The token is not valid.";
        JsonWebToken read;
        try
        {
            read = new JsonWebToken(token);
        }
        catch (ArgumentException)
        {
            return (null, null, forged);
        }

        if (string.IsNullOrEmpty(read.Kid) || await keys.FindAsync(read.Kid, cancellationToken) is not { } key)
        {
            return (null, null, NotListed);
        }

        var result = await handler.ValidateTokenAsync(read, new TokenValidationParameters
        {
            ValidIssuers = options.Issuers,
            ValidAudience = options.AppId,
            IssuerSigningKey = key.Key,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = Skew,
            LifetimeValidator = (notBefore, expires, _, _) =>
                expires is { } end && now.UtcDateTime <= end + Skew && (notBefore is not { } start || now.UtcDateTime >= start - Skew),
        });
        if (!result.IsValid)
        {
            return (null, null, result.Exception switch
            {
                SecurityTokenInvalidAudienceException => "The token is meant for another bot.",
                SecurityTokenInvalidIssuerException => "The token's issuer is unknown.",
                SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNoExpirationException => "The token has expired, or is not valid yet.",
                _ => forged,
            });
        }

        var serviceUrl = read.TryGetPayloadValue<string>("serviceurl", out var claimed) ? claimed : null;
        return (new Verified(serviceUrl, new DateTimeOffset(read.ValidTo, TimeSpan.Zero), read.Kid, key.Fingerprint), key, "");
    }

    // only verified tokens come here, so nobody else can push one out
    private void Remember(string hash, Verified claims)
    {
        if (!verified.TryAdd(hash, claims))
        {
            verified[hash] = claims;
            return;
        }

        oldestFirst.Enqueue(hash);
        while (oldestFirst.Count > Remembered && oldestFirst.TryDequeue(out var oldest))
        {
            verified.TryRemove(oldest, out _);
        }
    }

    private static bool SameAddress(string? claimed, string? given) =>
        claimed is not null && given is not null
        && string.Equals(claimed.TrimEnd('/'), given.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;

    private sealed record Verified(string? ServiceUrl, DateTimeOffset Expires, string KeyId, string Fingerprint);
}
