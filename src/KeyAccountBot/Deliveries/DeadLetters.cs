using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>What a dead letter is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeadLetterKind>))]
internal enum DeadLetterKind
{
    /// <summary>A delivery that no channel takes.</summary>
    Delivery,

    /// <summary>A digest that no channel takes.</summary>
    Digest,

    /// <summary>A message of a queue whose handling failed ten times, or that tells of something no channel takes.</summary>
    Message,

    /// <summary>A reply in a conversation that the channel refuses for good.</summary>
    Reply,
}

/// <summary>Something that was given up and waits for an operator.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Reason">Why; no person's data.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Opportunity">Which opportunity a delivery is about.</param>
/// <param name="Key">The delivery's key, or the partition of a reply's conversation.</param>
/// <param name="Reader">Whom a delivery, digest or reply is for.</param>
/// <param name="Day">The reader's local date of a digest.</param>
/// <param name="Queue">Where a message came from.</param>
/// <param name="Body">A message as sent, or a reply ready for the wire.</param>
/// <param name="Channel">The id of the channel of a reply; that of an earlier version went to Teams.</param>
internal sealed record DeadLetter(
    DeadLetterKind Kind, DateTimeOffset Since, string Reason, int Attempts, OpportunityId? Opportunity = null, string? Key = null, PersonId? Reader = null,
    DateOnly? Day = null, string? Queue = null, byte[]? Body = null, string? Channel = null);

/// <summary>A reply that its conversation does not take.</summary>
/// <param name="Conversation">The partition.</param>
/// <param name="Id">Of the replies that it was said with.</param>
/// <param name="Channel">The id of the channel.</param>
/// <param name="Tenant">The reader's company; <c>null</c> where the reader is nobody on record.</param>
/// <param name="Reader">Whom it is for; <c>null</c> where they are nobody on record.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Reply">Ready for the wire.</param>
internal sealed record RefusedReply(string Conversation, string Id, string Channel, TenantId? Tenant, PersonId? Reader, int Attempts, JsonElement Reply);

/// <summary>A dead letter on record.</summary>
/// <param name="Key">Of its row.</param>
/// <param name="ETag">Of its row.</param>
/// <param name="Letter">What it says.</param>
internal sealed record StoredDeadLetter(DeadLetterKey Key, string ETag, DeadLetter Letter);

/// <summary>The dead letters of a company: a row each, in the company's partition; a message that names no company lies in one of its own.</summary>
internal sealed class DeadLetters(Tables tables, TimeProvider clock)
{
    private const int LongestReason = 400;
    private const int LargestBody = 300 * 1024;
    private readonly Table<DeadLetterKey, DeadLetter> rows = tables.Of(DeliveryRowKinds.DeadLetter, DeadLetterKey.Shape);

    /// <summary>Keeps a delivery that no channel takes; the same one again changes nothing.</summary>
    public ValueTask PutAsync(DeliveryDue due, DeliveryRecord record, CancellationToken cancellationToken) => PutAsync(
        DeadLetterKey.Of(due),
        new DeadLetter(
            DeadLetterKind.Delivery, record.At ?? clock.GetUtcNow(), Short(record.Error ?? ""), record.Attempts, due.Opportunity, due.Key, record.Delivery.To),
        cancellationToken);

    /// <summary>Keeps a digest that no channel takes; the same one again changes nothing.</summary>
    public ValueTask PutAsync(DigestDue due, int attempts, string reason, CancellationToken cancellationToken) => PutAsync(
        DeadLetterKey.Of(due),
        new DeadLetter(DeadLetterKind.Digest, clock.GetUtcNow(), Short(reason), attempts, Reader: due.Person, Day: due.Day), cancellationToken);

    /// <summary>Keeps a message whose handling keeps failing; the same one again changes nothing.</summary>
    public ValueTask PutAsync(LeasedMessage message, Exception failure, CancellationToken cancellationToken) => PutAsync(
        DeadLetterKey.Of(message),
        new DeadLetter(
            DeadLetterKind.Message, clock.GetUtcNow(), Short($"{failure.GetType().Name}: {failure.Message}"), message.DequeueCount,
            Queue: message.Queue, Body: message.Body.ToArray()),
        cancellationToken);

    /// <summary>Keeps a message of something that no channel takes; the same one again changes nothing.</summary>
    public ValueTask PutAsync(LeasedMessage message, SendingState state, CancellationToken cancellationToken) => PutAsync(
        DeadLetterKey.Of(message),
        new DeadLetter(DeadLetterKind.Message, clock.GetUtcNow(), Short(state.Reason), state.Attempts, Queue: message.Queue, Body: message.Body.ToArray()), cancellationToken);

    /// <summary>Keeps a reply that its conversation does not take; the same one again changes nothing.</summary>
    public ValueTask PutAsync(RefusedReply refused, string reason, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(refused.Reply.GetRawText());
        return PutAsync(
            DeadLetterKey.Of(refused, body),
            new DeadLetter(
                DeadLetterKind.Reply, clock.GetUtcNow(), Short(reason), refused.Attempts, Key: refused.Conversation, Reader: refused.Reader, Body: body.Length > LargestBody ? null : body, Channel: refused.Channel),
            cancellationToken);
    }

    /// <summary>All dead letters of a company and of nobody that can be read, the oldest first.</summary>
    public async Task<IReadOnlyList<StoredDeadLetter>> ListAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        List<StoredDeadLetter> letters = [];
        foreach (var range in DeadLetterKey.RangesOf(tenant))
        {
            await foreach (var row in rows.QueryAsync(range, cancellationToken))
            {
                if (row is { Record: { } letter, ETag: { } etag })
                {
                    letters.Add(new StoredDeadLetter(row.Key, etag, letter));
                }
            }
        }

        return [.. letters.OrderBy(l => l.Letter.Since).ThenBy(l => l.Key.Row, StringComparer.Ordinal)];
    }

    /// <summary>Removes a dead letter that has not been written again since it was read: one that died once more stays.</summary>
    public async ValueTask RemoveAsync(StoredDeadLetter letter, CancellationToken cancellationToken) => await rows.DeleteAsync(letter.Key, letter.ETag, cancellationToken);

    private async ValueTask PutAsync(DeadLetterKey key, DeadLetter letter, CancellationToken cancellationToken) => await rows.PutAsync(key, letter, cancellationToken);

    private static string Short(string reason) => reason.Length <= LongestReason ? reason : string.Concat(reason.AsSpan(0, LongestReason), "…");
}
