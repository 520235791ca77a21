using KeyAccountBot.Channels;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Deliveries;

/// <summary>Finds what a message of ours told, from its reader's days in the mailboxes and the deliveries on record: no index of its own is kept for it.</summary>
internal sealed class SentMessages(DeliveryRows rows, Mailboxes mailboxes, OpportunityLedger ledger)
{
    private const int DaysBefore = 30;
    private const int LookedAt = 60;
    private const int Opportunities = 20;

    /// <summary>The delivery that a message told; <c>null</c> where it told none, or one of long ago.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="reader">Whom it was sent to.</param>
    /// <param name="channel">Over which channel, as it is recorded.</param>
    /// <param name="message">Where it stands.</param>
    /// <param name="cancellationToken">Stops between two reads.</param>
    public async ValueTask<MailboxItem?> FindAsync(TenantId tenant, Person reader, string channel, SentMessage message, CancellationToken cancellationToken)
    {
        var lately = (await mailboxes.LatelyAsync(tenant, reader, DaysBefore, cancellationToken)).Take(LookedAt).ToList();
        foreach (var item in lately)
        {
            if (await rows.FindAsync(new DeliveryDue(tenant, item.Opportunity, item.Key), cancellationToken) is ({ } record, _) && IsIt(record))
            {
                return item;
            }
        }

        // what counts in no day, such as a brief or a reply, is among the deliveries of what they were told of or own
        var others = lately.Select(i => i.Opportunity).ToHashSet();
        await foreach (var line in ledger.OfOwnerAsync(tenant, reader.Id, cancellationToken))
        {
            if (others.Count >= Opportunities)
            {
                break;
            }

            others.Add(line.Id);
        }

        foreach (var opportunity in others)
        {
            await foreach (var record in rows.OfAsync(tenant, opportunity, cancellationToken))
            {
                if (IsIt(record))
                {
                    return new MailboxItem(opportunity, record.Delivery.Key);
                }
            }
        }

        return null;

        bool IsIt(DeliveryRecord record) => record.Channel == channel && record.MessageId == message.MessageId && record.ConversationId == message.ConversationId;
    }

    /// <summary>A delivery as it was sent; <c>null</c> where its row is gone or cannot be read.</summary>
    public async ValueTask<Delivery?> ReadAsync(TenantId tenant, MailboxItem item, CancellationToken cancellationToken) =>
        (await rows.FindAsync(new DeliveryDue(tenant, item.Opportunity, item.Key), cancellationToken))?.Record.Delivery;
}
