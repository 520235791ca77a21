using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>A contact and where they are.</summary>
/// <param name="Account">The customer's name.</param>
/// <param name="Contact">The contact's id.</param>
internal sealed record Touched(string Account, string Contact);

/// <summary>What the dialog remembers.</summary>
internal sealed record TouchDraft
{
    /// <summary>Those offered, in the order shown; none where the words named one.</summary>
    public IReadOnlyList<Touched> Offered { get; init; } = [];

    /// <summary>Whom it is about.</summary>
    public Touched? Whom { get; init; }
}

/// <summary>Somebody of ours was in touch with a contact today: whom, what about; records once the last question is answered.</summary>
internal sealed class TouchDialog(AccountSearch search, Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the contact's name, empty to choose.</summary>
    public const string Id = "touch";

    private const double Close = 0.6;
    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");
    private static readonly System.Collections.Frozen.FrozenSet<string> NothingWords = AnswerWords.Of("nothingToLog");

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<TouchDraft>(Id, 2, AskWhomAsync, AskWhatAsync, RecordAsync);

    private async ValueTask<DialogTurnResult> AskWhomAsync(WaterfallStepContext<TouchDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var words = step.Options<string>() ?? "";
        List<(Account Account, Contact Contact)> known = [.. (await dossiers.CustomersAsync(scene.Asker, cancellationToken))
            .SelectMany(a => a.Active.Select(c => (Account: a, Contact: c)))
            .OrderByDescending(c => c.Contact.Maintainer == scene.Person.Id)];
        if (known.Count == 0)
        {
            return await step.EndWithAsync(Texts["touch.nobody", scene.Culture], cancellationToken);
        }

        var wanted = OpportunitySearch.Folded(words);
        var exact = known.Where(c => OpportunitySearch.Folded(c.Contact.Name) == wanted).ToList();
        if (exact.Count == 1)
        {
            return await step.NextAsync(DialogJson.ToElement(new Touched(exact[0].Account.Name, exact[0].Contact.Id.Value)), cancellationToken);
        }

        var offered = exact.Count > 1 || wanted.Length == 0
            ? exact.Count > 1 ? exact : known
            : [.. known.Select(c => (Known: c, Score: OpportunitySearch.Score(c.Contact.Name, wanted))).Where(c => c.Score >= Close)
                .OrderByDescending(c => c.Score).Select(c => c.Known)];
        if (offered.Count == 0)
        {
            return await step.EndWithAsync(Texts["touch.not-found", scene.Culture, words], cancellationToken);
        }

        step.Draft = step.Draft with { Offered = [.. offered.Select(c => new Touched(c.Account.Name, c.Contact.Id.Value))] };
        var choices = offered.Select(c => new Choice(Texts["touch.choice", scene.Culture, c.Contact.Name, c.Account.Name])).ToList();
        var question = wanted.Length == 0 || exact.Count > 1 ? Texts["touch.whom", scene.Culture] : scene.Say("find.did-you-mean", words);
        return await step.PromptAsync(
            Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, question, choices), Choices = choices }, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskWhatAsync(WaterfallStepContext<TouchDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Draft = step.Draft with { Whom = step.Draft.Offered is { Count: > 0 } offered ? offered[step.Result<FoundChoice>()!.Index] : step.Result<Touched>() };
        return step.PromptAsync(Prompts.Text, Prompts.Ask(Texts["touch.what", scene.Culture]), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<TouchDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var whom = step.Draft.Whom!;
        var said = step.Result<string>()!.Trim();
        var (account, contact) = (AccountId.OfName(whom.Account), new ContactId(whom.Contact));
        var command = new AccountCommand.LogTouch([contact], scene.Today, NothingWords.Contains(said) ? Texts["touch.done", scene.Culture] : said);
        var outcome = await dossiers.RecordAsync(scene.Asker, account, command, scene.Command(step.Token), cancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            return await step.EndWithAsync(ContactRefusals.Explain(scene, playbook, outcome.Account, refusal), cancellationToken);
        }

        // who only looks after the contact may not see the customer's opportunities
        var sentence = Texts["touch.recorded", scene.Culture, outcome.Account?.Find(contact)?.Name];
        return await step.EndWithAsync(
            await search.SeeAsync(scene, whom.Account, cancellationToken) is { } view
                ? sentence + Marks.Paragraph + CoverageWords.After(view.Furthest, outcome.Account, scene.Company, playbook, scene.Today, scene.Culture)
                : sentence,
            cancellationToken);
    }
}
