using KeyAccountBot.Dialogs;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>Which customer; then its organisation and coverage.</summary>
internal sealed class ShowContactsDialog(AccountSearch search, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the account's words.</summary>
    public const string Id = "contacts";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 2, FindAsync, ShowAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken) =>
        step.BeginAsync(FindAccountDialog.Id, DialogJson.ToElement(step.Options<string>() ?? ""), cancellationToken);

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is { } account && await search.SeeAsync(scene, account, cancellationToken) is { } view)
        {
            step.Turn.Send(ContactsCard.Of(scene, playbook, view));
        }

        return await step.EndAsync(cancellationToken: cancellationToken);
    }
}
