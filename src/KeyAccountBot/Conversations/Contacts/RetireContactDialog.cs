using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>A contact who counts no more, as far as it was said.</summary>
/// <param name="Words">Which account, as the person said it; empty to ask.</param>
internal sealed record RetireContact(string Words)
{
    /// <summary>The contact's id, where they were named.</summary>
    public string? Contact { get; init; }

    /// <summary>Why, where it was said.</summary>
    public string? Why { get; init; }
}

/// <summary>What the dialog remembers.</summary>
internal sealed record RetireContactDraft
{
    /// <summary>The customer's name.</summary>
    public string Account { get; init; } = "";

    /// <summary>The contact's id.</summary>
    public string Contact { get; init; } = "";

    /// <summary>Why.</summary>
    public string Why { get; init; } = "";
}

/// <summary>A contact counts no more: whom, why; records once the last question is answered, or on yes where one sentence said it all.</summary>
internal sealed class RetireContactDialog(AccountSearch search, Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is a <see cref="RetireContact"/>.</summary>
    public const string Id = "retire-contact";

    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<RetireContactDraft>(Id, 3, FindAsync, AskWhomAsync, AskWhyAsync, ConfirmAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext<RetireContactDraft> step, CancellationToken cancellationToken) =>
        step.BeginAsync(FindAccountDialog.Id, DialogJson.ToElement(step.Options<RetireContact>()?.Words ?? ""), cancellationToken);

    private static async ValueTask<DialogTurnResult> AskWhomAsync(WaterfallStepContext<RetireContactDraft> step, CancellationToken cancellationToken)
    {
        if (step.Result<string>() is not { } account)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Draft = step.Draft with { Account = account };
        if (step.Options<RetireContact>()!.Contact is { } named)
        {
            return await step.NextAsync(DialogJson.ToElement(named), cancellationToken);
        }

        var question = Texts["ask.retire-whom", Scene.Of(step.Turn).Culture];
        return await step.BeginAsync(FindContactDialog.Id, DialogJson.ToElement(new FindContact(account, question)), cancellationToken);
    }

    private static async ValueTask<DialogTurnResult> AskWhyAsync(WaterfallStepContext<RetireContactDraft> step, CancellationToken cancellationToken)
    {
        if (step.Result<string>() is not { } contact)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Draft = step.Draft with { Contact = contact };
        return step.Options<RetireContact>()!.Why is { Length: > 0 } why
            ? await step.NextAsync(DialogJson.ToElement(why), cancellationToken)
            : await step.PromptAsync(Prompts.Text, Prompts.Ask(Texts["ask.retire-why", Scene.Of(step.Turn).Culture]), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ConfirmAsync(WaterfallStepContext<RetireContactDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Draft = step.Draft with { Why = step.Result<string>() ?? "" };
        if (step.Options<RetireContact>()!.Contact is null
            || await search.SeeAsync(scene, step.Draft.Account, cancellationToken) is not { } view || view.Find(step.Draft.Contact) is not { } contact)
        {
            return await step.NextAsync(DialogJson.ToElement(true), cancellationToken);
        }

        var question = ConversationCard.Confirm(
            scene, Texts["retire.understood", scene.Culture, contact.Name, view.Name], [(Texts["retire.reason", scene.Culture], step.Draft.Why)], scene.Say("check-in.record"), step.Token);
        return await step.PromptAsync(Prompts.Confirm, new PromptOptions { Prompt = question }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<RetireContactDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (!step.Result<bool>())
        {
            return await step.EndWithAsync(scene.Say("check-in.not-recorded"), cancellationToken);
        }

        if (await search.SeeAsync(scene, step.Draft.Account, cancellationToken) is not { } view)
        {
            return await step.EndWithAsync(scene.Say("find.none-at-all"), cancellationToken);
        }

        var contact = new ContactId(step.Draft.Contact);
        var outcome = await dossiers.RecordAsync(
            scene.Asker, view.Id, new AccountCommand.RetireContact(contact, step.Draft.Why),
            scene.Command(step.Token), cancellationToken, view.Furthest);
        return await step.EndWithAsync(
            outcome.Refusal is { } refusal
                ? ContactRefusals.Explain(scene, playbook, outcome.Account, refusal)
                : Texts["contact.retired", scene.Culture, outcome.Account?.Find(contact)?.Name, view.Name]
                    + Marks.Paragraph + CoverageWords.After(view.Furthest, outcome.Account, scene.Company, playbook, scene.Today, scene.Culture),
            cancellationToken);
    }
}
