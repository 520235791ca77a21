using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Deliveries;

/// <summary>What the administrator is told of an outage, and how far that is.</summary>
/// <param name="IsFinal">It was told, or there was nobody to tell or nothing to say.</param>
/// <param name="ClaimedAt">Since when it is being sent, UTC; <c>null</c> while it is not.</param>
/// <param name="Sending">How far its sending is; <c>null</c> before it was tried.</param>
internal sealed record OutageWord(bool IsFinal = false, DateTimeOffset? ClaimedAt = null, SendingState? Sending = null);

/// <summary>A channel's last outage: a row a channel, for all replicas.</summary>
/// <param name="Channel">Which.</param>
/// <param name="Number">The first is 1.</param>
/// <param name="Since">Since when the channel takes nothing, UTC.</param>
/// <param name="Reason">Why, in the channel's own words; no person's data.</param>
/// <param name="OverAt">When it worked again, UTC; <c>null</c> while it does not.</param>
/// <param name="Began">That the administrator is told of its beginning; <c>null</c> before that.</param>
/// <param name="Ended">That the administrator is told of its end; <c>null</c> before that.</param>
internal sealed record OutageRecord(
    Channel Channel, int Number, DateTimeOffset Since, string Reason, DateTimeOffset? OverAt = null, OutageWord? Began = null, OutageWord? Ended = null);

/// <summary>A word to the administrator on the queue.</summary>
/// <param name="Channel">Which channel.</param>
/// <param name="Number">Which outage.</param>
/// <param name="IsOver">Of its end, not of its beginning.</param>
internal sealed record OutageDue(Channel Channel, int Number, bool IsOver);
