using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Coverage;

/// <summary>Nobody inside guides us yet, and a decision maker is about to be met: a warning, never a ban.</summary>
/// <param name="DecisionMaker">Who is about to be met.</param>
/// <param name="WinFirst">Whom to win as a coach before; <c>null</c> where nobody else is known.</param>
/// <param name="Strength">How strong the relationship with a coach has to be, 0 to 4.</param>
public sealed record GuideFirstWarning(Contact DecisionMaker, Contact? WinFirst, int Strength);

/// <summary>Find a well-informed insider first, and reach the decision maker through them. Pure.</summary>
public static class GuideFirst
{
    /// <summary>A warning where a decision maker is to be met while no coach is strong enough; else <c>null</c>.</summary>
    public static GuideFirstWarning? Check(Account? account, IReadOnlyList<ContactId> toBeMet, Playbook playbook)
    {
        if (account is null || Coaches.Any(account, playbook.Coverage)
            || account.Active.FirstOrDefault(c => c.IsDecisionMaker && toBeMet.Contains(c.Id)) is not { } decisionMaker)
        {
            return null;
        }

        var winFirst = account.Active.Where(c => !c.IsDecisionMaker)
            .OrderByDescending(c => c.Data.BuyingRole is BuyingRole.Purchaser or BuyingRole.TechnicalEvaluator or BuyingRole.QualityInspector)
            .ThenByDescending(c => c.Data.Strength)
            .ThenByDescending(c => c.Data.IsCoach)
            .FirstOrDefault();
        return new GuideFirstWarning(decisionMaker, winFirst, playbook.Coverage.CoachStrength);
    }
}

/// <summary>Who inside sells for us.</summary>
internal static class Coaches
{
    /// <summary>Whether somebody does, strongly enough.</summary>
    public static bool Any(Account account, CoverageSettings settings) =>
        account.Active.Any(c => c.Data.IsCoach && c.Data.Strength >= settings.CoachStrength);
}
