using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps;

/// <summary>A step that will be taken if nothing happens.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Step">What, and to whom.</param>
/// <param name="Policy">The name of the policy that says so.</param>
public sealed record ForecastStep(DateTimeOffset At, DueStep Step, string Policy);

/// <summary>Who will hear what and when if nothing happens: the policy itself, played forward. Pure.</summary>
public static class Forecast
{
    /// <summary>The steps until a moment, in order; at most so many.</summary>
    public static IReadOnlyList<ForecastStep> Of(
        Opportunity opportunity, KnownCustomer customer, Playbook playbook, Company company, DateTimeOffset now, DateTimeOffset until, int most = 50)
    {
        List<ForecastStep> steps = [];
        for (DateTimeOffset? at = now; at <= until && steps.Count < most;)
        {
            var plan = FollowUpPolicy.Plan(opportunity, customer, playbook, company, at.Value);
            if (plan.IsDue)
            {
                steps.AddRange(plan.Due.Select(d => new ForecastStep(at.Value, d, playbook.FollowUps.PolicyFor(d.Cause, opportunity.Facts.Amount.Amount) ?? "")));
                if (Taken(opportunity, plan, playbook, at.Value) is not { } next)
                {
                    break;
                }

                opportunity = next;
                plan = FollowUpPolicy.Plan(opportunity, customer, playbook, company, at.Value);
            }

            at = plan.IsDue ? at : plan.NextAttention;
        }

        return steps.Count > most ? steps[..most] : steps;
    }

    private static Opportunity? Taken(Opportunity opportunity, FollowUpPlan plan, Playbook playbook, DateTimeOffset at)
    {
        var context = new CommandContext(new CommandId("forecast"), null, at, DateOnly.FromDateTime(at.UtcDateTime), "clock");
        var decision = OpportunityDecider.Decide(new OpportunityCommand.TakeFollowUpSteps(plan.Due, plan.Briefs), opportunity, context, playbook);
        return decision is Decision.Accepted { Events: { Count: > 0 } events }
            ? OpportunityDecider.Fold(opportunity.Id, opportunity, events.Select((e, i) => new OpportunityEntry(opportunity.Version + 1 + i, context.Command, null, at, context.Channel, e)))
            : null;
    }
}
