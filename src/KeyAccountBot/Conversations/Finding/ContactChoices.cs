using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Finding;

/// <summary>Contacts to choose from: by name, told apart by their department.</summary>
internal static class ContactChoices
{
    /// <summary>To be typed or numbered.</summary>
    public static IReadOnlyList<Choice> Of(Scene scene, Playbook playbook, IReadOnlyList<Contact> contacts) =>
        [.. contacts.Select(c => new Choice(LineOf(scene, playbook, c), [c.Name]) { Id = c.Id.Value })];

    /// <summary>To be ticked on a form.</summary>
    public static IReadOnlyList<FieldChoice> OnCard(Scene scene, Playbook playbook, IReadOnlyList<Contact> contacts) =>
        [.. contacts.Select(c => new FieldChoice(LineOf(scene, playbook, c), c.Id.Value))];

    private static string LineOf(Scene scene, Playbook playbook, Contact contact) =>
        playbook.Coverage.Find(contact.Data.Department)?.Name.For(scene.Culture) is { } department ? $"{contact.Name} · {department}" : contact.Name;
}
