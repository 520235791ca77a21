using System.Diagnostics.CodeAnalysis;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>Chance that is the same again for the same seed; for one thread at a time.</summary>
[SuppressMessage("Security", "CA5394", Justification = "It has to be the same again for the same seed.")]
internal sealed class Chance(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>A seed that nobody chose.</summary>
    public static int Seed() => Random.Shared.Next();

    /// <summary>Whether it happens, where it happens in so many of all cases.</summary>
    public bool Of(double share) => random.NextDouble() < share;

    /// <summary>A number of these, both ends included.</summary>
    public int From(int low, int high) => random.Next(low, high + 1);

    /// <summary>A number between these.</summary>
    public double Between(double low, double high) => low + (random.NextDouble() * (high - low));

    /// <summary>One of these.</summary>
    public T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    /// <summary>A chance of its own, so that who draws from it disturbs nobody.</summary>
    public Chance Own() => new(random.Next());
}
