using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
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
        if (step.Result<string>() is not { } id || await dossiers.OpenAsync(scene.Asker, new OpportunityId(id), cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Turn.Send(BriefMessage.Of(scene, playbook, dossier));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }
}
