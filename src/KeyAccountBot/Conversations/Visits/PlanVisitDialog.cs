using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>What a rep has said of a visit to come.</summary>
/// <param name="Opportunity">Which.</param>
/// <param name="Command">Given when the planning began; however often it is confirmed, it counts once.</param>
/// <param name="Whom">Contacts to meet.</param>
/// <param name="Day">Where the owner is.</param>
/// <param name="Time">Where the owner is; <c>null</c> for the usual one.</param>
/// <param name="Aims">What for.</param>
/// <param name="IsSure">Its day was asked about where it was hardly meant.</param>
internal sealed record PlanVisitDraft(
    string Opportunity, string Command, IReadOnlyList<string> Whom, DateOnly? Day, TimeOnly? Time, string? Aims, bool IsSure = false);

/// <summary>Plans a visit: whom, when, what for; warns where nobody inside guides us; records on yes and says when the brief comes.</summary>
internal sealed class PlanVisitDialog(OpportunityLedger ledger, Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the account's words.</summary>
    public const string Id = "visit/plan";

    /// <summary>The second half: summary, warning, confirmation, record. Its option is a <see cref="PlanVisitDraft"/>.</summary>
    public const string ConfirmId = "visit/plan/confirm";

    /// <summary>The questions, in speaking order.</summary>
    public Dialog Questions => new WaterfallDialog(Id, 1, FindAsync, AskWhomAsync, AskWhenAsync, AskTimeAsync, AskAimsAsync, GatherAsync);

    /// <summary>The end: what was understood, and yes.</summary>
    public Dialog Confirmation => new WaterfallDialog(ConfirmId, 2, DoubtAsync, ShowAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken) =>
        step.BeginAsync(
            FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(step.Options<string>() ?? "", Among.WorkedOn)), cancellationToken);

    private async ValueTask<DialogTurnResult> AskWhomAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id || await dossiers.OpenAsync(scene, id, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var account = scene.AccountOf(dossier.Opportunity.Facts.Account);
        if (!dossier.Opportunity.IsOpen)
        {
            step.Turn.Send(VisitTexts.Say(scene, "visit.not-open", account));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var command = CommandIds.Of(step.Turn);
        step.Values.Set("id", id);
        step.Values.Set("command", command);
        step.Values.Set("contacts", dossier.Contacts.Select(c => c.Id.Value).ToList());
        if (dossier.Contacts.Count == 0)
        {
            step.Turn.Send(VisitTexts.Say(scene, "plan.no-contacts", account));
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var choices = ContactChoices.Of(scene, playbook, dossier.Contacts);
        var question = VisitTexts.Say(scene, "plan.whom", account);
        var how = VisitTexts.Say(scene, "plan.whom-how");
        var prompt = Prompts.AskAny(question, choices);
        return await step.PromptAsync(
            Prompts.Choices,
            new PromptOptions
            {
                Prompt = prompt with
                {
                    Text = prompt.Text + Marks.Paragraph + how,
                    Attachments = [PlanVisitCard.Build(scene, playbook, dossier, command)],
                },
                Choices = choices,
            },
            cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskWhenAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var contacts = step.Values.Get<List<string>>("contacts")!;
        step.Values.Set("whom", (step.Result<List<FoundChoice>>() ?? []).Select(c => contacts[c.Index]).ToList());
        return step.PromptAsync(VisitPrompts.Moment, VisitPrompts.AskMoment(scene, VisitTexts.Say(scene, "plan.when")), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskTimeAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        VisitPrompts.TakeMoment(step);
        return step.Values.Get<TimeOnly?>("time") is not null
            ? step.NextAsync(cancellationToken: cancellationToken)
            : step.PromptAsync(VisitPrompts.Time, VisitPrompts.AskTime(Scene.Of(step.Turn)), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskAimsAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        VisitPrompts.TakeTime(step);
        var question = Prompts.Buttons(
            Activity.Message(VisitTexts.Say(scene, "plan.aims")), [(VisitTexts.Say(scene, "visit.skip"), VisitTexts.Say(scene, "visit.skip-says"))]);
        return step.PromptAsync(Prompts.Text, new PromptOptions { Prompt = question }, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> GatherAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var values = step.Values;
        var draft = new PlanVisitDraft(
            values.Get<string>("id")!, values.Get<string>("command")!, values.Get<List<string>>("whom")!, values.Get<DateOnly>("day"),
            values.Get<TimeOnly?>("time"), Prompts.Said(step), IsSure: true);
        return step.ReplaceAsync(ConfirmId, DialogJson.ToElement(draft), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> DoubtAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var draft = step.Options<PlanVisitDraft>()!;
        return DateDoubts.AskAsync(step, draft.IsSure ? null : draft.Day, DateSense.Ahead, draft.Command, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Options<PlanVisitDraft>()!;
        draft = step.HasResult ? draft with { Day = step.Result<DateOnly>() } : draft;
        if (await dossiers.OpenAsync(scene, draft.Opportunity, cancellationToken) is not { } dossier)
        {
            step.Turn.Send(scene.Say("find.none-at-all"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        if (draft.Day is null)
        {
            step.Turn.Send(VisitTexts.Say(scene, "plan.no-date"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var at = AtOf(scene, dossier, draft);
        if (at < scene.Now)
        {
            step.Turn.Send(Refusals.Explain(scene, playbook, new Refusal.VisitInThePast(at)));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("draft", draft);
        List<string> sentences = [VisitTexts.Say(scene, "plan.confirm")];
        if (GuideFirst.Check(dossier.Account, [.. draft.Whom.Select(w => new ContactId(w))], playbook) is { } warning)
        {
            sentences.Insert(0, scene.Say("fact", VisitTexts.Say(scene, "brief.guide-first"), GuideFirstWords.Of(scene.Culture, warning)));
        }

        var title = VisitTexts.Say(scene, "plan.understood", scene.AccountOf(dossier.Opportunity.Facts.Account));
        var sentence = string.Join(Marks.Paragraph, sentences);
        return await step.PromptAsync(
            Prompts.Confirm,
            ConversationCard.Confirm(scene, title, FactsOf(scene, dossier, draft), sentence, VisitTexts.Say(scene, "visit.yes"), draft.Command),
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Values.Get<PlanVisitDraft>("draft")!;
        if (!step.Result<bool>() || await dossiers.OpenAsync(scene, draft.Opportunity, cancellationToken) is not { } dossier)
        {
            step.Turn.Send(scene.Say("check-in.not-recorded"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var visit = new VisitId(CommandIds.Derive(draft.Command));
        var at = AtOf(scene, dossier, draft);
        var outcome = await ledger.RecordAsync(
            scene.Tenant, new OpportunityId(draft.Opportunity),
            new OpportunityCommand.PlanVisit(visit, at, [.. draft.Whom.Select(w => new ContactId(w))], draft.Aims),
            scene.Command(draft.Command), scene.Company, cancellationToken);
        var title = VisitTexts.Say(scene, outcome.Repeated ? "plan.planned-already" : "plan.planned", scene.AccountOf(dossier.Opportunity.Facts.Account));
        step.Turn.Send(outcome.Refusal is { } refusal
            ? Activity.Message(Refusals.Explain(scene, playbook, refusal))
            : ConversationCard.Message(
                scene, title, FactsOf(scene, dossier, draft), BriefedAt(scene, dossier with { Opportunity = outcome.Opportunity! }, playbook, visit), []));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    /// <summary>When the brief of a visit comes, in a sentence.</summary>
    public static string BriefedAt(Scene scene, Dossier dossier, Playbook playbook, VisitId visit)
    {
        foreach (var (brief, at) in BriefTimes.Of(dossier.Opportunity, playbook, scene.Company, scene.Now))
        {
            if (brief.Visit == visit)
            {
                return at <= scene.Now
                    ? VisitTexts.Say(scene, "visit.briefed-now")
                    : VisitTexts.Say(scene, "visit.briefed", VisitWords.When(scene, dossier, playbook, at));
            }
        }

        return VisitTexts.Say(scene, "visit.not-briefed");
    }

    private List<(string Label, string Value)> FactsOf(Scene scene, Dossier dossier, PlanVisitDraft draft)
    {
        List<(string, string)> facts = [(VisitTexts.Say(scene, "visit-label.when"), VisitWords.When(scene, dossier, playbook, AtOf(scene, dossier, draft)))];
        if (draft.Whom.Count > 0)
        {
            facts.Add((VisitTexts.Say(scene, "visit-label.whom"), VisitWords.Names(scene, dossier, draft.Whom)));
        }

        if (draft.Aims is { } aims)
        {
            facts.Add((VisitTexts.Say(scene, "visit-label.aims"), aims));
        }

        return facts;
    }

    private DateTimeOffset AtOf(Scene scene, Dossier dossier, PlanVisitDraft draft) =>
        dossier.Calendar(scene.Company, playbook).At(draft.Day!.Value, draft.Time ?? VisitPrompts.UsualTime);
}
