using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.Conversations.CheckIn;
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
    public Dialog Dialog => new WaterfallDialog(Id, 1, FindAsync, AskWhomAsync, AskWhatAsync, AskValueAsync, GatherAsync);

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
        var question = Texts["ask.change-whom", Scene.Of(step.Turn).Culture];
        return await step.BeginAsync(FindContactDialog.Id, DialogJson.ToElement(new FindContact(account, question)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhatAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id
            || await search.SeeAsync(scene, step.Values.Get<string>("account")!, cancellationToken) is not { } view || view.Find(id) is not { } contact)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var draft = ContactDraft.Of(view.Name, step.Values.Get<string>("command")!, contact);
        step.Values.Set("draft", draft);
        var question = Texts["ask.change-what", scene.Culture, contact.Name];
        List<Choice> fields = [.. Enum.GetValues<ContactField>().Select(f => new Choice(ContactQuestions.NameOf(scene, f)))];
        var prompt = Prompts.Ask(scene, question, fields) with { SuggestedActions = null, Attachments = [ContactForm.Build(scene, playbook, view, draft, question)] };
        return await step.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = prompt, Choices = fields }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskValueAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var draft = step.Values.Get<ContactDraft>("draft")!;
        var field = (ContactField)step.Result<FoundChoice>()!.Index;
        step.Values.Set("field", field);
        return await search.SeeAsync(Scene.Of(step.Turn), draft.Account, cancellationToken) is { } view
            ? await questions.AskAsync(step, field, view, draft, cancellationToken)
            : await step.EndAsync(cancellationToken: cancellationToken);
    }

    private static ValueTask<DialogTurnResult> GatherAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var draft = ContactQuestions.Take(step, step.Values.Get<ContactField>("field"), step.Values.Get<ContactDraft>("draft")!);
        return step.ReplaceAsync(ConfirmContactDialog.Id, DialogJson.ToElement(draft), cancellationToken);
    }
}
