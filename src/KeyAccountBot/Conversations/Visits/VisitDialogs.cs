using System.Text.Json;
using KeyAccountBot.Conversations.Bidding;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Conversations.Questions;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>The dialogs about visits, the customer's questions and bidding, and what begins them.</summary>
internal static class VisitDialogs
{
    /// <summary>Adds them to a set.</summary>
    public static void AddTo(DialogSet dialogs, OpportunityLedger ledger, AccountLedger accounts, Playbook playbook)
    {
        var dossiers = new Dossiers(ledger, accounts);
        var plan = new PlanVisitDialog(ledger, dossiers, playbook);
        VisitPrompts.AddTo(dialogs);
        dialogs.Add(plan.Questions);
        dialogs.Add(plan.Confirmation);
        dialogs.Add(new BriefDialog(dossiers, playbook).Dialog);
        dialogs.Add(new ReportVisitDialog(dossiers, playbook).Dialog);
        dialogs.Add(AskAnswersDialog.Dialog);
        dialogs.Add(new ConfirmReportDialog(ledger, accounts, dossiers, playbook).Dialog);
        dialogs.Add(new ChangeVisitDialog(ledger, dossiers, playbook).Dialog);
        dialogs.Add(new QuestionsDialog(ledger, dossiers, playbook).Dialog);
        dialogs.Add(new BiddingDialog(ledger, dossiers, playbook).Dialog);
    }

    /// <summary>Begins what is asked for.</summary>
    public static ValueTask<DialogTurnResult> BeginAsync(DialogContext dialog, Intent intent, string account, CancellationToken cancellationToken) => intent switch
    {
        Intent.PlanVisit => dialog.BeginAsync(PlanVisitDialog.Id, DialogJson.ToElement(account), cancellationToken),
        Intent.Brief => dialog.BeginAsync(BriefDialog.Id, DialogJson.ToElement(account), cancellationToken),
        Intent.ReportVisit => dialog.BeginAsync(ReportVisitDialog.Id, DialogJson.ToElement(account), cancellationToken),
        Intent.MoveVisit or Intent.CancelVisit => dialog.BeginAsync(
            ChangeVisitDialog.Id, DialogJson.ToElement(new ChangeVisit(intent, account)), cancellationToken),
        Intent.Questions or Intent.AddQuestion or Intent.AnswerQuestion or Intent.ReopenQuestion => dialog.BeginAsync(
            QuestionsDialog.Id, DialogJson.ToElement(new AboutQuestions(intent, account)), cancellationToken),
        Intent.Bid or Intent.Approver => dialog.BeginAsync(
            BiddingDialog.Id, DialogJson.ToElement(new AboutBidding(intent, account)), cancellationToken),
        _ => throw new InvalidOperationException($"{intent} is not about visits."),
    };

    /// <summary>Takes a filled-in card in place of the questions it stands for.</summary>
    public static ValueTask<DialogTurnResult> ReviewAsync(DialogContext dialog, string verb, JsonElement data, CancellationToken cancellationToken) =>
        verb == PlanVisitCard.Verb
            ? dialog.TakeOverAsync(PlanVisitDialog.ConfirmId, DialogJson.ToElement(PlanVisitCard.Read(data)), cancellationToken)
            : dialog.TakeOverAsync(ConfirmReportDialog.Id, DialogJson.ToElement(ReportVisitCard.Read(data)), cancellationToken);
}
