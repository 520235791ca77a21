using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Somebody who was named and is not on record.</summary>
/// <param name="Account">The customer's name.</param>
/// <param name="Opportunity">The opportunity that it came up with.</param>
/// <param name="Contact">What is known of them.</param>
/// <param name="On">The day of the report.</param>
internal sealed record NamedContact(string Account, string Opportunity, ContactToAdd Contact, DateOnly On);

/// <summary>Who is to be added.</summary>
internal sealed record NamedContacts(IReadOnlyList<NamedContact> Contacts);

/// <summary>What the dialog remembers.</summary>
internal sealed record AddNamedContactsDraft
{
    /// <summary>Who is still to be added, the one asked about first.</summary>
    public IReadOnlyList<NamedContact> Left { get; init; } = [];
}

/// <summary>Adds those whom a report named and who are not on record: one question each, the department; the rest can be said later.</summary>
internal sealed class AddNamedContactsDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is <see cref="NamedContacts"/>.</summary>
    public const string Id = "free-text/add";

    private const int ShortId = 16;
    private static readonly string[] No = ["-", .. AnswerWords.Of("nothing")];

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<AddNamedContactsDraft>(Id, 1, AskAsync, AddAsync);

    private async ValueTask<DialogTurnResult> AskAsync(WaterfallStepContext<AddNamedContactsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Draft = new AddNamedContactsDraft { Left = step.Options<NamedContacts>()!.Contacts };
        if (step.Draft.Left is not [var first, ..])
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        List<Choice> choices =
        [
            .. playbook.Coverage.Departments.Select(d => new Choice(d.Name.For(scene.Culture), [.. d.Name.Values, .. d.Phrases.All]) { Id = d.Id.Value }),
            new(ProposalWords.Say(scene, "free-text.do-not-add"), No) { Id = "-" },
        ];
        var question = ProposalWords.Say(scene, "free-text.which-department", first.Contact.Name, first.Account);
        return await step.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, question, choices), Choices = choices, Field = "department" }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AddAsync(WaterfallStepContext<AddNamedContactsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var first = step.Draft.Left[0];
        var chosen = step.Result<FoundChoice>()!.Index;
        if (chosen < playbook.Coverage.Departments.Count)
        {
            var (account, id) = (AccountId.OfName(first.Account), new ContactId(CommandIds.Derive($"{step.Token}~{first.Contact.Name}")[..ShortId]));
            var data = new ContactData(first.Contact.Name, playbook.Coverage.Departments[chosen].Id, first.Contact.Level ?? Level.Staff, first.Contact.Role ?? BuyingRole.User);
            var through = await dossiers.FindAsync(scene.Asker, new OpportunityId(first.Opportunity), cancellationToken);
            var outcome = await dossiers.RecordAsync(
                scene.Asker, account, new AccountCommand.AddContact(first.Account, id, data, scene.Person.Id), scene.Command($"{step.Token}~add-{id}"), cancellationToken, through);
            if (outcome.Refusal is null && first.Contact.IsMet)
            {
                await dossiers.RecordAsync(
                    scene.Asker, account, new AccountCommand.LogTouch([id], first.On, ProposalWords.Say(scene, "free-text.met")), scene.Command($"{step.Token}~touch-{id}"), cancellationToken, through);
            }

            step.Turn.Send(outcome.Refusal is { } refusal
                ? ContactRefusals.Explain(scene, playbook, outcome.Account, refusal)
                : ProposalWords.Say(scene, "free-text.added", first.Contact.Name, first.Account));
        }
        else
        {
            step.Turn.Send(ProposalWords.Say(scene, "free-text.not-added", first.Contact.Name));
        }

        return await step.ReplaceAsync(Id, DialogJson.ToElement(new NamedContacts([.. step.Draft.Left.Skip(1)])), cancellationToken);
    }
}
