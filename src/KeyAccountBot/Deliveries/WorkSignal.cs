namespace KeyAccountBot.Deliveries;

/// <summary>Wakes every worker that waits for work, so it looks at once instead of within the second.</summary>
internal sealed class WorkSignal
{
    private TaskCompletionSource next = New();

    /// <summary>Completes at the next <see cref="Set"/>; taken before looking for work, so none is missed in between.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    /// <summary>There may be work: something was recorded, or the clock was moved.</summary>
    public void Set() => Interlocked.Exchange(ref next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
