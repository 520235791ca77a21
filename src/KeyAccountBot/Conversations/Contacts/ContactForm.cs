using System.Globalization;
using System.Text.Json;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>A contact on one card, for those who would rather tick than type.</summary>
internal static class ContactForm
{
    /// <summary>The verb of its button.</summary>
    public const string Verb = "contact/review";

    private const string Nobody = "-";
    private const string Coach = "coach";
    private const int LongestName = 200;
    private const int Listed = 100;
    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>The card, filled in as the draft is.</summary>
    public static Attachment Build(Scene scene, Playbook playbook, AccountView view, ContactDraft draft, string question)
    {
        var settings = playbook.Coverage;
        var culture = scene.Culture;
        string NameOf(ContactField field) => ContactQuestions.NameOf(scene, field);
        var nobody = new InputChoice(Texts["contact.nobody", culture], Nobody);
        var colleagues = Colleagues.Near(scene.Company, view.Furthest?.Facts.Owner ?? scene.Person.Id).ToList();
        if (draft.MaintainedBy is { } id && scene.Company.Find(id) is { } maintainer && !colleagues.Contains(maintainer))
        {
            colleagues.Add(maintainer);
        }

        List<AdaptiveElement> body =
        [
            new TextBlock(question) { Heading = true, Weight = TextWeight.Bolder, Size = TextSize.Default },
            new TextInput("name", NameOf(ContactField.Name))
            {
                MaxLength = LongestName, Value = draft.Name.Length > 0 ? draft.Name : null, Required = true, ErrorMessage = Texts["contact.name-missing", culture],
            },
            new ChoiceSetInput("department", NameOf(ContactField.Department), [.. settings.Departments.Select(d => new InputChoice(d.Name.For(culture), d.Id.Value))])
            {
                Value = draft.Department.Length > 0 ? draft.Department : null, Placeholder = Texts["contact.choose", culture], Required = true, ErrorMessage = Texts["contact.department-missing", culture],
            },
            new ChoiceSetInput("level", NameOf(ContactField.Level), [.. settings.Levels.Select(l => new InputChoice(l.Name.For(culture), l.Level.ToString()))])
            {
                Value = draft.Level.ToString(),
            },
            new ChoiceSetInput("role", NameOf(ContactField.BuyingRole), [.. settings.BuyingRoles.Select(r => new InputChoice(r.Name.For(culture), r.Role.ToString()))])
            {
                Value = draft.BuyingRole.ToString(),
            },
            new ChoiceSetInput("strength", NameOf(ContactField.Strength), [.. Enumerable.Range(0, 5).Select(s =>
                new InputChoice(ContactFacts.StrengthOf(scene, s), s.ToString(CultureInfo.InvariantCulture)))])
            {
                Value = draft.Strength.ToString(CultureInfo.InvariantCulture),
            },
            new ChoiceSetInput("coach", NameOf(ContactField.Coach), [new InputChoice(Texts["contact.coach-yes", culture], Coach)])
            {
                Multi = true, Expanded = true, Value = draft.IsCoach ? Coach : null,
            },
            new ChoiceSetInput("reportsTo", NameOf(ContactField.ReportsTo), [nobody, .. view.Contacts.Where(c => c.Id.Value != draft.Contact)
                .OrderByDescending(c => c.Data.Level).Take(Listed).Select(c => new InputChoice(c.Name, c.Id.Value))])
            {
                Value = draft.ReportsTo ?? Nobody,
            },
            new ChoiceSetInput("maintainer", NameOf(ContactField.Maintainer), [nobody, .. colleagues.Select(p => new InputChoice(p.Name, p.Id.Value))])
            {
                Value = draft.Maintainer ?? Nobody,
            },
        ];
        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["account"] = draft.Account, ["token"] = draft.Command };
        if (draft.Contact is { } contact)
        {
            data["contact"] = contact;
        }

        return new AdaptiveCard(body, [new ExecuteAction(Verb, scene.Say("check-in.submit"), DialogJson.ToElement(data), ActionStyle.Positive)])
        {
            FallbackText = question,
            Lang = culture.TwoLetterISOLanguageName,
        }.ToAttachment();
    }

    /// <summary>What was filled in; what is unknown is refused later by the domain.</summary>
    public static ContactDraft Read(JsonElement data)
    {
        var draft = ContactDraft.New(Text(data, "account") ?? "", Text(data, "token") ?? "");
        return draft with
        {
            Contact = Text(data, "contact"),
            Name = Text(data, "name") ?? "",
            Department = Text(data, "department") ?? "",
            Level = Word(data, "level", draft.Level),
            BuyingRole = Word(data, "role", draft.BuyingRole),
            Strength = int.TryParse(Text(data, "strength"), NumberStyles.None, CultureInfo.InvariantCulture, out var strength) ? strength : draft.Strength,
            IsCoach = Text(data, "coach") == Coach,
            ReportsTo = Chosen(data, "reportsTo"),
            Maintainer = Chosen(data, "maintainer"),
        };
    }

    private static string? Chosen(JsonElement data, string name) => Text(data, name) is { } id && id != Nobody ? id : null;

    private static T Word<T>(JsonElement data, string name, T otherwise) where T : struct, Enum =>
        Enum.TryParse<T>(Text(data, name), ignoreCase: false, out var word) && Enum.IsDefined(word) ? word : otherwise;

    // no client lets anybody write more than the card says; what comes longer is cut
    private static string? Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 } text
            ? text[..Math.Min(text.Length, name == "name" ? LongestName : text.Length)]
            : null;
}
