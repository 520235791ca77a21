using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>A contact on one form, for those who would rather tick than type.</summary>
internal static class ContactForm
{
    /// <summary>The verb of its button.</summary>
    public const string Verb = "contact/review";

    private const string Nobody = "-";
    private const string Coach = "coach";
    private const int LongestName = 200;
    private const int Listed = 100;
    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>The question with the form, filled in as the draft is.</summary>
    public static Message Of(Scene scene, Playbook playbook, AccountView view, ContactDraft draft, string question, string token)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["account"] = draft.Account, ["token"] = token };
        if (draft.Contact is { } contact)
        {
            data["contact"] = contact;
        }

        // the form has no fields for these: they come back as they were
        foreach (var (name, value) in new[] { ("title", draft.Title), ("phone", draft.Phone), ("email", draft.Email) })
        {
            if (value is { Length: > 0 })
            {
                data[name] = value;
            }
        }

        return new Message
        {
            Language = scene.Culture.Name,
            Title = question,
            Form = new Form(
                FieldsOf(scene, playbook, view, draft),
                new PressAction(scene.Say("check-in.submit"), Verb, DialogJson.ToElement(data)) { Style = ActionStyle.Positive }),
        };
    }

    /// <summary>What was filled in; what is unknown is refused later by the domain.</summary>
    public static ContactDraft Read(JsonElement data) => new()
    {
        Account = CardForm.Text(data, "account", int.MaxValue) ?? "",
        Contact = CardForm.Text(data, "contact", int.MaxValue),
        Name = CardForm.Text(data, "name", LongestName) ?? "",
        Department = CardForm.Text(data, "department", int.MaxValue) ?? "",
        Level = Word(data, "level", Level.Staff),
        BuyingRole = Word(data, "role", BuyingRole.User),
        Strength = int.TryParse(CardForm.Text(data, "strength"), NumberStyles.None, CultureInfo.InvariantCulture, out var strength) ? strength : 0,
        IsCoach = CardForm.Text(data, "coach") == Coach,
        ReportsTo = Chosen(data, "reportsTo"),
        Maintainer = Chosen(data, "maintainer"),
        Title = CardForm.Text(data, "title", LongestName),
        Phone = CardForm.Text(data, "phone", LongestName),
        Email = CardForm.Text(data, "email", LongestName),
    };

    private static List<Field> FieldsOf(Scene scene, Playbook playbook, AccountView view, ContactDraft draft)
    {
        var settings = playbook.Coverage;
        var culture = scene.Culture;
        string NameOf(ContactField field) => ContactQuestions.NameOf(scene, field);
        var nobody = new FieldChoice(Texts["contact.nobody", culture], Nobody);
        var colleagues = Colleagues.Near(scene.Company, view.Furthest?.Facts.Owner ?? scene.Person.Id).ToList();
        if (draft.MaintainedBy is { } id && scene.Company.Find(id) is { } maintainer && !colleagues.Contains(maintainer))
        {
            colleagues.Add(maintainer);
        }

        return
        [
            new TextField("name", NameOf(ContactField.Name))
            {
                Longest = LongestName, Value = draft.Name.Length > 0 ? draft.Name : null, IsRequired = true, Missing = Texts["contact.name-missing", culture],
            },
            new ChoiceField("department", NameOf(ContactField.Department), [.. settings.Departments.Select(d => new FieldChoice(d.Name.For(culture), d.Id.Value))])
            {
                Value = draft.Department.Length > 0 ? draft.Department : null, Placeholder = Texts["contact.choose", culture], IsRequired = true, Missing = Texts["contact.department-missing", culture],
            },
            new ChoiceField("level", NameOf(ContactField.Level), [.. settings.Levels.Select(l => new FieldChoice(l.Name.For(culture), l.Level.ToString()))])
            {
                Value = draft.Level.ToString(),
            },
            new ChoiceField("role", NameOf(ContactField.BuyingRole), [.. settings.BuyingRoles.Select(r => new FieldChoice(r.Name.For(culture), r.Role.ToString()))])
            {
                Value = draft.BuyingRole.ToString(),
            },
            new ChoiceField("strength", NameOf(ContactField.Strength), [.. Enumerable.Range(0, 5).Select(s =>
                new FieldChoice(ContactFacts.StrengthOf(scene, s), s.ToString(CultureInfo.InvariantCulture)))])
            {
                Value = draft.Strength.ToString(CultureInfo.InvariantCulture),
            },
            new ChoiceField("coach", NameOf(ContactField.Coach), [new FieldChoice(Texts["contact.coach-yes", culture], Coach)])
            {
                IsMulti = true, IsExpanded = true, Value = draft.IsCoach ? Coach : null,
            },
            new ChoiceField("reportsTo", NameOf(ContactField.ReportsTo), [nobody, .. view.Contacts.Where(c => c.Id.Value != draft.Contact)
                .OrderByDescending(c => c.Data.Level).Take(Listed).Select(c => new FieldChoice(c.Name, c.Id.Value))])
            {
                Value = draft.ReportsTo ?? Nobody,
            },
            new ChoiceField("maintainer", NameOf(ContactField.Maintainer), [nobody, .. colleagues.Select(p => new FieldChoice(p.Name, p.Id.Value))])
            {
                Value = draft.Maintainer ?? Nobody,
            },
        ];
    }

    private static string? Chosen(JsonElement data, string name) => CardForm.Text(data, name, int.MaxValue) is { } id && id != Nobody ? id : null;

    private static T Word<T>(JsonElement data, string name, T otherwise) where T : struct, Enum =>
        Enum.TryParse<T>(CardForm.Text(data, name), ignoreCase: false, out var word) && Enum.IsDefined(word) ? word : otherwise;
}
