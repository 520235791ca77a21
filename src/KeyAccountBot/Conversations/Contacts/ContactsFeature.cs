using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>A customer's organisation: its contacts, who looks after them, and the decision makers of the one who asks.</summary>
internal sealed class ContactsFeature(AccountSearch search, Dossiers dossiers, AssignmentNews news, DecisionMakers decisionMakers, ContactWishes wanted, Playbook playbook) : Feature
{
    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.Contacts.ContactPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Dialog> Dialogs =>
    [
        new FindAccountDialog(search).Dialog,
        new FindContactDialog(search).Dialog,
        new ShowContactsDialog(search, playbook).Dialog,
        new AddContactDialog(search, playbook).Dialog,
        new ChangeContactDialog(search, playbook).Dialog,
        new ConfirmContactDialog(search, dossiers, news, playbook).Dialog,
        new RetireContactDialog(search, dossiers, playbook).Dialog,
        new AssignDialog(search, dossiers, news, playbook).Dialog,
        new TouchDialog(search, dossiers, playbook).Dialog,
    ];

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes =>
    [
        Wish.Begins("contacts", ShowContactsDialog.Id),
        Wish.Begins("add-contact", AddContactDialog.Id, words => DialogJson.ToElement(new AddContact(words))),
        Wish.Begins("change-contact", ChangeContactDialog.Id),
        Wish.Begins("retire-contact", RetireContactDialog.Id, words => DialogJson.ToElement(new RetireContact(words))),
        Wish.Begins("assign", AssignDialog.Id) with { MayBeginReport = true },
        Wish.Begins("touch", TouchDialog.Id) with { MayBeginReport = true },
        Wish.Answers("my-decision-makers", false, (_, scene, _, cancellationToken) => DecisionMakersAsync(scene, null, cancellationToken)),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Grant> Grants =>
    [
        Grant.Begins("add-contact", AddContactDialog.Id, asked => DialogJson.ToElement(AddContact.Of(asked))),
        new("change-contact", wanted.ChangeAsync),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Press> Presses =>
    [
        Press.Fills(ContactForm.Verb, ConfirmContactDialog.Id, ContactForm.Read),
        new(DecisionMakersMessage.Verb, false, async (dialog, scene, data, cancellationToken) => dialog.Turn.Send(TouchPress.Of(data) is { } press
            ? await DecisionMakersAsync(scene, await decisionMakers.TouchTodayAsync(scene, press.Account, press.Contact, cancellationToken), cancellationToken)
            : Message.Of(scene.Say("unknown-action")))),
    ];

    private async ValueTask<Message> DecisionMakersAsync(Scene scene, string? news, CancellationToken cancellationToken) =>
        DecisionMakersMessage.Of(scene, await decisionMakers.OfAsync(scene, cancellationToken), news);
}
