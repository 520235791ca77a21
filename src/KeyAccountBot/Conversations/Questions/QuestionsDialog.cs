using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Conversations.Questions;

/// <summary>What is to be done with an opportunity's questions.</summary>
/// <param name="Intent">List, add, answer or reopen.</param>
/// <param name="Words">Which account, as the person said it; empty to ask.</param>
internal sealed record AboutQuestions(Intent Intent, string Words);

/// <summary>The customer's questions: listed, added, answered, reopened; records once the last question is answered.</summary>
internal sealed class QuestionsDialog(OpportunityLedger ledger, Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id.</summary>
    public const string Id = "questions";


    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 1, FindAsync, AskWhichAsync, AskWordsAsync, AskWhoAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var about = step.Options<AboutQuestions>()!;
        step.Values.Set("intent", about.Intent);
        step.Values.Set("command", CommandIds.Of(step.Turn));
        var among = about.Intent == Intent.Questions ? Among.Any : Among.WorkedOn;
        return step.BeginAsync(FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(about.Words, among)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhichAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id || await dossiers.OpenAsync(scene, id, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var intent = step.Values.Get<Intent>("intent");
        var account = scene.AccountOf(dossier.Opportunity.Facts.Account);
        if (intent == Intent.Questions)
        {
            step.Turn.Send(QuestionsCard.Of(scene, playbook, dossier));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        if (!dossier.Opportunity.IsOpen)
        {
            step.Turn.Send(QuestionTexts.Say(scene, "questions.not-open", account));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("id", id);
        if (intent == Intent.AddQuestion)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var answers = intent == Intent.AnswerQuestion;
        List<Question> offered = [.. Sales.Opportunities.Questions.Of(dossier.Opportunity, playbook).Where(q => q.IsOpen == answers)];
        if (offered.Count == 0)
        {
            step.Turn.Send(QuestionTexts.Say(scene, answers ? "questions.all-answered" : "questions.none-answered", account));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        // open ones from the earliest stage on; answered ones the latest first. All can be named, the first few are shown
        offered = answers ? offered : [.. offered.OrderByDescending(q => q.Answer!.On)];
        step.Values.Set("questions", offered.Select(q => q.Id.Value).ToList());
        List<Choice> choices = [.. offered.Select(q => new Choice(q.Text.For(scene.Culture)))];
        var question = QuestionTexts.Say(scene, answers ? "questions.which-answer" : "questions.which-reopen", account);
        return await step.PromptAsync(
            Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, question, choices) with { SuggestedActions = null }, Choices = choices }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWordsAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (await DossierAsync(step, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        if (step.Values.Get<Intent>("intent") == Intent.AddQuestion)
        {
            return await step.PromptAsync(
                Prompts.Text, Prompts.Ask(QuestionTexts.Say(scene, "questions.text", scene.AccountOf(dossier.Opportunity.Facts.Account))), cancellationToken);
        }

        var id = step.Values.Get<List<string>>("questions")![step.Result<FoundChoice>()!.Index];
        step.Values.Set("question", id);
        var text = Sales.Opportunities.Questions.Of(dossier.Opportunity, playbook).FirstOrDefault(q => q.Id.Value == id)?.Text.For(scene.Culture);
        var answers = step.Values.Get<Intent>("intent") == Intent.AnswerQuestion;
        return await step.PromptAsync(
            Prompts.Text, Prompts.Ask(QuestionTexts.Say(scene, answers ? "questions.what" : "questions.why", text)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhoAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Values.Set("text", step.Result<string>());
        switch (step.Values.Get<Intent>("intent"))
        {
            case Intent.AddQuestion:
                return await AskAsync(
                    step, QuestionTexts.Say(scene, "questions.who"), [.. playbook.Coverage.BuyingRoles.Select(r => new Choice(r.Name.For(scene.Culture)))], cancellationToken);
            case Intent.AnswerQuestion when await DossierAsync(step, cancellationToken) is { Contacts.Count: > 0 } dossier:
                step.Values.Set("contacts", dossier.Contacts.Select(c => c.Id.Value).ToList());
                return await AskAsync(
                    step, QuestionTexts.Say(scene, "questions.to-whom"),
                    [.. ContactChoices.Of(scene, playbook, dossier.Contacts), new Choice(QuestionTexts.Say(scene, "questions.nobody"), ["skip", "none", "no", "nobody", "无", "没有", "不"])],
                    cancellationToken);
            default:
                return await step.NextAsync(cancellationToken: cancellationToken);
        }
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (await DossierAsync(step, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var id = step.Values.Get<string>("command")!;
        var text = step.Values.Get<string>("text")!;
        var question = new QuestionId(step.Values.Get<string>("question") ?? CommandIds.Derive(id));
        OpportunityCommand command = step.Values.Get<Intent>("intent") switch
        {
            Intent.AddQuestion => new OpportunityCommand.AddQuestion(
                question, text, dossier.Opportunity.Facts.Stage, playbook.Coverage.BuyingRoles[step.Result<FoundChoice>()!.Index].Role),
            Intent.AnswerQuestion => new OpportunityCommand.AnswerQuestion(new GivenAnswer(question, text, ToldTo(step)), scene.Today),
            Intent.ReopenQuestion => new OpportunityCommand.ReopenQuestion(question, text),
            var intent => throw new InvalidOperationException($"{intent} changes no question."),
        };
        var outcome = await ledger.RecordAsync(scene.Tenant, dossier.Opportunity.Id, command, scene.Command(id), scene.Company, cancellationToken);
        step.Turn.Send(outcome.Refusal is { } refusal ? Refusals.Explain(scene, playbook, refusal) : Recorded(scene, command, outcome));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    // what was recorded, how far it is, and what is to be answered next
    private string Recorded(Scene scene, OpportunityCommand command, LedgerOutcome outcome)
    {
        var questions = Sales.Opportunities.Questions.Of(outcome.Opportunity!, playbook);
        var key = (command, outcome.Repeated) switch
        {
            (OpportunityCommand.AddQuestion, false) => "questions.added",
            (OpportunityCommand.AddQuestion, true) => "questions.added-already",
            (OpportunityCommand.AnswerQuestion, false) => "questions.recorded",
            (OpportunityCommand.AnswerQuestion, true) => "questions.recorded-already",
            (_, false) => "questions.reopened",
            (_, true) => "questions.reopened-already",
        };
        var said = QuestionTexts.Say(
            scene, key, scene.AccountOf(outcome.Opportunity!.Facts.Account), questions.Count(q => !q.IsOpen), questions.Count);
        return questions.FirstOrDefault(q => q.IsOpen) is { } next
            ? said + " " + QuestionTexts.Say(scene, "questions.next", next.Text.For(scene.Culture))
            : said;
    }

    private static ContactId? ToldTo(WaterfallStepContext step) =>
        step.Values.Get<List<string>>("contacts") is { } contacts && step.Result<FoundChoice>() is { } chosen && chosen.Index < contacts.Count
            ? new ContactId(contacts[chosen.Index])
            : null;

    private async ValueTask<Dossier?> DossierAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var dossier = await dossiers.OpenAsync(scene, step.Values.Get<string>("id")!, cancellationToken);
        if (dossier is null)
        {
            step.Turn.Send(scene.Say("find.none-at-all"));
        }

        return dossier;
    }

    private static ValueTask<DialogTurnResult> AskAsync(
        WaterfallStepContext step, string question, IReadOnlyList<Choice> choices, CancellationToken cancellationToken) =>
        step.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(Scene.Of(step.Turn), question, choices), Choices = choices }, cancellationToken);
}
