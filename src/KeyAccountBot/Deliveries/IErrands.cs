using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>What a message of a queue comes to, before anything is sent.</summary>
internal abstract record Called
{
    /// <summary>Nothing is left to do.</summary>
    internal sealed record Over : Called;

    /// <summary>The row it speaks of does not say so yet: a message goes on its queue before its row is written.</summary>
    /// <param name="GiveUp">What to do once it has not come for half an hour; <c>null</c> for nothing.</param>
    internal sealed record NotYet(Func<ValueTask>? GiveUp = null) : Called;

    /// <summary>It is not its time.</summary>
    /// <param name="Until">UTC.</param>
    internal sealed record Waits(DateTimeOffset Until) : Called;

    /// <summary>Somebody is to be told.</summary>
    /// <param name="Errand">What.</param>
    internal sealed record Due(Errand Errand) : Called;
}

/// <summary>One kind of thing that people are told: reads its rows and says what is to be done.</summary>
internal interface IErrands
{
    /// <summary>How many of its messages are on their way at once.</summary>
    int Slots { get; }

    /// <summary>Reads what a message speaks of, and asks whether it still holds and who reads it.</summary>
    /// <exception cref="StoreConflictException">Somebody wrote first; it is read again.</exception>
    ValueTask<Called> ReadAsync(LeasedMessage message, DateTimeOffset now, CancellationToken cancellationToken);
}
