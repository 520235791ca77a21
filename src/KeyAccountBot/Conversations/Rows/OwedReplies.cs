using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Conversations.Rows;

/// <summary>
/// What one turn said: committed, and not known to have reached its reader. The last turn's stand in the conversation's own row;
/// what is left to the <c>ReplyWorker</c> is a row of its own in the conversation's partition.
/// </summary>
/// <param name="Id">The key of its own row; keys are ordered as the turns were.</param>
/// <param name="At">When the turn was committed, UTC; from here its age counts.</param>
/// <param name="By">The process that committed it and sends it at once; <c>null</c> for an earlier version's.</param>
/// <param name="Replies">Drawn for their channel, ready for the wire, in order.</param>
/// <param name="Tenant">The reader's company; <c>null</c> where the reader is nobody on record.</param>
/// <param name="Reader">Whom it is for; <c>null</c> where they are nobody on record.</param>
/// <param name="Locale">The language it was said in.</param>
/// <param name="HandedOver">Who committed it could not send it, and has left it to the worker.</param>
/// <param name="Attempts">How often the worker tried.</param>
/// <param name="NextAt">Not tried again before, UTC.</param>
/// <param name="ClaimedAt">Since when a worker is sending it, UTC.</param>
/// <param name="StandsForLost">It is the one sentence that stands in the place of all that was lost.</param>
internal sealed record OwedReplies(
    string Id, DateTimeOffset At, string? By, IReadOnlyList<JsonElement> Replies, TenantId? Tenant = null, PersonId? Reader = null, string? Locale = null,
    bool HandedOver = false, int Attempts = 0, DateTimeOffset? NextAt = null, DateTimeOffset? ClaimedAt = null, bool StandsForLost = false)
{
    /// <summary>The id of the channel they go over; rows of an earlier version name none, and all went to Teams.</summary>
    public string Channel { get; init; } = ChannelIds.Teams;

    /// <summary>Others than the reader read them.</summary>
    public bool IsAmongOthers { get; init; }

    /// <summary>The key of a new row.</summary>
    public static string NewId(DateTimeOffset at) => IdOf(at, Guid.NewGuid().ToString("N"));

    /// <summary>The key of a row, in the order of time.</summary>
    public static string IdOf(DateTimeOffset at, string unique) => FormattableString.Invariant($"{OwedRows.Prefix}{at.UtcTicks:D19}|{unique}");

    /// <summary>What names its conversation where the channel's pace is kept: in a personal one the reader, whom deliveries reach there too.</summary>
    public string PacedAs(string conversation) =>
        Tenant is { } tenant && Reader is { } reader && !IsAmongOthers ? $"{tenant}|{reader}" : conversation;

    /// <summary>One of them that its conversation does not take.</summary>
    public RefusedReply RefusedIn(string conversation, JsonElement reply) => new(conversation, Id, Channel, Tenant, Reader, Attempts, reply);

    /// <summary>The same, left to the worker: only these replies, not before then.</summary>
    public OwedReplies HandOver(IReadOnlyList<JsonElement> left, DateTimeOffset nextAt) => this with { Replies = left, HandedOver = true, NextAt = nextAt };
}

/// <summary>A message of the queue of replies: a conversation has some that are owed.</summary>
/// <param name="Tenant">The reader's company, where it is known.</param>
/// <param name="Conversation">The partition.</param>
/// <param name="Row">The row; once that is gone, so is the message.</param>
internal sealed record ReplyDue(TenantId? Tenant, string Conversation, string Row);
