using KeyAccountBot.Deliveries;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.FollowUps;

/// <summary>A follow-up that somebody was told of.</summary>
/// <param name="Opportunity">As it stands.</param>
/// <param name="Chain">Which of its chains.</param>
/// <param name="Kind">As what they were told.</param>
/// <param name="At">When, UTC.</param>
internal sealed record ToldFollowUp(Opportunity Opportunity, FollowUpChain Chain, DeliveryKind Kind, DateTimeOffset At);

/// <summary>Finds what a person was told lately, from their days in the mailboxes: no index of its own is kept for it.</summary>
internal sealed class ToldFollowUps(
    DeliveryRows rows, StandingDeliveries standing, Mailboxes mailboxes, Dossiers dossiers, CompanyDirectory directory, Playbook playbook, TimeProvider clock)
{
    private const int DaysBefore = 7;
    private const int LookedAt = 60;

    /// <summary>What they were told today and in the week before and what still stands unanswered, one of each opportunity; the newest first.</summary>
    public async ValueTask<IReadOnlyList<ToldFollowUp>> UnansweredAsync(TenantId tenant, Person person, CancellationToken cancellationToken)
    {
        var (now, company) = (clock.GetUtcNow(), await directory.GetAsync(tenant, cancellationToken));
        List<ToldFollowUp> unanswered = [];
        foreach (var (delivery, told) in await LatelyAsync(tenant, person, cancellationToken))
        {
            if (told.Kind is not (DeliveryKind.Question or DeliveryKind.TimeAsked or DeliveryKind.TimeAllowed or DeliveryKind.TimeRefused) && await standing.HoldsAsync(tenant, delivery, told.Opportunity, company, now, cancellationToken))
            {
                unanswered.Add(told);
            }
        }

        return OneEach(unanswered);
    }

    /// <summary>The questions that wait for their reply, the newest first.</summary>
    public async ValueTask<IReadOnlyList<ToldFollowUp>> AskedAsync(TenantId tenant, Person person, CancellationToken cancellationToken) =>
        OneEach((await LatelyAsync(tenant, person, cancellationToken))
            .Where(t => t.Told is { Kind: DeliveryKind.Question, Chain.Answer: FollowUpAnswer.AskTheRep } && t.Told.Chain.AnsweredBy == t.Delivery.About)
            .Select(t => t.Told));

    /// <summary>What an owner asked them more time for and waits, the newest first.</summary>
    public async ValueTask<IReadOnlyList<ToldFollowUp>> TimeAskedAsync(TenantId tenant, Person person, CancellationToken cancellationToken) =>
        OneEach((await LatelyAsync(tenant, person, cancellationToken))
            .Where(t => t.Told is { Kind: DeliveryKind.TimeAsked, Chain.TimeAsked.IsOpen: true })
            .Select(t => t.Told));

    /// <summary>What they answered so already: an answer said again, or one whose reply a crash kept back; the newest first.</summary>
    public async ValueTask<IReadOnlyList<ToldFollowUp>> AnsweredAsync(
        TenantId tenant, Person person, FollowUpAnswer answer, CancellationToken cancellationToken) =>
        OneEach((await LatelyAsync(tenant, person, cancellationToken))
            .Where(t => t.Told.Chain.All.Any(a => a.Answer == answer && a.By == person.Id))
            .Select(t => t.Told));

    /// <summary>The latest chain of an opportunity whose cause still stands, no matter who was told of it; <c>null</c> where none runs.</summary>
    public FollowUpChain? RunningOf(Opportunity opportunity, Company company, DateTimeOffset now)
    {
        var causes = FollowUpCauses.Standing(opportunity, KnownCustomer.NotRead, playbook, company, now);
        return opportunity.FollowUps.LastOrDefault(c => !c.IsOver && causes.Contains(c.Key));
    }

    private static IReadOnlyList<ToldFollowUp> OneEach(IEnumerable<ToldFollowUp> told) =>
        [.. told.OrderByDescending(t => t.At).DistinctBy(t => t.Opportunity.Id)];

    private async ValueTask<IReadOnlyList<(Delivery Delivery, ToldFollowUp Told)>> LatelyAsync(TenantId tenant, Person person, CancellationToken cancellationToken)
    {
        var asker = new Asker(tenant, await directory.GetAsync(tenant, cancellationToken), person.Id);
        Dictionary<OpportunityId, Opportunity?> read = [];
        List<(Delivery, ToldFollowUp)> told = [];
        foreach (var item in (await mailboxes.LatelyAsync(tenant, person, DaysBefore, cancellationToken)).Take(LookedAt))
        {
            if (!read.TryGetValue(item.Opportunity, out var opportunity))
            {
                read[item.Opportunity] = opportunity = await dossiers.ToldAsync(asker, item.Opportunity, cancellationToken);
            }

            var row = await rows.FindAsync(new DeliveryDue(tenant, item.Opportunity, item.Key), cancellationToken);
            if (opportunity is not null && row is ({ Status: DeliveryStatus.Sent or DeliveryStatus.InDigest, At: { } at } record, _)
                && opportunity.FollowUps.FirstOrDefault(c => c.Key == record.Delivery.Chain) is { } chain)
            {
                told.Add((record.Delivery, new ToldFollowUp(opportunity, chain, record.Delivery.Kind, at)));
            }
        }

        return told;
    }
}
