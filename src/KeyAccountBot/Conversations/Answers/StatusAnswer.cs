using KeyAccountBot.Conversations.Overviews;
using KeyAccountBot.Conversations.Status;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Answers;

/// <summary>How it is going: one opportunity on its card, several of a customer in short, and which is meant where the name fits several customers.</summary>
internal sealed class StatusAnswer(Portfolio portfolio, StatusLines lines, Playbook playbook)
{
    private const int Shown = 6;

    /// <summary>The answer.</summary>
    public async ValueTask<Message> OfAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var all = await portfolio.OpenAsync(scene, asked, l => scope.IsNamed || l.Status == OpportunityStatus.Open, cancellationToken);
        if (all.Single is { } one)
        {
            return CardOf(scene, one);
        }

        // what is over is spoken of only where nothing else is
        var alive = all.Dossiers.Where(d => d.Opportunity.IsFollowedUp).ToList();
        if (alive.Count == 1 && scope.Whose is null)
        {
            return CardOf(scene, alive[0]);
        }

        var shown = alive.Count > 0 ? alive : [.. all.Dossiers];
        return shown.Count == 0 ? Message.Of(scene.Say(scope.IsNamed ? "refusal.not-on-record" : "list.empty")) : ListOf(scene, scope, shown, all);
    }

    private Message CardOf(Scene scene, Dossier dossier) => StatusCard.Of(scene, playbook, dossier.Opportunity, lines.OfStatus(scene, dossier));

    private Message ListOf(Scene scene, PortfolioScope scope, List<Dossier> shown, Holdings all)
    {
        var accounts = shown.Select(d => d.Opportunity.Facts.Account).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var isAsked = scope.Only is not null && accounts.Count > 1;
        var title = isAsked ? AnswerTexts.Say(scene, "status.which")
            : accounts.Count == 1 ? AnswerTexts.Say(scene, "status.of-account", scene.AccountOf(accounts[0]), shown.Count)
            : AnswerTexts.Say(scene, "status.open", shown.Count);
        List<Part> body = [.. OverviewWords.Lines(
            scene, [.. shown.OrderByDescending(d => d.Opportunity.Facts.Amount.Amount)], d => LineOf(scene, d, accounts.Count == 1), d => d.Opportunity, Shown, all.Beside)];
        if (accounts.Count == 1 && shown.MaxBy(d => playbook.NumberOf(d.Opportunity.Facts.Stage)) is { } furthest
            && CoverageWords.Line(furthest.Opportunity, furthest.Account, scene.Company, playbook, scene.Today, scene.Culture) is { } gaps)
        {
            body.Add(new Paragraph(gaps) { IsAside = true });
        }

        return OverviewWords.Card(
            scene, OverviewWords.Title(scene, scope, title), body, accounts is [{ Length: > 0 } account] ? [OverviewWords.Contacts(scene, account)] : isAsked ? [] : [OverviewWords.AtRisk(scene)]);
    }

    private string LineOf(Scene scene, Dossier dossier, bool isOfOneAccount)
    {
        var (opportunity, facts) = (dossier.Opportunity, dossier.Opportunity.Facts);
        var stage = playbook.Find(facts.Stage) is { } known
            ? scene.Say("status.stage", known.Name.For(scene.Culture), playbook.NumberOf(known.Id), playbook.Stages.Count)
            : Words.StageOf(playbook, facts.Stage, scene.Culture);
        var name = isOfOneAccount
            ? OverviewWords.Joined(scene, [Marks.Bold(facts.Name), scene.Format(facts.Amount), OverviewWords.OwnerOf(scene, facts.Owner)])
            : OverviewWords.Name(scene, opportunity);
        return name + Marks.Line + OverviewWords.Joined(
            scene,
            [
                opportunity.IsOpen ? null : scene.Say("status." + facts.Status),
                stage,
                !opportunity.IsOpen ? facts.StatusReason : facts.NextStep is { } step ? OverviewWords.Say(scene, "deals.step", step.What, OverviewWords.Day(scene, step.Due)) : OverviewWords.Say(scene, "risk.no-step"),
                OverviewWords.Warning(scene, LateMatters.Of(opportunity, dossier.Account, playbook, scene.Company, scene.Now)),
            ]);
    }
}
