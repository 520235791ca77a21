using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps;

/// <summary>With what authority somebody answers a follow-up: whose word it is, and up to whose step a snooze of theirs quiets. Pure.</summary>
/// <param name="IsOwners">They own the opportunity, or stand in for its owner.</param>
/// <param name="Reach">Up to whose step a snooze quiets.</param>
public sealed record AnswerAuthority(bool IsOwners, Role Reach)
{
    /// <summary>The owner's word: it quiets their own reminder.</summary>
    public static AnswerAuthority Owners { get; } = new(true, Role.Rep);

    /// <summary>Whether they lead the owner, so that they may give the owner more time.</summary>
    public bool Leads => !IsOwners && Reach > Role.Rep;

    /// <summary>
    /// The authority of a person over a chain; <c>null</c> for none. Who leads the owner has that of their role, who stands in for
    /// one of these the same; a colleague who was asked to look after it, or was told of it above the rep's step, quiets themselves and
    /// the reminder; who only ever heard in the owner's place speaks for the owner.
    /// </summary>
    public static AnswerAuthority? Of(PersonId by, Opportunity opportunity, string chain, Playbook playbook, Company company)
    {
        var owner = opportunity.Facts.Owner;
        if (by == owner)
        {
            return Owners;
        }

        Role? above = null;
        foreach (var person in company.LineAbove(owner))
        {
            if (person.Id == by || company.ActingFor(person.Id)?.Id == by)
            {
                var level = LevelOf(person.Role);
                above = above > level ? above : level;
            }
        }

        if (above is { } reach)
        {
            return new AnswerAuthority(false, reach);
        }

        var running = opportunity.FollowUps.FirstOrDefault(c => c.Key == chain);
        if (running is not null && (running.GivenTo == by || IsToldAbove(by, running, opportunity, playbook, company)))
        {
            return new AnswerAuthority(false, Role.Rep);
        }

        return company.ActingFor(owner)?.Id == by || running?.Concerns(by, company) == true ? Owners : null;
    }

    /// <summary>The last local day until which they may ask for quiet: an owner of their own reminder, others of what they lead.</summary>
    public DateOnly LongestDay(FollowUpSettings settings, WorkCalendar calendar, DateOnly today) =>
        calendar.AddBusinessDays(today, LongestDays(settings));

    /// <summary>So many business days they may ask for.</summary>
    public int LongestDays(FollowUpSettings settings) => IsOwners ? settings.Owner.SnoozeDays : settings.LongestQuietDays;

    // who looks after the bot leads nobody by that
    private static Role LevelOf(Role role) => role == Role.Administrator ? Role.Rep : role;

    private static bool IsToldAbove(PersonId by, FollowUpChain chain, Opportunity opportunity, Playbook playbook, Company company)
    {
        var steps = playbook.FollowUps.StepsFor(chain.Cause, opportunity.Facts.Amount.Amount);
        return chain.Steps.Any(s => s.To == by && s.Room is null && (s.InPlaceOf is not { } away || company.StandInFor(away)?.Id == by) && !(s.Step < steps.Count && steps[s.Step].To is StepReader.OfRole { Role: Role.Rep }));
    }
}
