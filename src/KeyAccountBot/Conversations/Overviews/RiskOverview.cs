using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Overviews;

/// <summary>Which opportunities are at risk and why, and what is stuck: the largest and latest first.</summary>
internal sealed class RiskOverview(Portfolio portfolio, Playbook playbook)
{
    private const int ReasonsShown = 3;
    private const int ReasonsOfOne = 8;

    /// <summary>At risk; in a period, those that are expected to be decided in it and are not won.</summary>
    public async ValueTask<Message> AtRiskAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var period = AskedSlots.PeriodOf(scene, asked);
        var holdings = await portfolio.OpenAsync(
            scene, asked, l => l.Status == OpportunityStatus.Open && (period is not { } within || (!l.Won && l.ExpectedClose is { } close && within.Contains(close))), cancellationToken);
        var heavy = new HeaviestFirst<(Dossier Dossier, IReadOnlyList<RiskReason> Reasons)>(holdings.Dossiers.Count);
        foreach (var dossier in holdings.Dossiers)
        {
            IReadOnlyList<RiskReason> reasons = RiskReasons.Of(dossier.Opportunity, dossier.Account, playbook, scene.Company, scene.Now);
            if (reasons.Count == 0 && period is not null)
            {
                // decided in this period, so all that is missing is what may make it slip
                reasons = [new RiskReason.CloseDateNear(dossier.Opportunity.Facts.ExpectedClose!.Value, RiskReasons.MissingToWin(dossier.Opportunity, playbook))];
            }

            if (reasons.Count > 0)
            {
                heavy.Add((dossier, period is null ? reasons : [.. reasons.OrderBy(r => r is not (RiskReason.CloseDateNear or RiskReason.CloseDatePassed))]),
                    new TellingWeight(dossier.Opportunity.Facts.Amount, DaysOf(reasons), dossier.Opportunity.Id.Value));
            }
        }

        var all = heavy.InOrder();
        if (all.Count == 0)
        {
            return Message.Of(OverviewWords.Say(scene, period is null ? "risk.none" : "risk.none-in-period"));
        }

        var title = period is { } p ? OverviewWords.Say(scene, "risk.title-period", all.Count, OverviewWords.Of(scene, p)) : OverviewWords.Say(scene, "risk.title", all.Count, holdings.Dossiers.Count);
        return OverviewWords.Card(
            scene, OverviewWords.Title(scene, scope, title),
            OverviewWords.Lines(
                scene, all,
                a => OverviewWords.Name(scene, scope, a.Dossier.Opportunity) + Marks.Line + Reasons(scene, a.Dossier, a.Reasons, all.Count == 1 ? ReasonsOfOne : ReasonsShown),
                a => a.Dossier.Opportunity, beside: holdings.Beside),
            [.. all[0].Dossier.Opportunity.Facts.Owner == scene.Person.Id ? [OverviewWords.CheckIn(scene, all[0].Dossier.Opportunity)] : Array.Empty<MessageAction>(), OverviewWords.Stuck(scene)]);
    }

    /// <summary>What fell due and was not done; by <c>minDays</c> only what is that late.</summary>
    public async ValueTask<Message> StuckAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var least = (int)Math.Clamp(asked.Number("minDays") ?? 0, 0, int.MaxValue);
        var holdings = await portfolio.OpenAsync(scene, asked, l => l.Status is OpportunityStatus.Open or OpportunityStatus.OnHold, cancellationToken);
        var heavy = new HeaviestFirst<(Dossier Dossier, IReadOnlyList<LateMatter> Matters)>(holdings.Dossiers.Count);
        foreach (var dossier in holdings.Dossiers)
        {
            List<LateMatter> late = [.. LateMatters.Of(dossier.Opportunity, dossier.Account, playbook, scene.Company, scene.Now).Where(m => m.Days >= least)];
            if (late.Count > 0)
            {
                heavy.Add((dossier, late), new TellingWeight(dossier.Opportunity.Facts.Amount, late[0].Days + 1, dossier.Opportunity.Id.Value));
            }
        }

        var all = heavy.InOrder();
        if (all.Count == 0)
        {
            return Message.Of(least > 0 ? OverviewWords.Say(scene, "stuck.none-so-long", least) : OverviewWords.Say(scene, "stuck.none"));
        }

        var title = least > 0 ? OverviewWords.Say(scene, "stuck.title-days", all.Count, least) : OverviewWords.Say(scene, "stuck.title", all.Count);
        return OverviewWords.Card(
            scene, OverviewWords.Title(scene, scope, title),
            OverviewWords.Lines(
                scene, all,
                a => OverviewWords.Name(scene, scope, a.Dossier.Opportunity) + Marks.Line
                    + OverviewWords.Joined(scene, LateMatters.ByGravity(a.Matters).Take(ReasonsShown).Select(m => OverviewWords.Late(scene, m)).Append(StepOf(scene, a.Dossier.Opportunity))),
                a => a.Dossier.Opportunity, shown: Most, beside: holdings.Beside),
            OverviewWords.AtRisk(scene));
    }

    // what is stuck is not to be missed among the rest
    private const int Most = 12;

    private string Reasons(Scene scene, Dossier dossier, IReadOnlyList<RiskReason> reasons, int shown) =>
        OverviewWords.Joined(scene, reasons.Take(shown).Select(r => RiskReasonWords.Of(scene, playbook, dossier.Account, r)).Concat(
            reasons.Count > shown ? [OverviewWords.Say(scene, "list.more", reasons.Count - shown)] : Array.Empty<string>()));

    // which promise was not kept is worth a word
    private static string? StepOf(Scene scene, Opportunity opportunity) =>
        opportunity.Facts.NextStep is { } step && step.Due < scene.Today ? OverviewWords.Say(scene, "stuck.step", step.What) : null;

    private static int DaysOf(IEnumerable<RiskReason> reasons) => reasons.OfType<RiskReason.Late>().Select(l => l.Matter.Days + 1).DefaultIfEmpty(1).Max();
}
