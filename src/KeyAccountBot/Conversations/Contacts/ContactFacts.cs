using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>A contact in names and values.</summary>
internal static class ContactFacts
{
    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>What is said of a contact; title, phone and e-mail only where they are known, with what stood there before where that is another.</summary>
    public static IReadOnlyList<(string Label, string Value)> Of(
        Scene scene, Playbook playbook, Account? account, ContactData data, PersonId? maintainer, ContactData? before = null)
    {
        var nobody = Texts["contact.nobody", scene.Culture];
        return
        [
            (Texts["contact.department", scene.Culture], PlaceOf(scene, playbook, data)),
            (Texts["contact.buying-role", scene.Culture], playbook.Coverage.NameOf(data.BuyingRole).For(scene.Culture)),
            (Texts["contact.strength", scene.Culture], StrengthOf(scene, data.Strength)),
            (Texts["contact.coach", scene.Culture], data.IsCoach ? Texts["contact.coach-yes", scene.Culture] : Texts["contact.coach-no", scene.Culture]),
            (Texts["contact.reports-to", scene.Culture], data.ReportsTo is { } superior ? account?.Find(superior)?.Name ?? nobody : nobody),
            (Texts["contact.maintainer", scene.Culture], maintainer is { } id ? scene.Company.Find(id)?.Name ?? nobody : nobody),
            .. Reached(scene, Texts["contact.title", scene.Culture], data.Title, before?.Title),
            .. Reached(scene, Texts["contact.phone", scene.Culture], data.Phone, before?.Phone),
            .. Reached(scene, Texts["contact.email", scene.Culture], data.Email, before?.Email),
        ];
    }

    private static IEnumerable<(string Label, string Value)> Reached(Scene scene, string label, string? value, string? before) =>
        value is not { Length: > 0 } ? []
        : before is { Length: > 0 } && before != value ? [(label, scene.Say("fact.instead-of", value, before))]
        : [(label, value)];

    /// <summary>Department and level.</summary>
    public static string PlaceOf(Scene scene, Playbook playbook, ContactData data) => Texts[
        "contact.place", scene.Culture,
        playbook.Coverage.Find(data.Department)?.Name.For(scene.Culture) ?? Texts["contact.no-department", scene.Culture],
        playbook.Coverage.NameOf(data.Level).For(scene.Culture)];

    /// <summary>A strength with its meaning; the number alone for one outside the scale.</summary>
    public static string StrengthOf(Scene scene, int strength) => strength is >= 0 and <= 4
        ? Texts["strength." + strength.ToString(System.Globalization.CultureInfo.InvariantCulture), scene.Culture]
        : strength.ToString(scene.Culture);
}
