using KeyAccountBot.Records;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>What becomes of a delivery that no channel takes: a dead letter for the operator, and a word to the administrator.</summary>
internal sealed class DeadDeliveries(DeliveryRows rows, DeadLetters letters, IDelayedQueue queues, TimeProvider clock)
{
    private const string Prefix = "undelivered~";

    /// <summary>Keeps the dead letter and tells the administrator, once however often it is asked; who must not hear of their own is left out.</summary>
    /// <param name="due">Which.</param>
    /// <param name="record">As it died.</param>
    /// <param name="company">Our people.</param>
    /// <param name="cancellationToken">Stops between the steps.</param>
    public async Task BuryAsync(DeliveryDue due, DeliveryRecord record, Company company, CancellationToken cancellationToken)
    {
        await letters.PutAsync(due, record, cancellationToken);
        if (company.Administrator is not { } administrator || administrator.Id == record.Delivery.To)
        {
            return;
        }

        var notice = due with { Key = Prefix + due.Key };
        if (await rows.FindAsync(notice, cancellationToken) is not null)
        {
            return;
        }

        var delivery = new Delivery(notice.Key, DeliveryKind.Undelivered, administrator.Id, null, null, record.At, record.Delivery.To);
        var now = clock.GetUtcNow();
        await queues.SendAsync(DeliveryLanes.Of(delivery, administrator), DeliveryRows.MessageOf(notice), now, cancellationToken);
        await rows.AddAsync(notice, new DeliveryRecord(delivery, DeliveryStatus.Pending, At: now), cancellationToken);
    }

    /// <summary>The delivery that a word to the administrator is about; <c>null</c> where it is gone.</summary>
    public async ValueTask<DeliveryRecord?> CauseOfAsync(DeliveryDue notice, CancellationToken cancellationToken) =>
        (await rows.FindAsync(notice with { Key = notice.Key[Prefix.Length..] }, cancellationToken))?.Record;
}
