using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
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
    private const int Tries = 5;

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
                throw new InvalidOperationException($"The dead letter {stored.RowKey} does not say what it is about.");
        }

        await letters.RemoveAsync(stored, cancellationToken);
        signal.Set();
    }

    // the row first: a message without a row to be sent does nothing
    private async Task DeliveryAsync(DeliveryDue due, CancellationToken cancellationToken)
    {
        for (var attempt = 1; await rows.FindAsync(due, cancellationToken) is var (record, etag); attempt++)
        {
            if (record.IsFinal && record.Status != DeliveryStatus.Dead)
            {
                return;
            }

            try
            {
                if (record.Status == DeliveryStatus.Dead)
                {
                    record = new DeliveryRecord(record.Delivery, DeliveryStatus.Pending, At: clock.GetUtcNow());
                    await rows.WriteAsync(due, record, etag, cancellationToken);
                }

                var reader = (await directory.GetAsync(due.Tenant, cancellationToken)).Find(record.Delivery.To);
                await queues.SendAsync(DeliveryLanes.Of(record.Delivery, reader, record.Refused, record.Instead), DeliveryRows.MessageOf(due), clock.GetUtcNow(), cancellationToken);
                return;
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // a worker wrote in between: look again
            }
        }
    }

    // under the same key however often it is asked, and as young as if it were said now
    private async Task ReplyAsync(TenantId tenant, string conversation, StoredDeadLetter stored, JsonElement reply, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var again = new OwedReplies(
            OwedReplies.IdOf(stored.Letter.Since, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stored.RowKey)))[..32]),
            now, null, [reply], tenant, stored.Letter.Reader, HandedOver: true)
        {
            Channel = stored.Letter.Channel ?? ChannelIds.Teams,
        };
        await owedReplies.SendAsync(conversation, again, now, cancellationToken);
        await owedReplies.SubmitAsync(conversation, [OwedRows.Row(again)], cancellationToken);
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
