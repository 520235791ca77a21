using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KeyAccountBot.Slack.Requests;

/// <summary>What became of a request's signature.</summary>
public enum SlackSignatureResult
{
    /// <summary>Slack has signed it, and lately.</summary>
    Valid,

    /// <summary>The timestamp or the signature is absent.</summary>
    Missing,

    /// <summary>The timestamp is more than five minutes away, before or after.</summary>
    Stale,

    /// <summary>The signature is not ours, or a header cannot be read.</summary>
    Wrong,
}

/// <summary>
/// Slack's request signature, <c>v0=</c> and the hex HMAC-SHA256 of <c>v0:{timestamp}:{raw body}</c>
/// (<see href="https://docs.slack.dev/authentication/verifying-requests-from-slack">verifying requests</see>).
/// </summary>
public static class SlackSignature
{
    /// <summary>The header with the seconds since 1970 (<see href="https://docs.slack.dev/authentication/verifying-requests-from-slack">verifying requests</see>).</summary>
    public const string TimestampHeader = "X-Slack-Request-Timestamp";

    /// <summary>The header with the signature (<see href="https://docs.slack.dev/authentication/verifying-requests-from-slack">verifying requests</see>).</summary>
    public const string SignatureHeader = "X-Slack-Signature";

    /// <summary>How far a timestamp may lie from now, both ways.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Judges a request by its raw body, before anything parses it
    /// (<see href="https://docs.slack.dev/authentication/verifying-requests-from-slack">verifying requests</see>). Compares in constant time.
    /// </summary>
    public static SlackSignatureResult Verify(
        ReadOnlySpan<byte> rawBody, string? timestampHeader, string? signatureHeader, string signingSecret, DateTimeOffset now)
    {
        ArgumentException.ThrowIfNullOrEmpty(signingSecret);
        if (string.IsNullOrEmpty(timestampHeader) || string.IsNullOrEmpty(signatureHeader))
        {
            return SlackSignatureResult.Missing;
        }

        if (!long.TryParse(timestampHeader, NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp))
        {
            return SlackSignatureResult.Wrong;
        }

        if (Math.Abs(now.ToUnixTimeSeconds() - timestamp) > (long)Tolerance.TotalSeconds)
        {
            return SlackSignatureResult.Stale;
        }

        var expected = Encoding.ASCII.GetBytes(Sign(rawBody, timestampHeader, signingSecret));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signatureHeader))
            ? SlackSignatureResult.Valid
            : SlackSignatureResult.Wrong;
    }

    /// <summary>Signs a body as Slack does, for a sandbox or a test (<see href="https://docs.slack.dev/authentication/verifying-requests-from-slack">verifying requests</see>).</summary>
    /// <param name="rawBody">The body as it goes over the wire.</param>
    /// <param name="timestamp">The value of <see cref="TimestampHeader"/>.</param>
    /// <param name="signingSecret">The app's signing secret.</param>
    /// <returns>The value of <see cref="SignatureHeader"/>.</returns>
    public static string Sign(ReadOnlySpan<byte> rawBody, string timestamp, string signingSecret)
    {
        ArgumentException.ThrowIfNullOrEmpty(signingSecret);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(signingSecret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"v0:{timestamp}:"));
        hmac.AppendData(rawBody);
        return "v0=" + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }
}
