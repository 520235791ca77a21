using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>What can be said of a contact.</summary>
internal enum ContactField
{
    Name,
    Department,
    Level,
    BuyingRole,
    Strength,
    Coach,
    ReportsTo,
    Maintainer,
    Title,
    Phone,
    Email,
}

/// <summary>What a dialog remembers that asks about a contact.</summary>
internal sealed record ContactQuestionsDraft
{
    /// <summary>What was said so far.</summary>
    public ContactDraft Contact { get; init; } = new();

    /// <summary>What was asked last.</summary>
    public ContactField Field { get; init; }

    /// <summary>The ids of what was offered with it, in the order shown.</summary>
    public IReadOnlyList<string> Offered { get; init; } = [];
}

/// <summary>Asks for one thing after the other of a contact, and takes the answers into the draft.</summary>
internal sealed class ContactQuestions(Playbook playbook)
{
    private const string Nobody = "-";
    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");
    private static readonly IReadOnlyList<string> Skip = AnswerWords.File.Words("skip");

    /// <summary>What a field is called.</summary>
    public static string NameOf(Scene scene, ContactField field)
    {
        var key = field switch
        {
            ContactField.Name => "contact.name",
            ContactField.Department => "contact.department",
            ContactField.Level => "contact.level",
            ContactField.BuyingRole => "contact.buying-role",
            ContactField.Strength => "contact.strength",
            ContactField.Coach => "contact.coach",
            ContactField.ReportsTo => "contact.reports-to",
            ContactField.Maintainer => "contact.maintainer",
            ContactField.Title => "contact.title",
            ContactField.Phone => "contact.phone",
            ContactField.Email => "contact.email",
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
        };
        return Texts[key, scene.Culture];
    }

    /// <summary>Puts the question; goes on at once where there is nothing to choose from.</summary>
    public ValueTask<DialogTurnResult> AskAsync(
        WaterfallStepContext<ContactQuestionsDraft> step, ContactField field, AccountView view, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Draft.Contact;
        step.Draft = step.Draft with { Field = field };
        var question = QuestionOf(scene, field, draft);
        if (IsInWords(field))
        {
            return step.PromptAsync(Prompts.Name, Prompts.Ask(question, "name"), cancellationToken);
        }

        var choices = ChoicesOf(scene, field, view, draft);
        if (choices.Count <= 1)
        {
            return step.NextAsync(cancellationToken: cancellationToken);
        }

        step.Draft = step.Draft with { Offered = [.. choices.Select(c => c.Id)] };
        List<Choice> all = [.. choices.Select(c => c.Choice with { Id = c.Id })];
        // a scale is answered by its own numbers, not by places in a list
        var prompt = field == ContactField.Strength ? AskScale(question, all) : Prompts.Ask(scene, question, all);
        return step.PromptAsync(
            Prompts.Choice, new PromptOptions { Prompt = prompt, Choices = all, Field = char.ToLowerInvariant(field.ToString()[0]) + field.ToString()[1..] }, cancellationToken);
    }

    /// <summary>The contact with the answer to the question put last; unchanged where none was put.</summary>
    public static ContactDraft Take(WaterfallStepContext<ContactQuestionsDraft> step)
    {
        var (draft, field) = (step.Draft.Contact, step.Draft.Field);
        if (!step.HasResult)
        {
            return draft;
        }

        if (IsInWords(field))
        {
            var said = step.Result<string>()!.Trim();
            return field switch
            {
                ContactField.Title => draft with { Title = said },
                ContactField.Phone => draft with { Phone = said },
                ContactField.Email => draft with { Email = said },
                _ => draft with { Name = said },
            };
        }

        var id = step.Draft.Offered[step.Result<FoundChoice>()!.Index];
        return field switch
        {
            ContactField.Department => draft with { Department = id },
            ContactField.Level => draft with { Level = Enum.Parse<Level>(id) },
            ContactField.BuyingRole => draft with { BuyingRole = Enum.Parse<BuyingRole>(id) },
            ContactField.Strength => draft with { Strength = id[0] - '0' },
            ContactField.Coach => draft with { IsCoach = id == bool.TrueString },
            ContactField.ReportsTo => draft with { ReportsTo = id == Nobody ? null : id },
            ContactField.Maintainer => draft with { Maintainer = id == Nobody ? null : id },
            _ => throw new InvalidOperationException($"No answer is taken for {field}."),
        };
    }

