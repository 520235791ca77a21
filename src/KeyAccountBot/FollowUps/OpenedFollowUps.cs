using System.Text.Json;
using KeyAccountBot.Wording;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.FollowUps;

/// <summary>Opens a line of a digest: the message that its reader would have had, with its buttons.</summary>
internal sealed class OpenedFollowUps(DeliveryRows rows, StandingDeliveries standing, DeliveryErrands errands, Dossiers dossiers, TimeProvider clock)
{
    /// <summary>What is done.</summary>
    public const string Verb = "openFollowUp";

    private const string Key = "delivery";
    private const string Which = "opportunity";

    /// <summary>The button beside a line.</summary>
    public static PressAction Button(Delivery delivery, Opportunity opportunity, Person reader) => new(
        OpenButton.Title(FollowUpMessage.CultureOf(reader)), Verb,
        DialogJson.ToElement(new Dictionary<string, string>(StringComparer.Ordinal) { [Which] = opportunity.Id.Value, [Key] = delivery.Key }))
    {
        About = Words.NameOf(opportunity),
    };

    /// <summary>The message; <c>null</c> where it is not for this reader, or nothing is due any more.</summary>
    public async ValueTask<Message?> OpenAsync(TenantId tenant, Person reader, Company company, JsonElement data, CancellationToken cancellationToken)
    {
        if (OpenButton.Read(data) is not { } id || CardForm.Text(data, Key) is not { Length: > 0 } key)
        {
            return null;
        }

        var due = new DeliveryDue(tenant, id, key);
        if (await rows.FindAsync(due, cancellationToken) is not var (record, _)
            || record.Delivery.NowReadBy(company) is not { Room: null } delivery || delivery.To != reader.Id
            || await dossiers.ToldAsync(new Asker(tenant, company, reader.Id), id, cancellationToken) is not { } opportunity
            || !await standing.HoldsAsync(tenant, delivery, opportunity, company, clock.GetUtcNow(), cancellationToken))
        {
            return null;
        }

        return await errands.MessageAsync(due, delivery, opportunity, reader, company, cancellationToken);
    }
}
