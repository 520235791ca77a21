using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.Messages;
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
/// <param name="Partition">Of its row.</param>
/// <param name="RowKey">Of its row.</param>
/// <param name="ETag">Of its row.</param>
/// <param name="Letter">What it says.</param>
internal sealed record StoredDeadLetter(string Partition, string RowKey, string ETag, DeadLetter Letter);

/// <summary>The dead letters of a company: a row each, in the company's partition; a message that names no company lies in one of its own.</summary>
internal sealed class DeadLetters(ITableStore tables, TimeProvider clock, RowReader? rows = null)
{
    private readonly RowReader rows = rows ?? new RowReader();

    private const string Table = "deadletters";
    private const string Unknown = "unknown";
    private const int LongestReason = 400;
    private const int LargestBody = 300 * 1024;

    /// <summary>Keeps a delivery that no channel takes; the same one again changes nothing.</summary>
    public ValueTask PutAsync(DeliveryDue due, DeliveryRecord record, CancellationToken cancellationToken) => PutAsync(
        RowKeys.Escape(due.Tenant.Value), $"delivery|{RowKeys.Escape(due.Opportunity.Value)}|{RowKeys.Escape(due.Key)}",
        new DeadLetter(
            DeadLetterKind.Delivery, record.At ?? clock.GetUtcNow(), Short(record.Error ?? ""), record.Attempts, due.Opportunity, due.Key, record.Delivery.To),
        cancellationToken);

    /// <summary>Keeps a digest that no channel takes; the same one again changes nothing.</summary>
    public ValueTask PutAsync(DigestDue due, int attempts, string reason, CancellationToken cancellationToken) => PutAsync(
        RowKeys.Escape(due.Tenant.Value), $"digest|{RowKeys.Escape(due.Person.Value)}|{due.Day:yyyy-MM-dd}",
        new DeadLetter(DeadLetterKind.Digest, clock.GetUtcNow(), Short(reason), attempts, Reader: due.Person, Day: due.Day), cancellationToken);

    /// <summary>Keeps a message whose handling keeps failing; the same one again changes nothing.</summary>
    public ValueTask PutAsync(LeasedMessage message, Exception failure, CancellationToken cancellationToken) => PutAsync(
        TenantOf(message.Body) is { Length: > 0 } tenant ? RowKeys.Escape(tenant) : Unknown, $"message|{message.Queue}|{RowKeys.Escape(message.Id)}",
        new DeadLetter(
            DeadLetterKind.Message, clock.GetUtcNow(), Short($"{failure.GetType().Name}: {failure.Message}"), message.DequeueCount,
            Queue: message.Queue, Body: message.Body.ToArray()),
        cancellationToken);

    /// <summary>Keeps a message of something that no channel takes; the same one again changes nothing.</summary>
    public ValueTask PutAsync(LeasedMessage message, SendingState state, CancellationToken cancellationToken) => PutAsync(
        TenantOf(message.Body) is { Length: > 0 } tenant ? RowKeys.Escape(tenant) : Unknown, $"message|{message.Queue}|{RowKeys.Escape(message.Id)}",
        new DeadLetter(DeadLetterKind.Message, clock.GetUtcNow(), Short(state.Reason), state.Attempts, Queue: message.Queue, Body: message.Body.ToArray()), cancellationToken);

    /// <summary>Keeps a reply that its conversation does not take; the same one again changes nothing.</summary>
    public ValueTask PutAsync(RefusedReply refused, string reason, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(refused.Reply.GetRawText());
        return PutAsync(
            refused.Tenant is { } tenant ? RowKeys.Escape(tenant.Value) : Unknown,
            $"reply|{refused.Conversation}|{refused.Id}|{Convert.ToHexStringLower(SHA256.HashData(body))[..8]}",
            new DeadLetter(
                DeadLetterKind.Reply, clock.GetUtcNow(), Short(reason), refused.Attempts, Key: refused.Conversation, Reader: refused.Reader, Body: body.Length > LargestBody ? null : body, Channel: refused.Channel),
            cancellationToken);
    }

    /// <summary>All dead letters of a company and of nobody that can be read, the oldest first.</summary>
    public async Task<IReadOnlyList<StoredDeadLetter>> ListAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        List<StoredDeadLetter> letters = [];
        foreach (var partition in new[] { RowKeys.Escape(tenant.Value), Unknown }.Distinct(StringComparer.Ordinal))
        {
            await foreach (var row in tables.QueryAsync(Table, partition, "", "\uffff", cancellationToken))
            {
                if (rows.Read(DeliveryRowKinds.DeadLetter, row).Record is { } letter)
                {
                    letters.Add(new StoredDeadLetter(row.PartitionKey, row.RowKey, row.ETag, letter));
                }
            }
        }

        return [.. letters.OrderBy(l => l.Letter.Since).ThenBy(l => l.RowKey, StringComparer.Ordinal)];
    }

    /// <summary>Removes a dead letter that has not been written again since it was read.</summary>
    public async ValueTask RemoveAsync(StoredDeadLetter letter, CancellationToken cancellationToken)
    {
        try
        {
            await tables.SubmitAsync(Table, letter.Partition, [new TableOperation.Delete(letter.RowKey, letter.ETag)], cancellationToken);
        }
        catch (StoreConflictException)
        {
            // it died once more in the meantime, and stays
        }
    }

    private async ValueTask PutAsync(string partition, string rowKey, DeadLetter letter, CancellationToken cancellationToken) => await tables.SubmitAsync(
        Table, partition, [new TableOperation.Put(Fitting(rowKey), DeliveryRowKinds.DeadLetter.BytesOf(letter))], cancellationToken);

    // two long ids make a key that is too long; the letter itself says what it is about
    private static string Fitting(string rowKey) => rowKey.Length <= 400 ? rowKey : "long|" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rowKey)));

    // the messages of our queues name their company, where they can be read at all
    private static string? TenantOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("tenant", out var tenant)
                && tenant.ValueKind == JsonValueKind.String ? tenant.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Short(string reason) => reason.Length <= LongestReason ? reason : string.Concat(reason.AsSpan(0, LongestReason), "…");
}
