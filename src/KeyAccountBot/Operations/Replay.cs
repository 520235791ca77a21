using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Deliveries;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Operations;

/// <summary>
/// Has a dead letter tried again: back on its queue, and off the list. Safe while the service runs and however often it is asked, since
/// the row decides what is sent.
/// </summary>
internal sealed class Replay(
    DeliveryRows rows, DeadLetters letters, Mailboxes mailboxes, OwedRows owedReplies, CompanyDirectory directory, IDelayedQueue queues, TimeProvider clock,
    WorkSignal signal)
{
    /// <summary>Has one tried again.</summary>
    public async Task RunAsync(TenantId tenant, StoredDeadLetter stored, CancellationToken cancellationToken)
    {
        switch (stored.Letter)
        {
            case { Kind: DeadLetterKind.Delivery, Opportunity: { } opportunity, Key: { } key }:
                await DeliveryAsync(new DeliveryDue(tenant, opportunity, key), cancellationToken);
                break;
            case { Kind: DeadLetterKind.Digest, Reader: { } reader, Day: { } day }:
                await DigestAsync(new DigestDue(tenant, reader, day), cancellationToken);
                break;
            case { Kind: DeadLetterKind.Message, Queue: { } queue, Body: { } body }:
                await queues.SendAsync(queue, body, clock.GetUtcNow(), cancellationToken);
                break;
            case { Kind: DeadLetterKind.Reply, Key: { } conversation, Body: { } body }:
                await ReplyAsync(tenant, conversation, stored, JsonElement.Parse(body), cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"The dead letter {stored.Key.Row} does not say what it is about.");
        }

        await letters.RemoveAsync(stored, cancellationToken);
        signal.Set();
    }

    // the row first: a message without a row to be sent does nothing
    private async Task DeliveryAsync(DeliveryDue due, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var change = await rows.ChangeAsync(
            due, record => record.Status == DeliveryStatus.Dead ? new DeliveryRecord(record.Delivery, DeliveryStatus.Pending, At: now) : record, cancellationToken);
        if (change.After is { IsFinal: false } record)
        {
            var reader = (await directory.GetAsync(due.Tenant, cancellationToken)).Find(record.Delivery.To);
            await queues.SendAsync(DeliveryLanes.Of(record.Delivery, reader, record.Refused, record.Instead), DeliveryRows.MessageOf(due), clock.GetUtcNow(), cancellationToken);
        }
    }

    // under the same key however often it is asked, and as young as if it were said now
    private async Task ReplyAsync(TenantId tenant, string conversation, StoredDeadLetter stored, JsonElement reply, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var again = new OwedReplies(
            OwedReplies.IdOf(stored.Letter.Since, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stored.Key.Row)))[..32]),
            now, null, [reply], tenant, stored.Letter.Reader, HandedOver: true)
        {
            Channel = stored.Letter.Channel ?? ChannelIds.Teams,
        };
        await owedReplies.SendAsync(conversation, again, now, cancellationToken);
        await owedReplies.SubmitAsync([owedReplies.Row(conversation, again)], cancellationToken);
    }

    private async Task DigestAsync(DigestDue due, CancellationToken cancellationToken)
    {
        var (day, etag, _) = await mailboxes.ReadAsync(due.Tenant, due.Person, due.Day, cancellationToken);
        if (day is null || etag is null)
        {
            return;
        }

        if (day.Closed)
        {
            var open = day with { Closed = false, ClaimedAt = null, Attempts = 0, Throttled = 0, RefusedBy = null, Refused = null };
            await mailboxes.WriteAsync(due.Tenant, due.Person, due.Day, open, etag, cancellationToken);
        }

        await queues.SendAsync(
            Mailboxes.Digests, JsonSerializer.SerializeToUtf8Bytes(due, DeliveryJson.Default.DigestDue), clock.GetUtcNow(), cancellationToken);
    }
}
