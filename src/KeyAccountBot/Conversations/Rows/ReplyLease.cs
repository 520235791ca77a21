using KeyAccountBot.Deliveries;

namespace KeyAccountBot.Conversations.Rows;

/// <summary>
/// For how long a turn's replies belong to the process that committed them. It sends them at once and notes so a moment later: until
/// then nobody else can know, and nobody else may send them.
/// </summary>
/// <param name="isShared">Whether other processes run turns on the same store.</param>
/// <param name="clock">Says when this process began.</param>
internal sealed class ReplyLease(bool isShared, TimeProvider clock)
{
    private readonly DateTimeOffset began = clock.GetUtcNow();

    /// <summary>Longer than a turn may take to send, and to note it.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(1);

    /// <summary>This process; another name at every start.</summary>
    public string Owner { get; } = Guid.NewGuid().ToString("N");

    /// <summary>When others may send them: at once where they were handed over, or where who committed them is surely gone.</summary>
    public DateTimeOffset OverAt(OwedReplies owed) =>
        owed.HandedOver || owed.By is null || (!isShared && owed.By != Owner) ? owed.At : owed.At + Holds;

    /// <summary>Until when a worker that is sending them keeps others away; <c>null</c> where nobody does, or where who began is surely gone.</summary>
    public DateTimeOffset? ClaimedUntil(OwedReplies owed, WorkTimes times, DateTimeOffset now) =>
        !isShared && owed.ClaimedAt < began ? null : times.ClaimedUntil(owed.ClaimedAt, now);
}
