namespace KeyAccountBot.Conversations;

/// <summary>
/// Whether what reading needs is made: patterns are made once a process, which takes seconds of processor time. A turn waits for that before its
/// patience begins, so that the first message after a start is answered late rather than not at all.
/// </summary>
internal static class ReadingReadiness
{
    private static readonly Lock Gate = new();
    private static Task? made;

    /// <summary>Ends when all is made; at once where nobody began.</summary>
    public static Task Made => made ?? Task.CompletedTask;

    /// <summary>Begins to make it, once a process; what fails here fails again where it is needed, and says so there.</summary>
    public static void Begin(params ReadOnlySpan<Action> makings)
    {
        lock (Gate)
        {
            if (made is null)
            {
                List<Task> begun = [];
                foreach (var making in makings)
                {
                    begun.Add(Task.Factory.StartNew(making, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
                }

                made = Task.WhenAny(Task.WhenAll(begun));
            }
        }
    }
}
