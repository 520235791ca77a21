using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>Who of us looks after a contact, as it is to be.</summary>
/// <param name="Contact">Whom.</param>
/// <param name="Person">Who of us.</param>
internal sealed record Assignment(string Contact, string Person);

/// <summary>What the dialog remembers.</summary>
internal sealed record AssignDraft
{
    /// <summary>The customer's name.</summary>
    public string Account { get; init; } = "";

    /// <summary>What the rules propose.</summary>
    public IReadOnlyList<Assignment> Proposed { get; init; } = [];

    /// <summary>What is to be recorded, once all proposals were taken; none while one is chosen by hand.</summary>
    public IReadOnlyList<Assignment> Assigned { get; init; } = [];

    /// <summary>The contact who was chosen.</summary>
    public string Contact { get; init; } = "";

    /// <summary>The ids of the colleagues offered, in the order shown.</summary>
    public IReadOnlyList<string> People { get; init; } = [];
}

/// <summary>Names maintainers: shows what the rules propose, takes all of it with one press, or one contact and one colleague.</summary>
internal sealed class AssignDialog(AccountSearch search, Dossiers dossiers, AssignmentNews news, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the account's words.</summary>
    public const string Id = "assign";

    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<AssignDraft>(Id, 2, FindAsync, ProposeAsync, AskWhomAsync, AskColleagueAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext<AssignDraft> step, CancellationToken cancellationToken) =>
        step.BeginAsync(FindAccountDialog.Id, DialogJson.ToElement(step.Options<string>() ?? ""), cancellationToken);

    private async ValueTask<DialogTurnResult> ProposeAsync(WaterfallStepContext<AssignDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } account || await search.SeeAsync(scene, account, cancellationToken) is not { } view)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var proposals = await ProposalsAsync(scene, view, cancellationToken);
        List<Assignment> proposed = [.. proposals.Where(p => p.Proposed is not null).Select(p => new Assignment(p.Contact.Id.Value, p.Proposed!.Id.Value))];
        step.Draft = step.Draft with { Account = view.Name, Proposed = proposed };
        if (proposed.Count == 0)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var (all, choose) = (Texts["assign.accept", scene.Culture], Texts["assign.choose", scene.Culture]);
        var facts = proposals.Select(p => (p.Contact.Name, p.Proposed?.Name ?? Texts["assign.nobody-free", scene.Culture])).ToList();
        List<Choice> choices = [new(all, AnswerWords.File.Words("acceptAll")), new(choose, AnswerWords.File.Words("chooseEach"))];
        var question = ConversationCard.Of(
            scene, Texts["assign.proposals", scene.Culture, view.Name], facts,
            actions: [ConversationCard.Answer(all, "1", step.Token, ActionStyle.Positive), ConversationCard.Answer(choose, "2", step.Token)]);
        return await step.PromptAsync(
            Prompts.Choice, new PromptOptions { Prompt = question with { Choices = [all, choose] }, Choices = choices }, cancellationToken);
    }

    private static async ValueTask<DialogTurnResult> AskWhomAsync(WaterfallStepContext<AssignDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.HasResult && step.Result<FoundChoice>()!.Index == 0)
        {
            step.Draft = step.Draft with { Assigned = step.Draft.Proposed };
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var question = step.HasResult ? Texts["assign.whom", scene.Culture] : Texts["assign.all-covered", scene.Culture];
        return await step.BeginAsync(
            FindContactDialog.Id, DialogJson.ToElement(new FindContact(step.Draft.Account, question)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskColleagueAsync(WaterfallStepContext<AssignDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Draft.Assigned.Count > 0)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        if (step.Result<string>() is not { } id
            || await search.SeeAsync(scene, step.Draft.Account, cancellationToken) is not { } view || view.Find(id) is not { } contact)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var people = Colleagues.All(scene.Company, view.Furthest?.Facts.Owner ?? scene.Person.Id)
            .OrderByDescending(p => contact.IsDecisionMaker && playbook.Coverage.DecisionMakersBy.Contains(p.Role)).ToList();
        step.Draft = step.Draft with { Contact = id, People = [.. people.Select(p => p.Id.Value)] };
        var choices = people.Select(p => new Choice(p.Name)).ToList();
        var prompt = Prompts.Ask(scene, Texts["ask.maintainer", scene.Culture, contact.Name], choices);
        return await step.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = prompt, Choices = choices }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<AssignDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (await search.SeeAsync(scene, step.Draft.Account, cancellationToken) is not { } view)
        {
            return await step.EndWithAsync(scene.Say("find.none-at-all"), cancellationToken);
        }

        IReadOnlyList<Assignment> assigned = step.Draft.Assigned.Count > 0
            ? step.Draft.Assigned
            : [new Assignment(step.Draft.Contact, step.Draft.People[step.Result<FoundChoice>()!.Index])];
        var account = view.Account;
        List<(string, string)> facts = [];
        List<string> refused = [];
        foreach (var one in assigned)
        {
            var (contact, person) = (new ContactId(one.Contact), new PersonId(one.Person));
            var command = $"{step.Token}~{one.Contact}";
            var outcome = await dossiers.RecordAsync(
                scene.Asker, view.Id, new AccountCommand.AssignMaintainer(contact, person), scene.Command(command), cancellationToken, view.Furthest);
            await news.TellAsync(scene, view, contact, outcome, command, cancellationToken);
            account = outcome.Account ?? account;
            if (outcome.Refusal is { } refusal)
            {
                refused.Add(ContactRefusals.Explain(scene, playbook, account, refusal));
            }
            else
            {
                facts.Add((account?.Find(contact)?.Name ?? "", scene.Company.Find(person)?.Name ?? ""));
            }
        }

        var sentence = string.Join(Marks.Paragraph, refused.Append(CoverageWords.After(view.Furthest, account, scene.Company, playbook, scene.Today, scene.Culture)));
        step.Turn.Send(facts.Count == 0
            ? Message.Of(sentence)
            : ConversationCard.Of(scene, Texts["assign.recorded", scene.Culture, view.Name], facts, sentence));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    // the load of those above counts over all customers
    private async ValueTask<IReadOnlyList<MaintainerProposal>> ProposalsAsync(Scene scene, AccountView view, CancellationToken cancellationToken)
    {
        if (view.Account is not { } account)
        {
            return [];
        }

        var owner = view.Furthest?.Facts.Owner ?? scene.Person.Id;
        var elsewhere = new Dictionary<PersonId, int>();
        foreach (var senior in scene.Company.LineAbove(owner).Where(p => playbook.Coverage.DecisionMakersBy.Contains(p.Role)))
        {
            elsewhere[senior.Id] = await dossiers.LoadOfAsync(scene.Asker, senior.Id, account.Id, cancellationToken);
        }

        return MaintainerProposals.Of(account, scene.Company, owner, playbook, elsewhere);
    }
}
