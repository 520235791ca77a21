using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>A contact to add, as far as a sentence says.</summary>
/// <param name="Words">Which account, as the person said it; empty to ask.</param>
internal sealed record AddContact(string Words)
{
    /// <summary>What was said; its account is empty where it still has to be found.</summary>
    public ContactDraft Said { get; init; } = new();

    /// <summary>What the sentence leaves out and has to be asked for.</summary>
    public IReadOnlyList<ContactField> Missing { get; init; } = [];

    /// <summary>Begun by a sentence: what it leaves out is asked for, and nothing else.</summary>
    public bool IsSaid { get; init; }

    /// <summary>The slots of a wish.</summary>
    public static AddContact Of(Asked asked)
    {
        Level? level = Enum.TryParse<Level>(asked.One("level"), ignoreCase: true, out var stands) ? stands : null;
        BuyingRole? role = Enum.TryParse<BuyingRole>(asked.One("role"), ignoreCase: true, out var does) ? does : null;
        var (name, department) = (asked.One("name") ?? asked.One("value") ?? "", asked.One("department") ?? "");
        return new AddContact(asked.Account ?? "")
        {
            IsSaid = name.Length > 0,
            Said = new ContactDraft
            {
                Name = name,
                Department = department,
                Level = level ?? Level.Staff,
                BuyingRole = role ?? BuyingRole.User,
                Title = asked.One("title"),
                Phone = asked.One("phone"),
                Email = asked.One("email"),
            },
            Missing =
            [
                .. name.Length == 0 ? [ContactField.Name] : Array.Empty<ContactField>(),
                .. department.Length == 0 ? [ContactField.Department] : Array.Empty<ContactField>(),
                .. level is null ? [ContactField.Level] : Array.Empty<ContactField>(),
                .. role is null ? [ContactField.BuyingRole] : Array.Empty<ContactField>(),
            ],
        };
    }
}

/// <summary>A new contact: name, department, level, buying role, relationship, coach, superior; then what was understood, and yes.</summary>
internal sealed class AddContactDialog(AccountSearch search, Playbook playbook)
{
    /// <summary>The dialog's id; its option is an <see cref="AddContact"/>.</summary>
    public const string Id = "add-contact";

    private static readonly ContactField[] Asked =
    [
        ContactField.Name, ContactField.Department, ContactField.Level, ContactField.BuyingRole, ContactField.Strength, ContactField.Coach, ContactField.ReportsTo,
    ];

    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");
    private readonly ContactQuestions questions = new(playbook);

    /// <summary>The questions, in speaking order.</summary>
    public Dialog Dialog => new WaterfallDialog<ContactQuestionsDraft>(
        Id, 3,
        [
            FindAsync, AskNameAsync,
            .. Enumerable.Range(1, Asked.Length - 1).Select(i => (WaterfallStep<ContactQuestionsDraft>)((step, stop) => AskAsync(step, i, stop))),
            GatherAsync,
        ]);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext<ContactQuestionsDraft> step, CancellationToken cancellationToken) =>
        step.BeginAsync(FindAccountDialog.Id, DialogJson.ToElement(step.Options<AddContact>()?.Words ?? ""), cancellationToken);

    // the whole contact also as a form: those who would rather tick are done in one go
    private async ValueTask<DialogTurnResult> AskNameAsync(WaterfallStepContext<ContactQuestionsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } account || await search.SeeAsync(scene, account, cancellationToken) is not { } view)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var contact = step.Options<AddContact>()!.Said with { Account = view.Name };
        step.Draft = step.Draft with { Contact = contact, Field = ContactField.Name };
        if (contact.Name.Length > 0)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var question = Texts["ask.name", scene.Culture, view.Name];
        var prompt = ContactForm.Of(scene, playbook, view, contact, question, step.Token);
        return await step.PromptAsync(Prompts.Name, new PromptOptions { Prompt = prompt, RetryPrompt = Message.Of(question) }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskAsync(WaterfallStepContext<ContactQuestionsDraft> step, int index, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = ContactQuestions.Take(step);
        if (await search.SeeAsync(scene, draft.Account, cancellationToken) is not { } view)
        {
            return await step.EndWithAsync(scene.Say("find.none-at-all"), cancellationToken);
        }

        if (Asked[index - 1] == ContactField.Name
            && view.Contacts.FirstOrDefault(c => string.Equals(c.Name, draft.Name, StringComparison.OrdinalIgnoreCase)) is { } taken)
        {
            return await step.EndWithAsync(ContactRefusals.NameTaken(scene, playbook, taken), cancellationToken);
        }

        // colleagues in one department mostly do the same in a purchase
        if (Asked[index] == ContactField.BuyingRole && step.Options<AddContact>() is not { IsSaid: true } && view.Contacts.LastOrDefault(c => c.Data.Department.Value == draft.Department && !c.IsDecisionMaker) is { } alike)
        {
            draft = draft with { BuyingRole = alike.Data.BuyingRole };
        }

        step.Draft = step.Draft with { Contact = draft };
        var said = step.Options<AddContact>()!;
        return said.IsSaid && !said.Missing.Contains(Asked[index])
            ? await step.NextAsync(cancellationToken: cancellationToken)
            : await questions.AskAsync(step, Asked[index], view, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> GatherAsync(WaterfallStepContext<ContactQuestionsDraft> step, CancellationToken cancellationToken) =>
        step.ReplaceAsync(ConfirmContactDialog.Id, DialogJson.ToElement(ContactQuestions.Take(step)), cancellationToken);
}
