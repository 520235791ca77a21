using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Deliveries;

/// <summary>Whether deliveries still hold; reads the customer's record for those that only it can tell of.</summary>
internal sealed class StandingDeliveries(AccountLedger accounts, Playbook playbook)
{
    /// <summary>Whether to send a delivery, as <see cref="DeliveryStanding.Holds"/> decides.</summary>
    public async ValueTask<bool> HoldsAsync(
        TenantId tenant, Delivery delivery, Opportunity opportunity, Company company, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var customer = FollowUpCauses.IsOfCustomer(delivery.Cause)
            ? await accounts.KnownOfAsync(tenant, opportunity, cancellationToken)
            : KnownCustomer.NotRead;
        return DeliveryStanding.Holds(delivery, opportunity, customer, playbook, company, now);
    }
}
