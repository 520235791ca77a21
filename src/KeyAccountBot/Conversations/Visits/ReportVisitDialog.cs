using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>A report so far, and what was offered to choose from.</summary>
internal sealed record AskedReportDraft
{
    /// <summary>What was said.</summary>
    public ReportVisitDraft Report { get; init; } = new();

    /// <summary>Planned visits that may have taken place.</summary>
    public IReadOnlyList<string> Visits { get; init; } = [];

    /// <summary>Contacts to have met.</summary>
    public IReadOnlyList<string> Contacts { get; init; } = [];

    /// <summary>Questions that are open.</summary>
    public IReadOnlyList<AskedQuestion> Questions { get; init; } = [];

    /// <summary>Milestones that are not reached.</summary>
    public IReadOnlyList<string> Milestones { get; init; } = [];

    /// <summary>The card that takes the whole report was shown.</summary>
    public bool IsCardShown { get; init; }
}

/// <summary>The report of a visit, step by step: which, whom, which questions and what was told, milestones, next step, notes.</summary>
internal sealed class ReportVisitDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the account's words.</summary>
    public const string Id = "visit/report";

    /// <summary>The questions, in speaking order.</summary>
    public Dialog Dialog => new WaterfallDialog<AskedReportDraft>(
        Id, 2, FindAsync, AskWhichAsync, AskDayAsync, AskMetAsync, AskQuestionsAsync, AskAnswersAsync, AskMilestonesAsync, AskNextStepAsync,
        AskDueAsync, AskNotesAsync, GatherAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken) =>
        step.BeginAsync(
            FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(step.Options<string>() ?? "", Among.WorkedOn)), cancellationToken);

    private async ValueTask<DialogTurnResult> AskWhichAsync(WaterfallStepContext<AskedReportDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id || await dossiers.OpenAsync(scene.Asker, new OpportunityId(id), cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        if (!dossier.Opportunity.IsOpen)
        {
            return await step.EndWithAsync(VisitTexts.Say(scene, "visit.not-open", scene.AccountOf(dossier.Opportunity.Facts.Account)), cancellationToken);
        }

        // what is planned for today or earlier may have taken place; a visit to come has not
        var calendar = dossier.Calendar(scene.Company, playbook);
        var today = calendar.DateAt(scene.Now);
        var visits = dossier.Opportunity.Facts.Visits.Where(v => calendar.DateAt(v.At) <= today).ToList();
        step.Draft = new AskedReportDraft { Report = new ReportVisitDraft { Opportunity = id }, Visits = [.. visits.Select(v => v.Id.Value)] };
        if (visits.Count < 2)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        List<Choice> choices = [.. visits.Select(v => new Choice(VisitWords.LineOf(scene, dossier, playbook, v))), new Choice(VisitTexts.Say(scene, "report.unplanned"))];
        return await step.PromptAsync(
            Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, VisitTexts.Say(scene, "report.which"), choices), Choices = choices }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskDayAsync(WaterfallStepContext<AskedReportDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var visits = step.Draft.Visits;
        var chosen = step.Result<FoundChoice>()?.Index ?? 0;
        if (chosen >= visits.Count)
        {
            if (await DossierAsync(step, cancellationToken) is not { } dossier)
            {
                return await step.EndAsync(cancellationToken: cancellationToken);
            }

            var when = VisitTexts.Say(scene, "report.when");
            var card = ReportVisitCard.Build(scene, playbook, dossier, null, scene.Today, step.Token, when);
            step.Draft = step.Draft with { IsCardShown = true };
            return await step.PromptAsync(
                Prompts.PastDate,
                new PromptOptions { Prompt = card, RetryPrompt = Message.Of(scene.Say("check-in.when-again")), Field = "visitDate" },
                cancellationToken);
        }

        step.Draft = step.Draft with { Report = step.Draft.Report with { Visit = visits[chosen] } };
        return await step.NextAsync(cancellationToken: cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskMetAsync(WaterfallStepContext<AskedReportDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (await DossierAsync(step, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var visit = dossier.Opportunity.Facts.Visits.FirstOrDefault(v => v.Id.Value == step.Draft.Report.Visit);
        var on = visit is not null ? dossier.Calendar(scene.Company, playbook).DateAt(visit.At) : step.HasResult ? step.Result<DateOnly>() : scene.Today;
        on = on > scene.Today ? scene.Today : on;
        step.Draft = step.Draft with { Report = step.Draft.Report with { On = on }, Contacts = [.. dossier.Contacts.Select(c => c.Id.Value)] };
        var question = VisitTexts.Say(scene, "report.met", scene.AccountOf(dossier.Opportunity.Facts.Account), scene.Format(on));
        var card = step.Draft.IsCardShown ? null : ReportVisitCard.Build(scene, playbook, dossier, visit, on, step.Token);
        if (dossier.Contacts.Count == 0)
        {
            if (card is not null)
            {
                // nobody to choose from: the card still takes the whole report at once
                step.Turn.Send(card);
            }

            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var how = VisitTexts.Say(scene, "report.met-how");
        var choices = ContactChoices.Of(scene, playbook, dossier.Contacts);
        return card is null
            ? await ChooseAsync(step, "contacts", question, choices, how, cancellationToken)
            : await step.PromptAsync(
                Prompts.Choices,
                new PromptOptions
                {
                    Prompt = card with { Question = question, Choices = [.. choices.Select(c => c.Value)], IsAnsweredInWords = true, Hint = how },
                    Choices = choices,
                    Field = "contacts",
                },
                cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskQuestionsAsync(WaterfallStepContext<AskedReportDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        List<string> met = [.. (step.Result<List<FoundChoice>>() ?? []).Select(c => step.Draft.Contacts[c.Index])];
        step.Draft = step.Draft with { Report = step.Draft.Report with { Met = met } };
        if (await DossierAsync(step, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var questions = Reportable.Questions(dossier, playbook, met);
        step.Draft = step.Draft with { Questions = [.. questions.Select(q => new AskedQuestion(q.Id.Value, q.Text.For(scene.Culture)))] };
        return questions.Count == 0
            ? await step.NextAsync(cancellationToken: cancellationToken)
            : await ChooseAsync(
                step, "answers", VisitTexts.Say(scene, "report.questions"), [.. step.Draft.Questions.Select(q => new Choice(q.Text) { Id = q.Id })],
                scene.Say("check-in.how-to-answer"), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskAnswersAsync(WaterfallStepContext<AskedReportDraft> step, CancellationToken cancellationToken)
    {
        List<AskedQuestion> chosen = [.. (step.Result<List<FoundChoice>>() ?? []).Select(c => step.Draft.Questions[c.Index])];
        return chosen.Count == 0
            ? step.NextAsync(cancellationToken: cancellationToken)
            : step.BeginAsync(AskAnswersDialog.Id, DialogJson.ToElement(new AskAnswers(chosen, [])), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskMilestonesAsync(WaterfallStepContext<AskedReportDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Draft = step.Draft with { Report = step.Draft.Report with { Answers = step.Result<List<AnswerDraft>>() ?? [] } };
        if (await DossierAsync(step, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var stage = playbook.Stage(dossier.Opportunity.Facts.Stage);
        var left = Reportable.Milestones(dossier, playbook);
        step.Draft = step.Draft with { Milestones = [.. left.Select(m => m.Id.Value)] };
        return left.Count == 0
            ? await step.NextAsync(cancellationToken: cancellationToken)
            : await ChooseAsync(
                step, "milestones", VisitTexts.Say(scene, "report.milestones"),
                [.. left.Select(m => new Choice((stage.IsKey(m.Id) ? "★ " : "") + m.Name.For(scene.Culture)) { Id = m.Id.Value })],
                scene.Say("check-in.how-to-answer"), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskNextStepAsync(WaterfallStepContext<AskedReportDraft> step, CancellationToken cancellationToken)
    {
        List<string> reached = [.. (step.Result<List<FoundChoice>>() ?? []).Select(c => step.Draft.Milestones[c.Index])];
        step.Draft = step.Draft with { Report = step.Draft.Report with { Milestones = reached } };
        return step.PromptAsync(Prompts.Text, CheckIn.NextStepQuestion.Of(Prompts.Ask(Scene.Of(step.Turn).Say("check-in.next-step")), null), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskDueAsync(WaterfallStepContext<AskedReportDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var next = Prompts.Said(step);
        step.Draft = step.Draft with { Report = step.Draft.Report with { NextStep = next } };
        return next is null
            ? step.NextAsync(cancellationToken: cancellationToken)
            : step.PromptAsync(
                Prompts.Date, new PromptOptions { Prompt = Message.Of(scene.Say("check-in.due")), RetryPrompt = Message.Of(scene.Say("check-in.due-again")), Field = CheckIn.NextStepQuestion.Due },
                cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskNotesAsync(WaterfallStepContext<AskedReportDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Draft = step.Draft with { Report = step.Draft.Report with { Due = step.HasResult ? step.Result<DateOnly>() : null } };
        var question = Message.Of(VisitTexts.Say(scene, "report.notes"))
            .Offering(new ReadyAnswer(VisitTexts.Say(scene, "visit.skip"), VisitTexts.Say(scene, "visit.skip-says")));
        return step.PromptAsync(Prompts.Text, new PromptOptions { Prompt = question, Field = "remark", MayBeLeftOut = true }, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> GatherAsync(WaterfallStepContext<AskedReportDraft> step, CancellationToken cancellationToken) =>
        step.ReplaceAsync(
            ConfirmReportDialog.Id, DialogJson.ToElement(step.Draft.Report with { Notes = Prompts.Said(step), IsSure = true }), cancellationToken);

    private async ValueTask<Dossier?> DossierAsync(WaterfallStepContext<AskedReportDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var dossier = await dossiers.OpenAsync(scene.Asker, new OpportunityId(step.Draft.Report.Opportunity), cancellationToken);
        if (dossier is null)
        {
            step.Turn.Send(scene.Say("find.none-at-all"));
        }

        return dossier;
    }

    private static ValueTask<DialogTurnResult> ChooseAsync(
        WaterfallStepContext step, string field, string question, IReadOnlyList<Choice> choices, string how, CancellationToken cancellationToken) =>
        step.PromptAsync(
            Prompts.Choices,
            new PromptOptions { Prompt = Prompts.AskAny(question, choices) with { Hint = how }, Choices = choices, Field = field },
            cancellationToken);
}
