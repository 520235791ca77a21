using System.Globalization;
using System.Text;

namespace KeyAccountBot.Tests.Faults;

/// <summary>
/// Which calls fail, by a seed: the same call at the same place fails the same way whenever it comes, so a seed repeats a run even
/// where calls run side by side. A run takes other seeds each time and names them when it fails; <c>FAULT_SEED</c> repeats one.
/// </summary>
internal sealed class Chance(int seed)
{
    private static readonly Fault[] OfReads = [Fault.Before, Fault.After, Fault.TimesOut];
    private static readonly Fault[] OfRows = [Fault.Before, Fault.After, Fault.TimesOut, Fault.TimesOutAfter, Fault.Conflict, Fault.ConflictAfter];
    private static readonly Fault[] OfQueues = [Fault.Before, Fault.After, Fault.TimesOut, Fault.TimesOutAfter];

    /// <summary>The seeds of this run: so many, or the one that <c>FAULT_SEED</c> names.</summary>
    public static IEnumerable<int> Seeds(int count)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("FAULT_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            return [seed];
        }

        var first = Random.Shared.Next(int.MaxValue - count);
        return Enumerable.Range(first, count);
    }

    /// <summary>One call in ten fails, in one of the ways it can.</summary>
    public Fault OneInTen(StoreCall call)
    {
        var chance = Of($"{call.What} {call.Where} {call.Time}");
        if (chance.Next(10) != 0)
        {
            return Fault.None;
        }

        var ways = call.What == "Submit" ? OfRows : call.Writes ? OfQueues : OfReads;
        return ways[chance.Next(ways.Length)];
    }

    /// <summary>Chance that depends on the seed and these words only.</summary>
    public Random Of(string words)
    {
        // FNV-1a: the same in every process, which string's own hash is not
        var hash = 2166136261u ^ (uint)seed;
        foreach (var b in Encoding.UTF8.GetBytes(words))
        {
            hash = (hash ^ b) * 16777619u;
        }

        return new Random((int)hash);
    }
}
