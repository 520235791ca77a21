using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Conversations.Finding;

/// <summary>Opens dossiers to those who may see them.</summary>
internal sealed class Dossiers(OpportunityLedger ledger, AccountLedger accounts)
{
    /// <summary>The dossier; <c>null</c> where the opportunity is not on record or not for the speaker's eyes.</summary>
    public async ValueTask<Dossier?> OpenAsync(Scene scene, string id, CancellationToken cancellationToken) =>
        await ledger.ReadAsync(scene.Tenant, new OpportunityId(id), cancellationToken) is { Opportunity: var opportunity }
        && scene.Company.MaySee(scene.Person.Id, opportunity.Facts.Owner)
            ? await OfAsync(scene.Tenant, opportunity, cancellationToken)
            : null;

    /// <summary>The dossier of an opportunity at hand.</summary>
    public async ValueTask<Dossier> OfAsync(TenantId tenant, Opportunity opportunity, CancellationToken cancellationToken) =>
        new(opportunity, await accounts.OfAsync(tenant, opportunity, cancellationToken));
}
