using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>Visits to the customer: planned, moved, briefed and reported.</summary>
internal sealed class VisitsFeature(Dossiers dossiers, Playbook playbook) : Feature
{
    private readonly PlanVisitDialog plan = new(dossiers, playbook);

    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.Visits.VisitPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Dialog> Dialogs =>
    [
        .. VisitPrompts.All,
        plan.Questions,
        plan.Confirmation,
        new BriefDialog(dossiers, playbook).Dialog,
        new ReportVisitDialog(dossiers, playbook).Dialog,
        AskAnswersDialog.Dialog,
        new ConfirmReportDialog(dossiers, playbook).Dialog,
        new ChangeVisitDialog(dossiers, playbook).Dialog,
    ];

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes =>
    [
        Wish.Begins("plan-visit", PlanVisitDialog.Id, words => DialogJson.ToElement(new PlanVisit(words))).WithoutDay(),
        Wish.Begins("brief", BriefDialog.Id) with { MayBeginReport = true },
        Wish.Begins("report-visit", ReportVisitDialog.Id),
        Wish.Begins("move-visit", ChangeVisitDialog.Id, words => DialogJson.ToElement(new ChangeVisit(Moves: true, words))).WithoutDay(),
        Wish.Begins("cancel-visit", ChangeVisitDialog.Id, words => DialogJson.ToElement(new ChangeVisit(Moves: false, words))).WithoutDay(),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Grant> Grants =>
    [
        Grant.Begins("plan-visit", PlanVisitDialog.Id, asked => DialogJson.ToElement(PlanVisit.Of(asked))) with { NeedsOpportunity = true },
        Grant.Begins("move-visit", ChangeVisitDialog.Id, asked => DialogJson.ToElement(ChangeVisit.Of(moves: true, asked))) with { NeedsOpportunity = true },
        Grant.BeginsWithReason("cancel-visit", ChangeVisitDialog.Id, asked => DialogJson.ToElement(ChangeVisit.Of(moves: false, asked))) with { NeedsOpportunity = true },
    ];

    /// <inheritdoc/>
    public override IEnumerable<Press> Presses =>
    [
        Press.Fills(PlanVisitCard.Verb, PlanVisitDialog.ConfirmId, PlanVisitCard.Read),
        Press.Fills(ReportVisitCard.Verb, ConfirmReportDialog.Id, ReportVisitCard.Read),
    ];
}
