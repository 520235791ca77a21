using KeyAccountBot.Storage.Engines;

namespace KeyAccountBot.Sandbox;

/// <summary>
/// The clock of a sandbox: real time and a distance that can only grow, so that nothing on record ever lies in the future. Only where
/// nothing is on record yet it may begin some days ago.
/// </summary>
internal sealed class SandboxClock : TimeProvider
{
    private long ahead;

    /// <summary>How far ahead of real time it is.</summary>
    public TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

    /// <summary>Whether it can be moved over this store: a storage account keeps its own time.</summary>
    public static bool CanMoveOn(StorageOptions storage) => storage is { ConnectionString: "", AccountUrl: "" };

    /// <summary>Begins at an instant, also an earlier one: before anything is on record.</summary>
    public void BeginAt(DateTimeOffset instant) => Interlocked.Exchange(ref ahead, (instant - base.GetUtcNow()).Ticks);

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
