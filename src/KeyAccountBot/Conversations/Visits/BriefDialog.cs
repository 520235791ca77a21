using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Dialogs;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>The brief on request: of the next visit, or of how things stand where none is planned.</summary>
internal sealed class BriefDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the account's words.</summary>
    public const string Id = "visit/brief";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 2, FindAsync, ShowAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken) =>
        step.BeginAsync(
            FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(step.Options<string>() ?? "", Among.WorkedOn)), cancellationToken);

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id || await dossiers.OpenAsync(scene, id, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        // one that has begun and waits for its report is briefed no more
        var visit = dossier.Opportunity.Facts.Visits.FirstOrDefault(v => v.At > scene.Now);
        var words = BriefWords.Of(scene.Culture, playbook, scene.Company, dossier, visit, scene.Today);
        var account = Words.AccountOf(dossier.Opportunity);
        var button = dossier.Opportunity.Facts.Visits.Count > 0
            ? new SayAction(VisitTexts.Say(scene, "report.button"), VisitTexts.Say(scene, "report.says", account)) { Style = ActionStyle.Positive }
            : new SayAction(VisitTexts.Say(scene, "brief.plan"), VisitTexts.Say(scene, "brief.plan-says", account)) { Style = ActionStyle.Positive };
        step.Turn.Send(words.ToMessage(scene.Culture, dossier.Opportunity.IsOpen ? [button] : []));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }
}
