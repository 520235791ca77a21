using System.Text.Json;
using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Evaluation;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>What can be said of a customer: its contacts, who looks after them, and what it is worth.</summary>
internal sealed class ContactConversation(OpportunityLedger ledger, AccountLedger accounts, DecisionMakers decisionMakers, Playbook playbook)
{
    private readonly AccountSearch search = new(new OpportunitySearch(ledger), ledger, accounts, playbook);

    /// <summary>Adds its dialogs to a set.</summary>
    public void AddTo(DialogSet dialogs)
    {
        var news = new AssignmentNews(ledger);
        dialogs.Add(new FindAccountDialog(search).Dialog);
        dialogs.Add(new FindContactDialog(search).Dialog);
        dialogs.Add(new ShowContactsDialog(search, playbook).Dialog);
        dialogs.Add(new AddContactDialog(search, playbook).Dialog);
        dialogs.Add(new ChangeContactDialog(search, playbook).Dialog);
        dialogs.Add(new ConfirmContactDialog(search, accounts, news, playbook).Dialog);
        dialogs.Add(new RetireContactDialog(search, accounts, playbook).Dialog);
        dialogs.Add(new AssignDialog(search, accounts, news, playbook).Dialog);
        dialogs.Add(new TouchDialog(search, accounts, playbook).Dialog);
        var evaluate = new EvaluateDialog(ledger, playbook);
        dialogs.Add(EvaluateDialog.Score);
        dialogs.Add(evaluate.Questions);
        dialogs.Add(evaluate.Confirmation);
    }

    /// <summary>Does what is asked for, where it is this conversation's to do.</summary>
    public async ValueTask DoAsync(DialogContext dialog, Scene scene, Intent intent, string words, CancellationToken cancellationToken)
    {
        if (intent == Intent.MyDecisionMakers)
        {
            dialog.Turn.Send(await DecisionMakersAsync(scene, null, cancellationToken));
            await dialog.RepromptAsync(cancellationToken);
            return;
        }

        dialog.CancelAll();
        await dialog.BeginAsync(DialogOf(intent), DialogJson.ToElement(words), cancellationToken);
    }

    /// <summary>The dialog that a filled-in card begins, and with what; <c>null</c> for a card of another feature.</summary>
    public static (string Dialog, JsonElement Draft)? Filled(string? verb, JsonElement data) => verb switch
    {
        ContactForm.Verb => (ConfirmContactDialog.Id, DialogJson.ToElement(ContactForm.Read(data))),
        EvaluationForm.Verb => (EvaluateDialog.ConfirmId, DialogJson.ToElement(EvaluationForm.Read(data))),
        _ => null,
    };

    /// <summary>Records a press on <c>Touched today</c>, and shows the card anew.</summary>
    public async ValueTask PressAsync(DialogContext dialog, Scene scene, JsonElement data, CancellationToken cancellationToken) =>
        dialog.Turn.Send(TouchPress.From(data) is { } press
            ? await DecisionMakersAsync(scene, await decisionMakers.TouchTodayAsync(scene, press.Account, press.Contact, cancellationToken), cancellationToken)
            : Activity.Message(scene.Say("unknown-action")));

    private async ValueTask<Activity> DecisionMakersAsync(Scene scene, string? news, CancellationToken cancellationToken)
    {
        var message = DecisionMakersMessage.Of(scene, await decisionMakers.OfAsync(scene, cancellationToken), news);
        return Activity.Message(message.Text) with { Attachments = message.Card is { } card ? [card.ToAttachment()] : null };
    }

    private static string DialogOf(Intent intent) => intent switch
    {
        Intent.Contacts => ShowContactsDialog.Id,
        Intent.AddContact => AddContactDialog.Id,
        Intent.ChangeContact => ChangeContactDialog.Id,
        Intent.RetireContact => RetireContactDialog.Id,
        Intent.Assign => AssignDialog.Id,
        Intent.Touch => TouchDialog.Id,
        Intent.Evaluate => EvaluateDialog.Id,
        _ => throw new InvalidOperationException($"{intent} is no business of contacts."),
    };
}
