using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Visits;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>What is to change about a planned visit.</summary>
/// <param name="Intent">Move or cancel.</param>
/// <param name="Words">Which account, as the person said it; empty to ask.</param>
internal sealed record ChangeVisit(Intent Intent, string Words);

/// <summary>Moves or cancels a planned visit: which, to when or why; records once the last question is answered.</summary>
internal sealed class ChangeVisitDialog(OpportunityLedger ledger, Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id.</summary>
    public const string Id = "visit/change";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 1, FindAsync, AskWhichAsync, AskWhenOrWhyAsync, AskTimeAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var change = step.Options<ChangeVisit>()!;
        step.Values.Set("moves", change.Intent == Intent.MoveVisit);
        step.Values.Set("command", CommandIds.Of(step.Turn));
        return step.BeginAsync(FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(change.Words, Among.WorkedOn)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhichAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id || await dossiers.OpenAsync(scene, id, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var visits = dossier.Opportunity.Facts.Visits;
        if (visits.Count == 0)
        {
            step.Turn.Send(VisitTexts.Say(scene, "visit.none-planned", scene.AccountOf(dossier.Opportunity.Facts.Account)));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("id", id);
        step.Values.Set("visits", visits.Select(v => v.Id.Value).ToList());
        if (visits.Count == 1)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        List<Choice> choices = [.. visits.Select(v => new Choice(VisitWords.LineOf(scene, dossier, playbook, v)))];
        return await step.PromptAsync(
            Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, VisitTexts.Say(scene, "visit.which"), choices), Choices = choices }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhenOrWhyAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Values.Set("visit", step.Values.Get<List<string>>("visits")![step.Result<FoundChoice>()?.Index ?? 0]);
        if (await VisitAsync(step, cancellationToken) is not ({ } dossier, { } visit))
        {
            step.Turn.Send(scene.Say("refusal.no-such-visit"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var when = VisitWords.When(scene, dossier, playbook, visit.At);
        return step.Values.Get<bool>("moves")
            ? await step.PromptAsync(VisitPrompts.Moment, VisitPrompts.AskMoment(scene, VisitTexts.Say(scene, "visit.move-to", when)), cancellationToken)
            : await step.PromptAsync(Prompts.Text, Prompts.Ask(VisitTexts.Say(scene, "visit.cancel-why", when)), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskTimeAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        if (!step.Values.Get<bool>("moves"))
        {
            step.Values.Set("why", step.Result<string>());
            return step.NextAsync(cancellationToken: cancellationToken);
        }

        VisitPrompts.TakeMoment(step);
        return step.Values.Get<TimeOnly?>("time") is not null
            ? step.NextAsync(cancellationToken: cancellationToken)
            : step.PromptAsync(VisitPrompts.Time, VisitPrompts.AskTime(Scene.Of(step.Turn)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        VisitPrompts.TakeTime(step);
        if (await VisitAsync(step, cancellationToken) is not ({ } dossier, { } visit))
        {
            step.Turn.Send(scene.Say("refusal.no-such-visit"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var moves = step.Values.Get<bool>("moves");
        OpportunityCommand command = moves
            ? new OpportunityCommand.MoveVisit(
                visit.Id, dossier.Calendar(scene.Company, playbook).At(step.Values.Get<DateOnly>("day"), step.Values.Get<TimeOnly?>("time") ?? VisitPrompts.UsualTime))
            : new OpportunityCommand.CancelVisit(visit.Id, step.Values.Get<string>("why") ?? "");
        var outcome = await ledger.RecordAsync(
            scene.Tenant, dossier.Opportunity.Id, command, scene.Command(step.Values.Get<string>("command")!), scene.Company, cancellationToken);
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

    private async ValueTask<(Dossier Dossier, PlannedVisit Visit)?> VisitAsync(WaterfallStepContext step, CancellationToken cancellationToken) =>
        await dossiers.OpenAsync(Scene.Of(step.Turn), step.Values.Get<string>("id")!, cancellationToken) is { } dossier
        && dossier.Opportunity.Facts.Visits.FirstOrDefault(v => v.Id.Value == step.Values.Get<string>("visit")) is { } visit
            ? (dossier, visit)
            : null;
}
