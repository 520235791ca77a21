using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>The end of adding or changing a contact, typed or by form: what was understood, yes, the record, and what is still missing.</summary>
internal sealed class ConfirmContactDialog(AccountSearch search, Dossiers dossiers, AssignmentNews news, Playbook playbook)
{
    /// <summary>The dialog's id; its option is a <see cref="ContactDraft"/>.</summary>
    public const string Id = "confirm-contact";

    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 2, ShowAsync, RecordAsync);

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Options<ContactDraft>()!;
        var view = await search.SeeAsync(scene, draft.Account, cancellationToken);
        if (view is null || Faults(scene, view, draft) is not null)
        {
            return await step.EndWithAsync(view is null ? scene.Say("find.none-at-all") : Faults(scene, view, draft)!, cancellationToken);
        }

        var title = draft.Contact is null
            ? Texts["contact.understood-new", scene.Culture, draft.Name, view.Name]
            : Texts["contact.understood-change", scene.Culture, draft.Name, view.Name];
        var facts = ContactFacts.Of(scene, playbook, view.Account, draft.Data, draft.MaintainedBy, view.Find(draft.Contact)?.Data);
        var question = ConversationCard.Confirm(scene, title, facts, scene.Say("check-in.record"), step.Token);
        return await step.PromptAsync(Prompts.Confirm, new PromptOptions { Prompt = question }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Options<ContactDraft>()!;
        if (!step.Result<bool>())
        {
            return await step.EndWithAsync(scene.Say("check-in.not-recorded"), cancellationToken);
        }

        // it may have left their sight since it was shown
        if (await search.SeeAsync(scene, draft.Account, cancellationToken) is not { } view)
        {
            return await step.EndWithAsync(ContactRefusals.Explain(scene, playbook, null, new AccountRefusal.NotTheirs()), cancellationToken);
        }

        var id = draft.IdUnder(step.Token);
        AccountCommand command = draft.Contact is null
            ? new AccountCommand.AddContact(view.Name, id, draft.Data, draft.MaintainedBy)
            : new AccountCommand.ChangeContact(id, draft.Data);
        var outcome = await dossiers.RecordAsync(scene.Asker, view.Id, command, scene.Command(step.Token), cancellationToken, view.Furthest);
        if (outcome.Refusal is null && draft.Contact is not null)
        {
            outcome = await dossiers.RecordAsync(
                scene.Asker, view.Id, new AccountCommand.AssignMaintainer(id, draft.MaintainedBy),
                scene.Command(step.Token + "~maintainer"), cancellationToken, view.Furthest);
        }

        await news.TellAsync(scene, view, id, outcome, step.Token, cancellationToken);
        step.Turn.Send(outcome.Refusal is { } refusal
            ? Message.Of(ContactRefusals.Explain(scene, playbook, outcome.Account, refusal))
            : ConversationCard.Of(
                scene, Texts["contact.recorded", scene.Culture, draft.Name, view.Name],
                ContactFacts.Of(scene, playbook, outcome.Account, draft.Data, draft.MaintainedBy),
                CoverageWords.After(view.Furthest, outcome.Account, scene.Company, playbook, scene.Today, scene.Culture)));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    // what a form can leave out, and what is refused anyway: said before anybody is asked to confirm it
    private string? Faults(Scene scene, AccountView view, ContactDraft draft) =>
        draft.Name.Length == 0 ? Texts["contact.name-missing", scene.Culture]
        : playbook.Coverage.Find(draft.Data.Department) is null ? Texts["contact.department-missing", scene.Culture]
        : draft.MaintainedBy is { } maintainer && scene.Company.Find(maintainer) is null ? Texts["contact.no-such-colleague", scene.Culture]
        : view.Contacts.FirstOrDefault(c => c.Id.Value != draft.Contact && string.Equals(c.Name, draft.Name, StringComparison.OrdinalIgnoreCase)) is { } taken
            ? ContactRefusals.NameTaken(scene, playbook, taken)
        : null;
}
