using KeyAccountBot.Dialogs;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>Another thing said of a contact: whom, what, and the new answer; then what was understood, and yes.</summary>
internal sealed class ChangeContactDialog(AccountSearch search, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the account's words.</summary>
    public const string Id = "change-contact";

    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");
    private readonly ContactQuestions questions = new(playbook);

    /// <summary>The questions, in speaking order.</summary>
    public Dialog Dialog => new WaterfallDialog<ContactQuestionsDraft>(Id, 2, FindAsync, AskWhomAsync, AskWhatAsync, AskValueAsync, GatherAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext<ContactQuestionsDraft> step, CancellationToken cancellationToken) =>
        step.BeginAsync(FindAccountDialog.Id, DialogJson.ToElement(step.Options<string>() ?? ""), cancellationToken);

    private static async ValueTask<DialogTurnResult> AskWhomAsync(WaterfallStepContext<ContactQuestionsDraft> step, CancellationToken cancellationToken)
    {
        if (step.Result<string>() is not { } account)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Draft = step.Draft with { Contact = new ContactDraft { Account = account } };
        var question = Texts["ask.change-whom", Scene.Of(step.Turn).Culture];
        return await step.BeginAsync(FindContactDialog.Id, DialogJson.ToElement(new FindContact(account, question)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhatAsync(WaterfallStepContext<ContactQuestionsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id
            || await search.SeeAsync(scene, step.Draft.Contact.Account, cancellationToken) is not { } view || view.Find(id) is not { } contact)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var draft = ContactDraft.Of(view.Name, contact);
        step.Draft = step.Draft with { Contact = draft };
        var question = Texts["ask.change-what", scene.Culture, contact.Name];
        List<Choice> fields = [.. Enum.GetValues<ContactField>().Select(f => new Choice(ContactQuestions.NameOf(scene, f)))];
        var prompt = ContactForm.Of(scene, playbook, view, draft, question, step.Token) with { Choices = [.. fields.Select(f => f.Value)] };
        return await step.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = prompt, Choices = fields }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskValueAsync(WaterfallStepContext<ContactQuestionsDraft> step, CancellationToken cancellationToken) =>
        await search.SeeAsync(Scene.Of(step.Turn), step.Draft.Contact.Account, cancellationToken) is { } view
            ? await questions.AskAsync(step, (ContactField)step.Result<FoundChoice>()!.Index, view, cancellationToken)
            : await step.EndAsync(cancellationToken: cancellationToken);

    private static ValueTask<DialogTurnResult> GatherAsync(WaterfallStepContext<ContactQuestionsDraft> step, CancellationToken cancellationToken) =>
        step.ReplaceAsync(ConfirmContactDialog.Id, DialogJson.ToElement(ContactQuestions.Take(step)), cancellationToken);
}
