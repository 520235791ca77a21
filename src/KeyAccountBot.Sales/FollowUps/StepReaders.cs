using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps;

/// <summary>Who hears a step.</summary>
/// <param name="Person">Them; <c>null</c> where nobody could be found, and for a room.</param>
/// <param name="Room">Where many read it.</param>
/// <param name="Kind">What it is to its reader.</param>
/// <param name="InPlaceOf">Who is away, where they stand in for somebody.</param>
/// <param name="Level">Whose step it is: the rep's for the owner, else the role it is meant for.</param>
public sealed record FoundReader(Person? Person, Room? Room, DeliveryKind Kind, Person? InPlaceOf = null, Role Level = Role.Manager);

/// <summary>
/// Finds whom a step tells: who maintains the contact it is about, else up the rep's line to the first person whose role the step
/// names; for someone away who stands in; where there is nobody, the administrator. Pure.
/// </summary>
public static class StepReaders
{
    /// <summary>The reader of a step.</summary>
    public static FoundReader Find(FollowUpStep step, Opportunity opportunity, Account? account, Company company)
    {
        var owner = opportunity.Facts.Owner;
        var (wanted, role) = step.To switch
        {
            StepReader.InRoom => (null, Role.Director),
            StepReader.Named named => (company.FindByEmail(named.Email), Role.Director),
            StepReader.Maintainer when MaintainerOf(opportunity, account, company) is { } maintainer => (maintainer, maintainer.Role),
            StepReader.Maintainer => (company.OfRole(step.OrElse ?? Role.Manager, owner), step.OrElse ?? Role.Manager),
            StepReader.OfRole of => (of.Role == Role.Administrator ? company.Administrator : company.OfRole(of.Role, owner), of.Role),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step.To, null),
        };
        if (step.To is StepReader.InRoom room)
        {
            return new FoundReader(null, room.Room, DeliveryKind.Alert, Level: role);
        }

        var reader = wanted is null ? null : company.StandInFor(wanted.Id);
        return reader is null
            ? NobodyFound(company) with { Level = LevelOf(role) }
            : new FoundReader(
                reader, null, KindOf(wanted!.Id == owner ? Role.Rep : role), reader.Id == wanted.Id ? null : wanted,
                wanted.Id == owner ? Role.Rep : LevelOf(step.To is StepReader.Named ? wanted.Role : role));
    }

    // administrators take holidays too; where nobody at all is there it waits for them
    private static FoundReader NobodyFound(Company company)
    {
        var administrator = company.Administrator;
        var there = administrator is null ? null : company.StandInFor(administrator.Id) ?? administrator;
        return new FoundReader(there, null, DeliveryKind.NobodyFound, there == administrator ? null : administrator);
    }

    /// <summary>Who looks after the contact that a stuck deal hangs on: the contract's approver, else the decision maker; <c>null</c> for nobody.</summary>
    private static Person? MaintainerOf(Opportunity opportunity, Account? account, Company company)
    {
        var approver = opportunity.Facts.ContractApprover is { } id ? account?.Find(id) : null;
        var about = approver is { IsActive: true } ? approver : account?.Active.FirstOrDefault(c => c.IsDecisionMaker);
        return about?.Maintainer is { } maintainer ? company.Find(maintainer) : null;
    }

    // what is the owner's alone to quiet is only ever the owner's step
    private static Role LevelOf(Role role) => role == Role.Rep ? Role.Manager : role;

    private static DeliveryKind KindOf(Role role) => role switch
    {
        Role.Rep => DeliveryKind.Reminder,
        Role.Manager => DeliveryKind.Nudge,
        _ => DeliveryKind.Alert,
    };
}
