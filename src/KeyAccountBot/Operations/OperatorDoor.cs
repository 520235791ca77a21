using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KeyAccountBot.Operations;

/// <summary>
/// Who may come in by the operator's door: who gave its key lately. A session is a moment and its signature by the key, so every replica
/// knows it and none keeps it; without a key the door does not exist.
/// </summary>
/// <param name="key">The key; empty: nobody may.</param>
/// <param name="clock">Ends sessions.</param>
internal sealed class OperatorDoor(string key, TimeProvider clock)
{
    /// <summary>How long a session holds.</summary>
    public static readonly TimeSpan SessionHolds = TimeSpan.FromHours(8);

    private readonly byte[] secret = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>There is a door.</summary>
    public bool Exists => key.Length > 0;

    /// <summary>Whether this is the key; takes as long for any guess.</summary>
    public bool IsKey(string? given) =>
        Exists && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given ?? "")), secret);

    /// <summary>A session that begins now.</summary>
    public string Begin()
    {
        var until = (clock.GetUtcNow() + SessionHolds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{until}.{Sign("session", until)}";
    }

    /// <summary>Whether a session is ours and holds.</summary>
    public bool Holds(string? session) =>
        Exists && session?.Split('.') is [var until, var signature] && Same(signature, Sign("session", until))
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>What a form of this session carries, so that no other page can post in its name.</summary>
    public string FormToken(string session) => Sign("form", session);

    /// <summary>Whether a posted form is this session's.</summary>
    public bool IsForm(string session, string? token) => Same(token ?? "", FormToken(session));

    private string Sign(string purpose, string what) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{purpose}:{what}")));

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
