using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>What is to change about a planned visit.</summary>
/// <param name="Moves">It moves; otherwise it is cancelled.</param>
/// <param name="Words">Which account, as the person said it; empty to ask.</param>
internal sealed record ChangeVisit(bool Moves, string Words);

/// <summary>A change of a visit so far.</summary>
internal sealed record ChangeVisitDraft
{
    /// <summary>Which opportunity.</summary>
    public string Opportunity { get; init; } = "";

    /// <summary>The planned visits, as they were offered.</summary>
    public IReadOnlyList<string> Visits { get; init; } = [];

    /// <summary>Which visit.</summary>
    public string Visit { get; init; } = "";

    /// <summary>The new day, where the owner is.</summary>
    public DateOnly Day { get; init; }

    /// <summary>The new time, where the owner is; <c>null</c> for the usual one.</summary>
    public TimeOnly? Time { get; init; }

    /// <summary>Why it is cancelled.</summary>
    public string Why { get; init; } = "";
}

/// <summary>Moves or cancels a planned visit: which, to when or why; records once the last question is answered.</summary>
internal sealed class ChangeVisitDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id.</summary>
    public const string Id = "visit/change";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<ChangeVisitDraft>(Id, 2, FindAsync, AskWhichAsync, AskWhenOrWhyAsync, AskTimeAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var change = step.Options<ChangeVisit>()!;
        return step.BeginAsync(FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(change.Words, Among.WorkedOn)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhichAsync(WaterfallStepContext<ChangeVisitDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id || await dossiers.OpenAsync(scene.Asker, new OpportunityId(id), cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var visits = dossier.Opportunity.Facts.Visits;
        if (visits.Count == 0)
        {
            return await step.EndWithAsync(VisitTexts.Say(scene, "visit.none-planned", scene.AccountOf(dossier.Opportunity.Facts.Account)), cancellationToken);
        }

        step.Draft = new ChangeVisitDraft { Opportunity = id, Visits = [.. visits.Select(v => v.Id.Value)] };
        if (visits.Count == 1)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        List<Choice> choices = [.. visits.Select(v => new Choice(VisitWords.LineOf(scene, dossier, playbook, v)))];
        return await step.PromptAsync(
            Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, VisitTexts.Say(scene, "visit.which"), choices), Choices = choices }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhenOrWhyAsync(WaterfallStepContext<ChangeVisitDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Draft = step.Draft with { Visit = step.Draft.Visits[step.Result<FoundChoice>()?.Index ?? 0] };
        if (await VisitAsync(step, cancellationToken) is not ({ } dossier, { } visit))
        {
            return await step.EndWithAsync(scene.Say("refusal.no-such-visit"), cancellationToken);
        }

        var when = VisitWords.When(scene, dossier, playbook, visit.At);
        return Moves(step)
            ? await step.PromptAsync(VisitPrompts.Moment, VisitPrompts.AskMoment(scene, VisitTexts.Say(scene, "visit.move-to", when)), cancellationToken)
            : await step.PromptAsync(Prompts.Text, Prompts.Ask(VisitTexts.Say(scene, "visit.cancel-why", when)), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskTimeAsync(WaterfallStepContext<ChangeVisitDraft> step, CancellationToken cancellationToken)
    {
        if (!Moves(step))
        {
            step.Draft = step.Draft with { Why = step.Result<string>() ?? "" };
            return step.NextAsync(cancellationToken: cancellationToken);
        }

        var moment = VisitPrompts.TakeMoment(step);
        step.Draft = step.Draft with { Day = moment.Day, Time = moment.Time };
        return moment.Time is not null
            ? step.NextAsync(cancellationToken: cancellationToken)
            : step.PromptAsync(VisitPrompts.Time, VisitPrompts.AskTime(Scene.Of(step.Turn)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<ChangeVisitDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var time = VisitPrompts.TakeTime(step, step.Draft.Time);
        if (await VisitAsync(step, cancellationToken) is not ({ } dossier, { } visit))
        {
            return await step.EndWithAsync(scene.Say("refusal.no-such-visit"), cancellationToken);
        }

        var moves = Moves(step);
        OpportunityCommand command = moves
            ? new OpportunityCommand.MoveVisit(
                visit.Id, dossier.Calendar(scene.Company, playbook).At(step.Draft.Day, time ?? VisitPrompts.UsualTime))
            : new OpportunityCommand.CancelVisit(visit.Id, step.Draft.Why);
        var outcome = await dossiers.RecordAsync(scene.Asker, dossier.Opportunity.Id, command, scene.Command(step.Token), cancellationToken);
        step.Turn.Send(outcome.Refusal is { } refusal
            ? Refusals.Explain(scene, playbook, refusal)
            : Changed(scene, dossier with { Opportunity = outcome.Opportunity! }, visit, moves));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private string Changed(Scene scene, Dossier dossier, PlannedVisit visit, bool moves)
    {
        var account = scene.AccountOf(dossier.Opportunity.Facts.Account);
        if (!moves)
        {
            return VisitTexts.Say(scene, "visit.cancelled", account, VisitWords.When(scene, dossier, playbook, visit.At));
        }

        var at = dossier.Opportunity.Facts.Visits.FirstOrDefault(v => v.Id == visit.Id)?.At ?? visit.At;
        return Words.Sentences(
            scene.Culture, VisitTexts.Say(scene, "visit.moved", account, VisitWords.When(scene, dossier, playbook, at)),
            PlanVisitDialog.BriefedAt(scene, dossier, playbook, visit.Id));
    }

    private static bool Moves(WaterfallStepContext step) => step.Options<ChangeVisit>()!.Moves;

    private async ValueTask<(Dossier Dossier, PlannedVisit Visit)?> VisitAsync(WaterfallStepContext<ChangeVisitDraft> step, CancellationToken cancellationToken) =>
        await dossiers.OpenAsync(Scene.Of(step.Turn).Asker, new OpportunityId(step.Draft.Opportunity), cancellationToken) is { } dossier
        && dossier.Opportunity.Facts.Visits.FirstOrDefault(v => v.Id.Value == step.Draft.Visit) is { } visit
            ? (dossier, visit)
            : null;
}
