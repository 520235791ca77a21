namespace KeyAccountBot.Conversations.Turns;

/// <summary>How long a turn may take: who asks is answered within ten seconds, whatever hangs.</summary>
/// <param name="Records">From its coming until it is committed; the wait for earlier turns of the conversation counts.</param>
/// <param name="Replies">From there until its replies are sent, or left to the worker; less where the whole is over before.</param>
/// <param name="Whole">From its coming until everything is done.</param>
/// <param name="Sorry">For the sentence that says that nothing came of it.</param>
internal sealed record TurnPatience(TimeSpan Records, TimeSpan Replies, TimeSpan Whole, TimeSpan Sorry)
{
    /// <summary>Real time, not the bot's: who asks waits by their own clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Under ten seconds in all.</summary>
    public static readonly TurnPatience Usual = new(TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(9.5), TimeSpan.FromSeconds(2));

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(200);

    /// <summary>How long sending may take in a turn that began then.</summary>
    public TimeSpan RepliesOf(long began)
    {
        var left = Whole - Clock.GetElapsedTime(began);
        return left > Replies ? Replies : left > Least ? left : Least;
    }
}

/// <summary>A turn's records did not answer in time; what it began counts once, should it be said again.</summary>
internal sealed class RecordsOutOfReachException() : Exception("The records did not answer in time.");