    /// <summary>A question that is answered by the numbers of a scale, each with its meaning.</summary>
    public static Message AskScale(string question, IReadOnlyList<Choice> steps) => (Message.Of(question) with
    {
        Body = [new Paragraph(question), .. steps.Select(s => new Paragraph(s.Value))],
    }).Offering([.. steps.Select(s => new ReadyAnswer(s.Value, s.Value[..1]))]);

    private static bool IsInWords(ContactField field) => field is ContactField.Name or ContactField.Title or ContactField.Phone or ContactField.Email;

    private string QuestionOf(Scene scene, ContactField field, ContactDraft draft)
    {
        // of a new contact most can be left open: the question says what is taken then
        var isNew = draft.Contact is null;
        var settings = playbook.Coverage;
        var question = field switch
        {
            ContactField.Name => Texts["ask.name", scene.Culture, draft.Account],
            ContactField.Department => Texts["ask.department", scene.Culture, draft.Name],
            ContactField.Level => Texts["ask.level", scene.Culture, draft.Name],
            ContactField.BuyingRole => Texts["ask.buying-role", scene.Culture, draft.Name],
            ContactField.Strength => Texts["ask.strength", scene.Culture, draft.Name],
            ContactField.Coach => Texts["ask.coach", scene.Culture, draft.Name],
            ContactField.ReportsTo => Texts["ask.reports-to", scene.Culture, draft.Name],
            ContactField.Maintainer => Texts["ask.maintainer", scene.Culture, draft.Name],
            ContactField.Title => Texts["ask.title", scene.Culture, draft.Name],
            ContactField.Phone => Texts["ask.phone", scene.Culture, draft.Name],
            ContactField.Email => Texts["ask.email", scene.Culture, draft.Name],
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
        };
        var skipped = field switch
        {
            ContactField.Level => settings.NameOf(draft.Level).For(scene.Culture),
            ContactField.BuyingRole => settings.NameOf(draft.BuyingRole).For(scene.Culture),
            ContactField.Strength => "0",
            ContactField.Coach => scene.Say("no.says"),
            ContactField.ReportsTo => Texts["contact.nobody", scene.Culture],
            _ => null,
        };
        return isNew && skipped is not null ? Texts["ask.or-skip", scene.Culture, question, skipped] : question;
    }

    private List<(string Id, Choice Choice)> ChoicesOf(Scene scene, ContactField field, AccountView view, ContactDraft draft)
    {
        var settings = playbook.Coverage;
        var culture = scene.Culture;
        return field switch
        {
            ContactField.Department => [.. settings.Departments.Select(d => (d.Id.Value, new Choice(d.Name.For(culture))))],
            ContactField.Level => [.. settings.Levels.Select(l => (l.Level.ToString(), Or(l.Name.For(culture), l.Level == draft.Level)))],
            ContactField.BuyingRole => [.. settings.BuyingRoles.Select(r => (r.Role.ToString(), Or(r.Name.For(culture), r.Role == draft.BuyingRole)))],
            ContactField.Strength => [.. Enumerable.Range(0, 5).Select(s => (
                s.ToString(culture), new Choice(ContactFacts.StrengthOf(scene, s), [s.ToString(culture), .. s == 0 ? Skip : []])))],
            ContactField.Coach =>
            [
                (bool.TrueString, new Choice(Texts["contact.coach-yes", culture], AnswerWords.File.Words("coachYes"))),
                (bool.FalseString, new Choice(Texts["contact.coach-no", culture], [.. AnswerWords.File.Words("coachNo"), .. Skip])),
            ],
            ContactField.ReportsTo =>
            [
                .. view.Contacts.Where(c => c.Id.Value != draft.Contact).OrderByDescending(c => c.Data.Level).Select(c => (c.Id.Value, new Choice(c.Name))),
                (Nobody, NobodyOf(scene)),
            ],
            ContactField.Maintainer =>
            [
                .. Colleagues.All(scene.Company, view.Furthest?.Facts.Owner ?? scene.Person.Id).Select(p => (p.Id.Value, new Choice(p.Name))),
                (Nobody, NobodyOf(scene)),
            ],
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
        };
    }

    private static Choice Or(string name, bool isDefault) => new(name, isDefault ? Skip : null);

    private static Choice NobodyOf(Scene scene) =>
        new(Texts["contact.nobody", scene.Culture], [.. AnswerWords.File.Words("nobody"), .. Skip]);
}
