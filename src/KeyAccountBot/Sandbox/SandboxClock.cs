namespace KeyAccountBot.Sandbox;

/// <summary>The clock of a sandbox: real time and a distance that can only grow, so that nothing on record ever lies in the future.</summary>
internal sealed class SandboxClock : TimeProvider
{
    private long ahead;

    /// <summary>How far ahead of real time it is.</summary>
    public TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

    /// <summary>Moves it to an instant; one that has passed changes nothing.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        var forward = (instant - GetUtcNow()).Ticks;
        if (forward > 0)
        {
            Interlocked.Add(ref ahead, forward);
        }
    }
}
