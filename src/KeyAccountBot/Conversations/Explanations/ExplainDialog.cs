using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Explanations;

/// <summary>Which opportunity; then who heard of it and who will if nothing happens.</summary>
internal sealed class ExplainDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the account's words.</summary>
    public const string Id = "explain";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 2, FindAsync, ShowAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken) =>
        step.BeginAsync(FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(step.Options<string>() ?? "", Among.Any)), cancellationToken);

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is { } id && await dossiers.OpenAsync(scene.Asker, new OpportunityId(id), cancellationToken) is { } dossier)
        {
            var words = ExplanationWords.Of(
                scene.Culture, scene.Person, playbook, scene.Company, dossier.Opportunity, KnownCustomer.Of(dossier.Account), scene.Now);
            step.Turn.Send(words.ToMessage(scene.Culture));
        }

        return await step.EndAsync(cancellationToken: cancellationToken);
    }
}
