using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>A new contact: name, department, level, buying role, relationship, coach, superior; then what was understood, and yes.</summary>
internal sealed class AddContactDialog(AccountSearch search, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the account's words.</summary>
    public const string Id = "add-contact";

    private static readonly ContactField[] Asked =
    [
        ContactField.Name, ContactField.Department, ContactField.Level, ContactField.BuyingRole, ContactField.Strength, ContactField.Coach, ContactField.ReportsTo,
    ];

    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");
    private readonly ContactQuestions questions = new(playbook);

    /// <summary>The questions, in speaking order.</summary>
    public Dialog Dialog => new WaterfallDialog<ContactQuestionsDraft>(
        Id, 2,
        [
            FindAsync, AskNameAsync,
            .. Enumerable.Range(1, Asked.Length - 1).Select(i => (WaterfallStep<ContactQuestionsDraft>)((step, stop) => AskAsync(step, i, stop))),
            GatherAsync,
        ]);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext<ContactQuestionsDraft> step, CancellationToken cancellationToken) =>
        step.BeginAsync(FindAccountDialog.Id, DialogJson.ToElement(step.Options<string>() ?? ""), cancellationToken);

    // the whole contact also as a form: those who would rather tick are done in one go
    private async ValueTask<DialogTurnResult> AskNameAsync(WaterfallStepContext<ContactQuestionsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } account || await search.SeeAsync(scene, account, cancellationToken) is not { } view)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var contact = new ContactDraft { Account = view.Name };
        step.Draft = step.Draft with { Contact = contact, Field = ContactField.Name };
        var question = Texts["ask.name", scene.Culture, view.Name];
        var prompt = ContactForm.Of(scene, playbook, view, contact, question, step.Token);
        return await step.PromptAsync(Prompts.Name, new PromptOptions { Prompt = prompt, RetryPrompt = Message.Of(question) }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskAsync(WaterfallStepContext<ContactQuestionsDraft> step, int index, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = ContactQuestions.Take(step);
        if (await search.SeeAsync(scene, draft.Account, cancellationToken) is not { } view)
        {
            return await step.EndWithAsync(scene.Say("find.none-at-all"), cancellationToken);
        }

        if (Asked[index - 1] == ContactField.Name
            && view.Contacts.FirstOrDefault(c => string.Equals(c.Name, draft.Name, StringComparison.OrdinalIgnoreCase)) is { } taken)
        {
            return await step.EndWithAsync(ContactRefusals.NameTaken(scene, playbook, taken), cancellationToken);
        }

        // colleagues in one department mostly do the same in a purchase
        if (Asked[index] == ContactField.BuyingRole && view.Contacts.LastOrDefault(c => c.Data.Department.Value == draft.Department && !c.IsDecisionMaker) is { } alike)
        {
            draft = draft with { BuyingRole = alike.Data.BuyingRole };
        }

        step.Draft = step.Draft with { Contact = draft };
        return await questions.AskAsync(step, Asked[index], view, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> GatherAsync(WaterfallStepContext<ContactQuestionsDraft> step, CancellationToken cancellationToken) =>
        step.ReplaceAsync(ConfirmContactDialog.Id, DialogJson.ToElement(ContactQuestions.Take(step)), cancellationToken);
}
