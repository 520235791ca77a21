using KeyAccountBot.Records;

namespace KeyAccountBot.Channels;

/// <summary>The channel did not take a message, for a reason that is no person's data.</summary>
internal sealed class NotSentException(
    string reason, bool isPermanent, TimeSpan? retryAfter = null, Exception? inner = null, RefusalReason why = RefusalReason.Refused, bool isThrottled = false,
    Blame? blame = null)
    : Exception(reason, inner)
{
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(5);

    /// <summary>Why, in one of a few words.</summary>
    public RefusalReason Why { get; } = why;

    /// <summary>Whom it speaks of: the reader where trying again is of no use, else this message.</summary>
    public Blame Blame { get; } = blame ?? (isPermanent ? Blame.Reader : Blame.Message);

    /// <summary>It speaks of the channel or of our app, and says nothing of the message or its reader.</summary>
    public bool IsOfChannel => Blame is Blame.App or Blame.Outage;

    /// <summary>How long the channel is to be left alone since we send too much; <c>null</c> where that is not why.</summary>
    public TimeSpan? Throttled { get; } = isThrottled ? retryAfter ?? UsualPatience : null;

    /// <summary>Trying again is of no use: this channel is closed to the person.</summary>
    public bool IsPermanent { get; } = isPermanent;

    /// <summary>How long the channel wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
