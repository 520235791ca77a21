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
internal sealed record ChangeVisit(bool Moves, string Words)
{
    /// <summary>The opportunity's id, where it is settled already.</summary>
    public string? Opportunity { get; init; }

    /// <summary>The visit's id, where it is settled already.</summary>
    public string? Visit { get; init; }

    /// <summary>The new day.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The new time; with a day alone it stays the same.</summary>
    public TimeOnly? Time { get; init; }

    /// <summary>Why it is cancelled.</summary>
    public string? Why { get; init; }

    /// <summary>One sentence said what is to be: it is shown before it is done.</summary>
    public bool IsSaid => Moves ? Day is not null || Time is not null : Why is { Length: > 0 };

    /// <summary>The slots of a wish.</summary>
    public static ChangeVisit Of(bool moves, Asked asked) => new(moves, asked.Opportunity is null ? asked.Account ?? "" : "")
    {
        Opportunity = asked.One("opportunity"),
        Visit = asked.One("visit"),
        Day = asked.Date("to") ?? asked.Date("start"),
        Time = asked.Time("to") ?? asked.Time("start") ?? asked.Time("time"),
        Why = asked.One("reason"),
    };
}

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

/// <summary>Moves or cancels a planned visit: which, to when or why; records once the last question is answered, or on yes where one sentence said it all.</summary>
internal sealed class ChangeVisitDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id.</summary>
    public const string Id = "visit/change";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<ChangeVisitDraft>(Id, 3, FindAsync, AskWhichAsync, AskWhenOrWhyAsync, AskTimeAsync, ConfirmAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var change = step.Options<ChangeVisit>()!;
        return change.Opportunity is { } settled ? step.NextAsync(DialogJson.ToElement(settled), cancellationToken) : step.BeginAsync(FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(change.Words, Among.WorkedOn)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhichAsync(WaterfallStepContext<ChangeVisitDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id || await dossiers.OpenAsync(scene.Asker, new OpportunityId(id), cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var visits = dossier.Opportunity.Facts.Visits;
        if (step.Options<ChangeVisit>()!.Visit is { } named && visits.Any(v => v.Id.Value == named))
        {
            visits = [.. visits.Where(v => v.Id.Value == named)];
        }

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
        if (step.Options<ChangeVisit>() is { IsSaid: true } said)
        {
            var local = dossier.Calendar(scene.Company, playbook).LocalTime(visit.At).DateTime;
            step.Draft = step.Draft with { Day = said.Day ?? DateOnly.FromDateTime(local), Time = said.Time ?? TimeOnly.FromDateTime(local), Why = said.Why ?? "" };
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        return Moves(step)
            ? await step.PromptAsync(VisitPrompts.Moment, VisitPrompts.AskMoment(scene, VisitTexts.Say(scene, "visit.move-to", when)), cancellationToken)
            : await step.PromptAsync(Prompts.Text, Prompts.Ask(VisitTexts.Say(scene, "visit.cancel-why", when)), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskTimeAsync(WaterfallStepContext<ChangeVisitDraft> step, CancellationToken cancellationToken)
    {
        if (step.Options<ChangeVisit>()!.IsSaid)
        {
            return step.NextAsync(cancellationToken: cancellationToken);
        }

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

    private async ValueTask<DialogTurnResult> ConfirmAsync(WaterfallStepContext<ChangeVisitDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (!step.Options<ChangeVisit>()!.IsSaid)
        {
            step.Draft = step.Draft with { Time = VisitPrompts.TakeTime(step, step.Draft.Time) };
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        if (await VisitAsync(step, cancellationToken) is not ({ } dossier, { } visit))
        {
            return await step.EndWithAsync(scene.Say("refusal.no-such-visit"), cancellationToken);
        }

        var moves = Moves(step);
        var command = CommandOf(step, scene, dossier, visit);
        if ((await dossiers.TryAsync(scene.Asker, dossier.Opportunity.Id, command, scene.Command("-"), cancellationToken)).Refusal is { } refusal)
        {
            return await step.EndWithAsync(Refusals.Explain(scene, playbook, refusal), cancellationToken);
        }

        List<(string Label, string Value)> facts = [(VisitTexts.Say(scene, "visit-label.when"), VisitWords.LineOf(scene, dossier, playbook, visit))];
        facts.Add(command is OpportunityCommand.MoveVisit move
            ? (VisitTexts.Say(scene, "visit-label.new"), VisitWords.When(scene, dossier, playbook, move.At))
            : (scene.Say("label.why"), step.Draft.Why));
        var account = scene.AccountOf(dossier.Opportunity.Facts.Account);
        return await step.PromptAsync(
            Prompts.Confirm,
            new PromptOptions
            {
                Prompt = ConversationCard.Confirm(
                    scene, VisitTexts.Say(scene, "plan.title", account), facts, VisitTexts.Say(scene, moves ? "visit.move-it" : "visit.cancel-it"), step.Token),
            },
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<ChangeVisitDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.HasResult && !step.Result<bool>())
        {
            return await step.EndWithAsync(scene.Say("check-in.not-recorded"), cancellationToken);
        }

        if (await VisitAsync(step, cancellationToken) is not ({ } dossier, { } visit))
        {
            return await step.EndWithAsync(scene.Say("refusal.no-such-visit"), cancellationToken);
        }

        var moves = Moves(step);
        var outcome = await dossiers.RecordAsync(scene.Asker, dossier.Opportunity.Id, CommandOf(step, scene, dossier, visit), scene.Command(step.Token), cancellationToken);
        step.Turn.Send(outcome.Refusal is { } refusal
            ? Refusals.Explain(scene, playbook, refusal)
            : Changed(scene, dossier with { Opportunity = outcome.Opportunity! }, visit, moves));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private OpportunityCommand CommandOf(WaterfallStepContext<ChangeVisitDraft> step, Scene scene, Dossier dossier, PlannedVisit visit) => Moves(step)
        ? new OpportunityCommand.MoveVisit(
            visit.Id, dossier.Calendar(scene.Company, playbook).At(step.Draft.Day, step.Draft.Time ?? VisitPrompts.UsualTime))
        : new OpportunityCommand.CancelVisit(visit.Id, step.Draft.Why);

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
