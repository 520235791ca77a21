using System.Net;
using System.Net.Sockets;

namespace KeyAccountBot.Operations;

/// <summary>What became of an attempt to sign in.</summary>
internal enum SignInOutcome
{
    /// <summary>It was the key.</summary>
    Opened,

    /// <summary>It was not.</summary>
    Wrong,

    /// <summary>It came before the wait was over; the key was not looked at.</summary>
    TooSoon,
}

/// <summary>An attempt to sign in.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Failures">Wrong keys in a row from this place.</param>
/// <param name="Wait">How long no key is looked at from this place.</param>
internal sealed record SignInAttempt(SignInOutcome Outcome, int Failures, TimeSpan Wait);

/// <summary>
/// How fast keys may be tried at the operator's door: a few mistypings are free, then each wrong key doubles the wait, up to
/// <see cref="LongestWait"/>. Counted for each place by itself, so that a stranger's guesses do not keep the operator out.
/// </summary>
/// <remarks>Each replica counts for itself. Places are kept in memory only, at most <see cref="MostPlaces"/>; what comes beyond shares one count.</remarks>
internal sealed class SignInPace(TimeProvider clock)
{
    /// <summary>Wrong keys in a row that cost no wait.</summary>
    public const int Free = 2;

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>A place that gave no wrong key for so long begins anew.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(15);

    /// <summary>How many places are remembered.</summary>
    public const int MostPlaces = 1_000;

    private const string Elsewhere = "";
    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Failures, DateTimeOffset Until)> places = new(StringComparer.Ordinal);

    /// <summary>How many places are remembered now.</summary>
    public int Places
    {
        get
        {
            lock (gate)
            {
                return places.Count;
            }
        }
    }

    /// <summary>Tries a key from a place, unless it is too soon. One at a time, so that many at once are counted like one after the other.</summary>
    public SignInAttempt Try(IPAddress? from, Func<bool> isKey)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var place = PlaceOf(from, now);
            var (failures, until) = places.TryGetValue(place, out var seen) && seen.Until + ForgottenAfter > now ? seen : default;
            if (until > now)
            {
                return new SignInAttempt(SignInOutcome.TooSoon, failures, until - now);
            }

            if (isKey())
            {
                places.Remove(place);
                return new SignInAttempt(SignInOutcome.Opened, 0, TimeSpan.Zero);
            }

            failures++;
            var wait = WaitAfter(failures);
            places[place] = (failures, now + wait);
            return new SignInAttempt(SignInOutcome.Wrong, failures, wait);
        }
    }

    private static TimeSpan WaitAfter(int failures) => failures <= Free
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(failures - Free - 1, 30))));

    private string PlaceOf(IPAddress? from, DateTimeOffset now)
    {
        var place = from switch
        {
            null => Elsewhere,
            { IsIPv4MappedToIPv6: true } => from.MapToIPv4().ToString(),
            // who has one address of version 6 has its whole /64
            { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(from.GetAddressBytes().AsSpan(0, 8)),
            _ => from.ToString(),
        };
        if (places.Count < MostPlaces || places.ContainsKey(place))
        {
            return place;
        }

        foreach (var over in places.Where(p => p.Value.Until + ForgottenAfter <= now).Select(p => p.Key).ToList())
        {
            places.Remove(over);
        }

        return places.Count < MostPlaces ? place : Elsewhere;
    }
}
