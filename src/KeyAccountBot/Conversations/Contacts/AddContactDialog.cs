using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.CheckIn;
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
    public Dialog Dialog => new WaterfallDialog(
        Id, 1, [FindAsync, AskNameAsync, .. Enumerable.Range(1, Asked.Length - 1).Select(i => (WaterfallStep)((step, stop) => AskAsync(step, i, stop))), GatherAsync]);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        step.Values.Set("command", CommandIds.Of(step.Turn));
        return step.BeginAsync(FindAccountDialog.Id, DialogJson.ToElement(step.Options<string>() ?? ""), cancellationToken);
    }

    // the whole contact also as a card: whoever would rather tick is done in one go
    private async ValueTask<DialogTurnResult> AskNameAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } account || await search.SeeAsync(scene, account, cancellationToken) is not { } view)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var draft = ContactDraft.New(view.Name, step.Values.Get<string>("command")!);
        step.Values.Set("draft", draft);
        var question = Texts["ask.name", scene.Culture, view.Name];
        var prompt = Message.Of(question) with { Attachments = [ContactForm.Build(scene, playbook, view, draft, question)] };
        return await step.PromptAsync(
            Prompts.Name, new PromptOptions { Prompt = prompt, RetryPrompt = Message.Of(question) }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskAsync(WaterfallStepContext step, int index, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = ContactQuestions.Take(step, Asked[index - 1], step.Values.Get<ContactDraft>("draft")!);
        if (await search.SeeAsync(scene, draft.Account, cancellationToken) is not { } view)
        {
            step.Turn.Send(scene.Say("find.none-at-all"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        if (Asked[index - 1] == ContactField.Name
            && view.Contacts.FirstOrDefault(c => string.Equals(c.Name, draft.Name, StringComparison.OrdinalIgnoreCase)) is { } taken)
        {
            step.Turn.Send(ContactRefusals.NameTaken(scene, playbook, taken));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        // colleagues in one department mostly do the same in a purchase
        if (Asked[index] == ContactField.BuyingRole && view.Contacts.LastOrDefault(c => c.Data.Department.Value == draft.Department && !c.IsDecisionMaker) is { } alike)
        {
            draft = draft with { BuyingRole = alike.Data.BuyingRole };
        }

        step.Values.Set("draft", draft);
        return await questions.AskAsync(step, Asked[index], view, draft, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> GatherAsync(WaterfallStepContext step, CancellationToken cancellationToken) =>
        step.ReplaceAsync(
            ConfirmContactDialog.Id, DialogJson.ToElement(ContactQuestions.Take(step, Asked[^1], step.Values.Get<ContactDraft>("draft")!)), cancellationToken);
}
