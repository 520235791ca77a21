using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps;

/// <summary>Whether what a delivery says still holds, asked once more right before it is sent. Pure.</summary>
public static class DeliveryStanding
{
    /// <summary>Whether to send it. Of a chain: while it runs, nobody answered it, and its cause or one told with it is still there.</summary>
    public static bool Holds(Delivery delivery, Opportunity opportunity, KnownCustomer customer, Playbook playbook, Company company, DateTimeOffset now) => delivery.Kind switch
    {
        DeliveryKind.Reminder or DeliveryKind.Nudge or DeliveryKind.Alert or DeliveryKind.NobodyFound =>
            Standing(delivery, opportunity, customer, playbook, company, now).Any(),
        DeliveryKind.Reassigned => opportunity.FollowUps.Any(c => c.Key == delivery.Chain && c.GivenTo == (delivery.InPlaceOf ?? delivery.To)),
        DeliveryKind.TimeAsked => opportunity.FollowUps.Any(c => c.Key == delivery.Chain && c is { IsOver: false, TimeAsked: { IsOpen: true } asked } && asked.Until == delivery.Since),
        DeliveryKind.Held => opportunity.Facts.Status == OpportunityStatus.OnHold,
        DeliveryKind.HandedOver => opportunity.Facts.Owner == (delivery.InPlaceOf ?? delivery.To),
        DeliveryKind.HandedOn => opportunity.Facts.Owner != (delivery.InPlaceOf ?? delivery.To),
        DeliveryKind.Brief => opportunity.IsOpen && opportunity.Facts.Visits.Any(v => v.Id == delivery.Visit && v.At == delivery.Since && v.At > now),
        _ => true,
    };

    /// <summary>The chains that a step's delivery speaks of and that still stand: its own first, then those told with it.</summary>
    public static IReadOnlyList<FollowUpChain> Standing(
        Delivery delivery, Opportunity opportunity, KnownCustomer customer, Playbook playbook, Company company, DateTimeOffset now)
    {
        var causes = FollowUpCauses.Standing(opportunity, customer, playbook, company, now);
        var isTaken = delivery.Kind != DeliveryKind.Reminder && FollowUpChain.TakenUntil(opportunity.FollowUps, causes) > now;
        return [.. opportunity.FollowUps
            .Where(c => c.Key == delivery.Chain || (delivery.Chain is { } chain && c.IsToldWith(chain) && c.Steps.Any(s => s.To == delivery.To)))
            .Where(c => !c.IsOver && causes.Contains(c.Key) && (!IsQuiet(c) || DespiteAnswers(c)))
            .OrderBy(c => c.Key == delivery.Chain ? 0 : 1)];

        // a step taken once the quiet was over is not what it quiets, even if the clock was set back since
        bool IsQuiet(FollowUpChain chain) => isTaken
            || (AnswersTo(chain, delivery, opportunity, customer, playbook, company).Max(a => (DateTimeOffset?)a.Until) is { } quiet
                && quiet > now && !(TakenStep(chain, delivery)?.At >= quiet));

        bool DespiteAnswers(FollowUpChain chain) => StepOf(chain, delivery, opportunity, playbook)?.Until == StepEnd.Cause;
    }

    /// <summary>The answers to a chain that concern what a delivery says of it to its reader, the newest last.</summary>
    public static IEnumerable<StandingAnswer> AnswersTo(
        FollowUpChain chain, Delivery delivery, Opportunity opportunity, KnownCustomer customer, Playbook playbook, Company company)
    {
        var level = delivery.Kind == DeliveryKind.Reminder ? Role.Rep
            : StepOf(chain, delivery, opportunity, playbook) is { } step ? StepReaders.Find(step, opportunity, customer.Account, company).Level
            : delivery.Kind == DeliveryKind.Nudge ? Role.Manager
            : Role.Director;
        return chain.AnswersFor(level, delivery.Room is null ? delivery.To : null);
    }

    private static StepTaken? TakenStep(FollowUpChain chain, Delivery delivery) => chain.Steps.LastOrDefault(s => s.To == delivery.To);

    private static FollowUpStep? StepOf(FollowUpChain chain, Delivery delivery, Opportunity opportunity, Playbook playbook)
    {
        var steps = playbook.FollowUps.StepsFor(chain.Cause, opportunity.Facts.Amount.Amount);
        return TakenStep(chain, delivery) is { } taken && taken.Step < steps.Count ? steps[taken.Step] : null;
    }
}
