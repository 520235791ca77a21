namespace KeyAccountBot.Benchmarks.FollowUps;

/// <summary>A clock that says what it is set to, and goes on from there or stands; timers run in real time.</summary>
internal sealed class BenchClock : TimeProvider
{
    private readonly bool runs;
    private readonly long began = System.GetTimestamp();

    /// <summary>A clock.</summary>
    /// <param name="start">What it says at first, UTC.</param>
    /// <param name="runs">Whether it goes on.</param>
    public BenchClock(DateTimeOffset start, bool runs) => (Now, this.runs) = (start, runs);

    /// <summary>What it is set to, UTC.</summary>
    public DateTimeOffset Now { get; set; }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => runs ? Now + System.GetElapsedTime(began) : Now;
}
