using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>The report of a visit, step by step: which, whom, which questions and what was told, milestones, next step, notes.</summary>
internal sealed class ReportVisitDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the account's words.</summary>
    public const string Id = "visit/report";

    /// <summary>The questions, in speaking order.</summary>
    public Dialog Dialog => new WaterfallDialog(
        Id, 1, FindAsync, AskWhichAsync, AskDayAsync, AskMetAsync, AskQuestionsAsync, AskAnswersAsync, AskMilestonesAsync, AskNextStepAsync,
        AskDueAsync, AskNotesAsync, GatherAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken) =>
        step.BeginAsync(
            FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(step.Options<string>() ?? "", Among.WorkedOn)), cancellationToken);

    private async ValueTask<DialogTurnResult> AskWhichAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id || await dossiers.OpenAsync(scene, id, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        if (!dossier.Opportunity.IsOpen)
        {
            step.Turn.Send(VisitTexts.Say(scene, "visit.not-open", scene.AccountOf(dossier.Opportunity.Facts.Account)));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("id", id);
        step.Values.Set("command", CommandIds.Of(step.Turn));

        // what is planned for today or earlier may have taken place; a visit to come has not
        var calendar = dossier.Calendar(scene.Company, playbook);
        var today = calendar.DateAt(scene.Now);
        var visits = dossier.Opportunity.Facts.Visits.Where(v => calendar.DateAt(v.At) <= today).ToList();
        step.Values.Set("visits", visits.Select(v => v.Id.Value).ToList());
        if (visits.Count < 2)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        List<Choice> choices = [.. visits.Select(v => new Choice(VisitWords.LineOf(scene, dossier, playbook, v))), new Choice(VisitTexts.Say(scene, "report.unplanned"))];
        return await step.PromptAsync(
            Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, VisitTexts.Say(scene, "report.which"), choices), Choices = choices }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskDayAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var visits = step.Values.Get<List<string>>("visits")!;
        var chosen = step.Result<FoundChoice>()?.Index ?? 0;
        if (chosen >= visits.Count)
        {
            if (await DossierAsync(step, cancellationToken) is not { } dossier)
            {
                return await step.EndAsync(cancellationToken: cancellationToken);
            }

            var when = VisitTexts.Say(scene, "report.when");
            var card = ReportVisitCard.Build(scene, playbook, dossier, null, scene.Today, step.Values.Get<string>("command")!, when);
            step.Values.Set("shown", true);
            return await step.PromptAsync(
                Prompts.PastDate,
                new PromptOptions { Prompt = Activity.Message(when) with { Attachments = [card] }, RetryPrompt = Activity.Message(scene.Say("check-in.when-again")) },
                cancellationToken);
        }

        step.Values.Set("visit", visits[chosen]);
        return await step.NextAsync(cancellationToken: cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskMetAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (await DossierAsync(step, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var visit = dossier.Opportunity.Facts.Visits.FirstOrDefault(v => v.Id.Value == step.Values.Get<string>("visit"));
        var on = visit is not null ? dossier.Calendar(scene.Company, playbook).DateAt(visit.At) : step.HasResult ? step.Result<DateOnly>() : scene.Today;
        on = on > scene.Today ? scene.Today : on;
        step.Values.Set("on", on);
        step.Values.Set("contacts", dossier.Contacts.Select(c => c.Id.Value).ToList());
        var question = VisitTexts.Say(scene, "report.met", scene.AccountOf(dossier.Opportunity.Facts.Account), scene.Format(on));
        IReadOnlyList<Attachment>? card = step.Values.Get<bool>("shown")
            ? null
            : [ReportVisitCard.Build(scene, playbook, dossier, visit, on, step.Values.Get<string>("command")!)];
        if (dossier.Contacts.Count == 0)
        {
            if (card is not null)
            {
                // nobody to choose from: the card still takes the whole report at once
                step.Turn.Send(Activity.Message(VisitTexts.Say(scene, "report.title", scene.AccountOf(dossier.Opportunity.Facts.Account))) with { Attachments = card });
            }

            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var how = VisitTexts.Say(scene, "report.met-how");
        var choices = ContactChoices.Of(scene, playbook, dossier.Contacts);
        var prompt = Prompts.AskAny(question, choices);
        return await step.PromptAsync(
            Prompts.Choices,
            new PromptOptions
            {
                Prompt = prompt with { Text = prompt.Text + Marks.Paragraph + how, Attachments = card },
                Choices = choices,
            },
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskQuestionsAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var contacts = step.Values.Get<List<string>>("contacts")!;
        List<string> met = [.. (step.Result<List<FoundChoice>>() ?? []).Select(c => contacts[c.Index])];
        step.Values.Set("met", met);
        if (await DossierAsync(step, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var questions = Reportable.Questions(dossier, playbook, met);
        step.Values.Set("asked", questions.Select(q => new AskedQuestion(q.Id.Value, q.Text.For(scene.Culture))).ToList());
        if (questions.Count == 0)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        return await ChooseAsync(step, VisitTexts.Say(scene, "report.questions"), [.. questions.Select(q => new Choice(q.Text.For(scene.Culture)))], cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskAnswersAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var asked = step.Values.Get<List<AskedQuestion>>("asked")!;
        List<AskedQuestion> chosen = [.. (step.Result<List<FoundChoice>>() ?? []).Select(c => asked[c.Index])];
        return chosen.Count == 0
            ? step.NextAsync(cancellationToken: cancellationToken)
            : step.BeginAsync(AskAnswersDialog.Id, DialogJson.ToElement(new AskAnswers(chosen, [])), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskMilestonesAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Values.Set("answers", step.Result<List<AnswerDraft>>() ?? []);
        if (await DossierAsync(step, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var stage = playbook.Stage(dossier.Opportunity.Facts.Stage);
        var left = Reportable.Milestones(dossier, playbook);
        step.Values.Set("left", left.Select(m => m.Id.Value).ToList());
        return left.Count == 0
            ? await step.NextAsync(cancellationToken: cancellationToken)
            : await ChooseAsync(
                step, VisitTexts.Say(scene, "report.milestones"),
                [.. left.Select(m => new Choice((stage.IsKey(m.Id) ? "★ " : "") + m.Name.For(scene.Culture)))], cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskNextStepAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var left = step.Values.Get<List<string>>("left")!;
        step.Values.Set("reached", (step.Result<List<FoundChoice>>() ?? []).Select(c => left[c.Index]).ToList());
        return step.PromptAsync(Prompts.Text, Prompts.Ask(Scene.Of(step.Turn).Say("check-in.next-step")), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskDueAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var next = Prompts.Said(step);
        step.Values.Set("next", next);
        return next is null
            ? step.NextAsync(cancellationToken: cancellationToken)
            : step.PromptAsync(
                Prompts.Date, new PromptOptions { Prompt = Activity.Message(scene.Say("check-in.due")), RetryPrompt = Activity.Message(scene.Say("check-in.due-again")) },
                cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskNotesAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Values.Set("due", step.HasResult ? step.Result<DateOnly>() : (DateOnly?)null);
        var question = Prompts.Buttons(
            Activity.Message(VisitTexts.Say(scene, "report.notes")), [(VisitTexts.Say(scene, "visit.skip"), VisitTexts.Say(scene, "visit.skip-says"))]);
        return step.PromptAsync(Prompts.Text, new PromptOptions { Prompt = question }, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> GatherAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var values = step.Values;
        var draft = new ReportVisitDraft(
            values.Get<string>("id")!, values.Get<string>("command")!, values.Get<string>("visit"), values.Get<DateOnly>("on"),
            values.Get<List<string>>("met")!, values.Get<List<AnswerDraft>>("answers")!, values.Get<List<string>>("reached")!,
            values.Get<string>("next"), values.Get<DateOnly?>("due"), Prompts.Said(step), IsSure: true);
        return step.ReplaceAsync(ConfirmReportDialog.Id, DialogJson.ToElement(draft), cancellationToken);
    }

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

    private static ValueTask<DialogTurnResult> ChooseAsync(
        WaterfallStepContext step, string question, IReadOnlyList<Choice> choices, CancellationToken cancellationToken)
    {
        var prompt = Prompts.AskAny(question, choices);
        prompt = prompt with { Text = prompt.Text + Marks.Paragraph + Scene.Of(step.Turn).Say("check-in.how-to-answer") };
        return step.PromptAsync(Prompts.Choices, new PromptOptions { Prompt = prompt, Choices = choices }, cancellationToken);
    }
}
