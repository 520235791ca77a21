using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Deliveries;

/// <summary>Tells one person something on one channel.</summary>
internal interface IChannelSender
{
    /// <summary>Which channel.</summary>
    Channel Channel { get; }

    /// <summary>Whether a person has an address there that can be tried; asks nobody outside.</summary>
    ValueTask<bool> ReachesAsync(TenantId tenant, Person person, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    /// <summary>Sends a message to a person.</summary>
    /// <exception cref="NotSentException">The channel did not take it.</exception>
    Task<SentMessage> SendAsync(TenantId tenant, Person person, Message message, CancellationToken cancellationToken);

    /// <summary>Posts a message to a channel that many read.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="conversation">The channel's id; opaque.</param>
    /// <param name="message">What.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="NotSentException">The channel did not take it.</exception>
    Task<SentMessage> PostAsync(TenantId tenant, string conversation, Message message, CancellationToken cancellationToken);

    /// <summary>Puts another message in the place of one sent earlier.</summary>
    /// <exception cref="NotSentException">The channel did not take it.</exception>
    Task UpdateAsync(TenantId tenant, Person person, SentMessage sent, Message message, CancellationToken cancellationToken);
}

/// <summary>Where a message went, to update it.</summary>
/// <param name="ConversationId">Opaque.</param>
/// <param name="MessageId">Opaque.</param>
internal sealed record SentMessage(string ConversationId, string MessageId);

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
