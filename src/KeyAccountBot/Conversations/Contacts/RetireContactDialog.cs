using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.CheckIn;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>A contact counts no more: whom, why; records once the last question is answered.</summary>
internal sealed class RetireContactDialog(AccountSearch search, AccountLedger accounts, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the account's words.</summary>
    public const string Id = "retire-contact";

    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 1, FindAsync, AskWhomAsync, AskWhyAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        step.Values.Set("command", CommandIds.Of(step.Turn));
        return step.BeginAsync(FindAccountDialog.Id, DialogJson.ToElement(step.Options<string>() ?? ""), cancellationToken);
    }

    private static async ValueTask<DialogTurnResult> AskWhomAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        if (step.Result<string>() is not { } account)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("account", account);
        var question = Texts["ask.retire-whom", Scene.Of(step.Turn).Culture];
        return await step.BeginAsync(FindContactDialog.Id, DialogJson.ToElement(new FindContact(account, question)), cancellationToken);
    }

    private static async ValueTask<DialogTurnResult> AskWhyAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        if (step.Result<string>() is not { } contact)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("contact", contact);
        return await step.PromptAsync(Prompts.Text, Prompts.Ask(Texts["ask.retire-why", Scene.Of(step.Turn).Culture]), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (await search.SeeAsync(scene, step.Values.Get<string>("account")!, cancellationToken) is not { } view)
        {
            step.Turn.Send(scene.Say("find.none-at-all"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var contact = new ContactId(step.Values.Get<string>("contact")!);
        var outcome = await accounts.RecordAsync(
            scene.Tenant, view.Id, new AccountCommand.RetireContact(contact, step.Result<string>() ?? ""),
            scene.Command(step.Values.Get<string>("command")!), cancellationToken);
        step.Turn.Send(Message.Of(outcome.Refusal is { } refusal
            ? ContactRefusals.Explain(scene, playbook, outcome.Account, refusal)
            : Texts["contact.retired", scene.Culture, outcome.Account?.Find(contact)?.Name, view.Name]
                + Marks.Paragraph + CoverageWords.After(scene, view, outcome.Account, playbook)));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }
}
