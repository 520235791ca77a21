using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>Why nothing was recorded of a contact, in one sentence.</summary>
internal static class ContactRefusals
{
    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>The sentence for a refusal.</summary>
    /// <param name="scene">Who reads it.</param>
    /// <param name="playbook">What departments are called.</param>
    /// <param name="account">The customer, to name its contacts; <c>null</c> while not on record.</param>
    /// <param name="refusal">Why.</param>
    public static string Explain(Scene scene, Playbook playbook, Account? account, AccountRefusal refusal) => refusal switch
    {
        AccountRefusal.NoSuchContact => Texts["refused.no-such-contact", scene.Culture],
        AccountRefusal.NotTheirs => scene.Say("refusal.not-theirs"),
        AccountRefusal.RetiredContact retired => Texts["refused.retired", scene.Culture, retired.Contact.Name],
        AccountRefusal.CannotBeRead => Texts["refused.cannot-be-read", scene.Culture],
        AccountRefusal.ContactOnRecord => Texts["refused.on-record", scene.Culture],
        AccountRefusal.NameTaken taken => NameTaken(scene, playbook, taken.By),
        AccountRefusal.NothingSaid => scene.Say("refusal.nothing-said"),
        AccountRefusal.StrengthOutside outside => Texts["refused.strength", scene.Culture, outside.Strength],
        AccountRefusal.NoSuchDepartment => Texts["refused.department", scene.Culture],
        AccountRefusal.ReportingCircle circle => Texts[
            "refused.circle", scene.Culture, account?.Find(circle.ReportsTo)?.Name ?? Texts["contact.nobody", scene.Culture]],
        AccountRefusal.NobodyTouched => Texts["refused.nobody-touched", scene.Culture],
        AccountRefusal.TouchInTheFuture future => Texts["refused.future", scene.Culture, scene.Format(future.On)],
        _ => throw new InvalidOperationException($"No sentence for {refusal.GetType().Name}."),
    };

    /// <summary>That somebody of this name is on record, and where they stand.</summary>
    public static string NameTaken(Scene scene, Playbook playbook, Contact by) =>
        Texts["refused.name-taken", scene.Culture, by.Name, ContactFacts.PlaceOf(scene, playbook, by.Data)];
}
