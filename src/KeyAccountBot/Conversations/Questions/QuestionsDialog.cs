using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Questions;

/// <summary>What is to be done with questions.</summary>
internal enum QuestionWish
{
    /// <summary>All of them are shown.</summary>
    List,

    /// <summary>One more is asked.</summary>
    Add,

    /// <summary>One is answered.</summary>
    Answer,

    /// <summary>One is open again.</summary>
    Reopen,
}

/// <summary>What is to be done with an opportunity's questions.</summary>
/// <param name="Wish">List, add, answer or reopen.</param>
/// <param name="Words">Which account, as the person said it; empty to ask.</param>
internal sealed record AboutQuestions(QuestionWish Wish, string Words);

/// <summary>A change of a question so far.</summary>
internal sealed record QuestionsDraft
{
    /// <summary>Which opportunity.</summary>
    public string Opportunity { get; init; } = "";

    /// <summary>The questions that may be named.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    /// <summary>Which question; <c>null</c> for a new one.</summary>
    public string? Question { get; init; }

    /// <summary>The question's words, its answer, or why it is open again.</summary>
    public string Text { get; init; } = "";

    /// <summary>Contacts who may have been told.</summary>
    public IReadOnlyList<string> Contacts { get; init; } = [];
}

/// <summary>The customer's questions: listed, added, answered, reopened; records once the last question is answered.</summary>
internal sealed class QuestionsDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id.</summary>
    public const string Id = "questions";


    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<QuestionsDraft>(Id, 2, FindAsync, AskWhichAsync, AskWordsAsync, AskWhoAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var about = step.Options<AboutQuestions>()!;
        var among = about.Wish == QuestionWish.List ? Among.Any : Among.WorkedOn;
        return step.BeginAsync(FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(about.Words, among)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhichAsync(WaterfallStepContext<QuestionsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id || await dossiers.OpenAsync(scene.Asker, new OpportunityId(id), cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var wish = WishOf(step);
        var account = scene.AccountOf(dossier.Opportunity.Facts.Account);
        if (wish == QuestionWish.List)
        {
            step.Turn.Send(QuestionsCard.Of(scene, playbook, dossier));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        if (!dossier.Opportunity.IsOpen)
        {
            return await step.EndWithAsync(QuestionTexts.Say(scene, "questions.not-open", account), cancellationToken);
        }

        step.Draft = new QuestionsDraft { Opportunity = id };
        if (wish == QuestionWish.Add)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var answers = wish == QuestionWish.Answer;
        List<Question> offered = [.. Sales.Opportunities.Questions.Of(dossier.Opportunity, playbook).Where(q => q.IsOpen == answers)];
        if (offered.Count == 0)
        {
            return await step.EndWithAsync(QuestionTexts.Say(scene, answers ? "questions.all-answered" : "questions.none-answered", account), cancellationToken);
        }

        // open ones from the earliest stage on; answered ones the latest first. All can be named, the first few are shown
        offered = answers ? offered : [.. offered.OrderByDescending(q => q.Answer!.On)];
        step.Draft = step.Draft with { Questions = [.. offered.Select(q => q.Id.Value)] };
        List<Choice> choices = [.. offered.Select(q => new Choice(q.Text.For(scene.Culture)))];
        var question = QuestionTexts.Say(scene, answers ? "questions.which-answer" : "questions.which-reopen", account);
        return await step.PromptAsync(
            Prompts.Choice,
            new PromptOptions { Prompt = Prompts.Ask(scene, question, choices) with { IsAnsweredInWords = true }, Choices = choices }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWordsAsync(WaterfallStepContext<QuestionsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (await DossierAsync(step, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        if (WishOf(step) == QuestionWish.Add)
        {
            return await step.PromptAsync(
                Prompts.Text, Prompts.Ask(QuestionTexts.Say(scene, "questions.text", scene.AccountOf(dossier.Opportunity.Facts.Account))), cancellationToken);
        }

        var id = step.Draft.Questions[step.Result<FoundChoice>()!.Index];
        step.Draft = step.Draft with { Question = id };
        var text = Sales.Opportunities.Questions.Of(dossier.Opportunity, playbook).FirstOrDefault(q => q.Id.Value == id)?.Text.For(scene.Culture);
        var answers = WishOf(step) == QuestionWish.Answer;
        return await step.PromptAsync(
            Prompts.Text, Prompts.Ask(QuestionTexts.Say(scene, answers ? "questions.what" : "questions.why", text)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhoAsync(WaterfallStepContext<QuestionsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Draft = step.Draft with { Text = step.Result<string>()! };
        switch (WishOf(step))
        {
            case QuestionWish.Add:
                return await AskAsync(
                    step, QuestionTexts.Say(scene, "questions.who"), [.. playbook.Coverage.BuyingRoles.Select(r => new Choice(r.Name.For(scene.Culture)))], cancellationToken);
            case QuestionWish.Answer when await DossierAsync(step, cancellationToken) is { Contacts.Count: > 0 } dossier:
                step.Draft = step.Draft with { Contacts = [.. dossier.Contacts.Select(c => c.Id.Value)] };
                return await AskAsync(
                    step, QuestionTexts.Say(scene, "questions.to-whom"),
                    [.. ContactChoices.Of(scene, playbook, dossier.Contacts), new Choice(QuestionTexts.Say(scene, "questions.nobody"), AnswerWords.File.Words("nobodyTold"))],
                    cancellationToken);
            default:
                return await step.NextAsync(cancellationToken: cancellationToken);
        }
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<QuestionsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (await DossierAsync(step, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var text = step.Draft.Text;
        var question = new QuestionId(step.Draft.Question ?? CommandIds.Derive(step.Token));
        OpportunityCommand command = WishOf(step) switch
        {
            QuestionWish.Add => new OpportunityCommand.AddQuestion(
                question, text, dossier.Opportunity.Facts.Stage, playbook.Coverage.BuyingRoles[step.Result<FoundChoice>()!.Index].Role),
            QuestionWish.Answer => new OpportunityCommand.AnswerQuestion(new GivenAnswer(question, text, ToldTo(step)), scene.Today),
            QuestionWish.Reopen => new OpportunityCommand.ReopenQuestion(question, text),
            var wish => throw new InvalidOperationException($"{wish} changes no question."),
        };
        var outcome = await dossiers.RecordAsync(scene.Asker, dossier.Opportunity.Id, command, scene.Command(step.Token), cancellationToken);
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

    private static QuestionWish WishOf(WaterfallStepContext step) => step.Options<AboutQuestions>()!.Wish;

    private static ContactId? ToldTo(WaterfallStepContext<QuestionsDraft> step) =>
        step.Result<FoundChoice>() is { } chosen && chosen.Index < step.Draft.Contacts.Count ? new ContactId(step.Draft.Contacts[chosen.Index]) : null;

    private async ValueTask<Dossier?> DossierAsync(WaterfallStepContext<QuestionsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var dossier = await dossiers.OpenAsync(scene.Asker, new OpportunityId(step.Draft.Opportunity), cancellationToken);
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
