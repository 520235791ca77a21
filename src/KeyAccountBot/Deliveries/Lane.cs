namespace KeyAccountBot.Deliveries;

/// <summary>A queue with a fixed number of slots: so many of its messages are worked on at once, and one that hangs holds one slot.</summary>
/// <param name="queue">The queue.</param>
/// <param name="slots">How many messages are in flight at most.</param>
internal sealed class Lane(string queue, int slots)
{
    private readonly Lock gate = new();
    private TaskCompletionSource freed = New();
    private TaskCompletionSource idle = Done();
    private int inFlight;
    private long handled;
    private long failed;

    /// <summary>The queue.</summary>
    public string Queue => queue;

    /// <summary>How many messages are in flight at most.</summary>
    public int Slots => slots;

    /// <summary>How many messages are in flight.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>How many messages may be received now.</summary>
    public int Free => slots - InFlight;

    /// <summary>How many messages were worked on since the process began.</summary>
    public long Handled => Interlocked.Read(ref handled);

    /// <summary>How many of them failed and came back.</summary>
    public long Failed => Interlocked.Read(ref failed);

    /// <summary>Completes when the next slot becomes free; taken before looking, so none is missed in between.</summary>
    public Task Freed
    {
        get
        {
            lock (gate)
            {
                return freed.Task;
            }
        }
    }

    /// <summary>Completes when nothing is in flight.</summary>
    public Task Idle
    {
        get
        {
            lock (gate)
            {
                return idle.Task;
            }
        }
    }

    /// <summary>A message takes a slot.</summary>
    public void Begin()
    {
        lock (gate)
        {
            if (inFlight++ == 0)
            {
                idle = New();
            }
        }
    }

    /// <summary>A message takes a slot; <c>false</c> where all are taken.</summary>
    public bool TryBegin()
    {
        lock (gate)
        {
            if (inFlight >= slots)
            {
                return false;
            }

            Begin();
            return true;
        }
    }

    /// <summary>A message leaves its slot.</summary>
    public void End()
    {
        TaskCompletionSource free;
        TaskCompletionSource? resting = null;
        lock (gate)
        {
            (free, freed) = (freed, New());
            if (--inFlight == 0)
            {
                resting = idle;
            }
        }

        Interlocked.Increment(ref handled);
        free.TrySetResult();
        resting?.TrySetResult();
    }

    /// <summary>A message failed and comes back.</summary>
    public void Fail() => Interlocked.Increment(ref failed);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Done()
    {
        var done = New();
        done.SetResult();
        return done;
    }
}
