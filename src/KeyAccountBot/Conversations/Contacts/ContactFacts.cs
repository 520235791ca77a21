using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>A contact in names and values, and the answer that shows them.</summary>
internal static class ContactFacts
{
    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>What is said of a contact.</summary>
    public static IReadOnlyList<(string Label, string Value)> Of(
        Scene scene, Playbook playbook, Account? account, ContactData data, PersonId? maintainer)
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
        ];
    }

    /// <summary>Department and level.</summary>
    public static string PlaceOf(Scene scene, Playbook playbook, ContactData data) => Texts[
        "contact.place", scene.Culture,
        playbook.Coverage.Find(data.Department)?.Name.For(scene.Culture) ?? Texts["contact.no-department", scene.Culture],
        playbook.Coverage.NameOf(data.Level).For(scene.Culture)];

    /// <summary>A strength with its meaning; the number alone for one outside the scale.</summary>
    public static string StrengthOf(Scene scene, int strength) => strength is >= 0 and <= 4
        ? Texts["strength." + strength.ToString(System.Globalization.CultureInfo.InvariantCulture), scene.Culture]
        : strength.ToString(scene.Culture);

    /// <summary>A card of facts with its words beside it.</summary>
    public static Activity Answer(
        Scene scene, string title, IReadOnlyList<(string Label, string Value)> facts, string sentence, params IReadOnlyList<AdaptiveAction> answers)
    {
        var words = string.Join(Marks.Paragraph, [title, .. facts.Select(f => scene.Say("fact", f.Label, f.Value)), .. sentence.Length > 0 ? [sentence] : Array.Empty<string>()]);
        return Activity.Message(words) with { Summary = title, Attachments = [ConversationCard.Of(scene, title, facts, sentence, answers)] };
    }

    /// <summary>The same as a question, with a button for yes and one for no.</summary>
    public static Activity Question(Scene scene, string title, IReadOnlyList<(string Label, string Value)> facts, string question, string token) =>
        Prompts.Buttons(
            Answer(
                scene, title, facts, question,
                [
                    ConversationCard.Answer(scene.Say("yes"), "yes", token, ActionStyle.Positive),
                    ConversationCard.Answer(scene.Say("no"), "no", token),
                ]),
            [(scene.Say("yes"), scene.Say("yes.says")), (scene.Say("no"), scene.Say("no.says"))]);
}
