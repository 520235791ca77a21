using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.CheckIn;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>Who of us looks after a contact, as it is to be.</summary>
/// <param name="Contact">Whom.</param>
/// <param name="Person">Who of us.</param>
internal sealed record Assignment(string Contact, string Person);

/// <summary>Names maintainers: shows what the rules propose, takes all of it with one press, or one contact and one colleague.</summary>
internal sealed class AssignDialog(AccountSearch search, AccountLedger accounts, AssignmentNews news, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the account's words.</summary>
    public const string Id = "assign";

    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 1, FindAsync, ProposeAsync, AskWhomAsync, AskColleagueAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        step.Values.Set("command", CommandIds.Of(step.Turn));
        return step.BeginAsync(FindAccountDialog.Id, DialogJson.ToElement(step.Options<string>() ?? ""), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ProposeAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } account || await search.SeeAsync(scene, account, cancellationToken) is not { } view)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("account", view.Name);
        var proposals = await ProposalsAsync(scene, view, cancellationToken);
        List<Assignment> proposed = [.. proposals.Where(p => p.Proposed is not null).Select(p => new Assignment(p.Contact.Id.Value, p.Proposed!.Id.Value))];
        if (proposed.Count == 0)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("proposed", proposed);
        var token = step.Values.Get<string>("command")!;
        var (all, choose) = (Texts["assign.accept", scene.Culture], Texts["assign.choose", scene.Culture]);
        var facts = proposals.Select(p => (p.Contact.Name, p.Proposed?.Name ?? Texts["assign.nobody-free", scene.Culture])).ToList();
        var question = ContactFacts.Answer(
            scene, Texts["assign.proposals", scene.Culture, view.Name], facts, "",
            ConversationCard.Answer(all, "1", token, ActionStyle.Positive), ConversationCard.Answer(choose, "2", token));
        List<Choice> choices = [new(all, ["all", "accept", "yes", "ok", "全部", "接受", "是", "好"]), new(choose, ["choose", "选择"])];
        var listed = Prompts.Ask(scene, question.Text!, choices);
        return await step.PromptAsync(
            Prompts.Choice,
            new PromptOptions { Prompt = question with { Text = listed.Text, SuggestedActions = listed.SuggestedActions }, Choices = choices }, cancellationToken);
    }

    private static async ValueTask<DialogTurnResult> AskWhomAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.HasResult && step.Result<FoundChoice>()!.Index == 0)
        {
            step.Values.Set("assigned", step.Values.Get<List<Assignment>>("proposed")!);
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var question = step.HasResult ? Texts["assign.whom", scene.Culture] : Texts["assign.all-covered", scene.Culture];
        return await step.BeginAsync(
            FindContactDialog.Id, DialogJson.ToElement(new FindContact(step.Values.Get<string>("account")!, question)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskColleagueAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Values.Get<List<Assignment>>("assigned") is not null)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        if (step.Result<string>() is not { } id
            || await search.SeeAsync(scene, step.Values.Get<string>("account")!, cancellationToken) is not { } view || view.Find(id) is not { } contact)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var people = Colleagues.All(scene.Company, view.Furthest?.Facts.Owner ?? scene.Person.Id)
            .OrderByDescending(p => contact.IsDecisionMaker && playbook.Coverage.DecisionMakersBy.Contains(p.Role)).ToList();
        step.Values.Set("contact", id);
        step.Values.Set("people", people.Select(p => p.Id.Value).ToList());
        var choices = people.Select(p => new Choice(p.Name)).ToList();
        var prompt = Prompts.Ask(scene, Texts["ask.maintainer", scene.Culture, contact.Name], choices);
        return await step.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = prompt, Choices = choices }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (await search.SeeAsync(scene, step.Values.Get<string>("account")!, cancellationToken) is not { } view)
        {
            step.Turn.Send(scene.Say("find.none-at-all"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var assigned = step.Values.Get<List<Assignment>>("assigned")
            ?? [new Assignment(step.Values.Get<string>("contact")!, step.Values.Get<List<string>>("people")![step.Result<FoundChoice>()!.Index])];
        var account = view.Account;
        List<(string, string)> facts = [];
        List<string> refused = [];
        foreach (var one in assigned)
        {
            var (contact, person) = (new ContactId(one.Contact), new PersonId(one.Person));
            var command = $"{step.Values.Get<string>("command")}~{one.Contact}";
            var outcome = await accounts.RecordAsync(
                scene.Tenant, view.Id, new AccountCommand.AssignMaintainer(contact, person), scene.Command(command), cancellationToken);
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

        var sentence = string.Join(Marks.Paragraph, refused.Append(CoverageWords.After(scene, view, account, playbook)));
        step.Turn.Send(facts.Count == 0
            ? Activity.Message(sentence)
            : ContactFacts.Answer(scene, Texts["assign.recorded", scene.Culture, view.Name], facts, sentence));
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
            await foreach (var other in accounts.MaintainedByAsync(scene.Tenant, senior.Id, cancellationToken))
            {
                elsewhere[senior.Id] = elsewhere.GetValueOrDefault(senior.Id)
                    + (other.Id == account.Id ? 0 : other.Active.Count(c => c.IsDecisionMaker && c.Maintainer == senior.Id));
            }
        }

        return MaintainerProposals.Of(account, scene.Company, owner, playbook, elsewhere);
    }
}
