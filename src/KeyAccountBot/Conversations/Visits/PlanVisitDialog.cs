using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>A visit to plan, as far as a sentence says.</summary>
/// <param name="Words">Which account, as the person said it; empty to ask.</param>
internal sealed record PlanVisit(string Words)
{
    /// <summary>What was said; its opportunity is empty where it still has to be found.</summary>
    public PlanVisitDraft Said { get; init; } = new();

    /// <summary>The slots of a wish.</summary>
    public static PlanVisit Of(Asked asked) => new(asked.Opportunity is null ? asked.Account ?? "" : "")
    {
        Said = new PlanVisitDraft
        {
            Opportunity = asked.One("opportunity") ?? "",
            Whom = asked.All("contacts") is { Count: > 0 } several ? several : asked.All("contact"),
            Day = asked.Date("start") ?? asked.Date("date"),
            Time = asked.Time("start") ?? asked.Time("date") ?? asked.Time("time"),
            Aims = asked.One("text"),
        },
    };
}

/// <summary>What a rep has said of a visit to come.</summary>
internal sealed record PlanVisitDraft
{
    /// <summary>Which opportunity.</summary>
    public string Opportunity { get; init; } = "";

    /// <summary>The contacts that were offered, while they are asked about.</summary>
    public IReadOnlyList<string> Offered { get; init; } = [];

    /// <summary>Contacts to meet.</summary>
    public IReadOnlyList<string> Whom { get; init; } = [];

    /// <summary>Where the owner is.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Where the owner is; <c>null</c> for the usual one.</summary>
    public TimeOnly? Time { get; init; }

    /// <summary>What for.</summary>
    public string? Aims { get; init; }

    /// <summary>Its day was asked about where it was hardly meant.</summary>
    public bool IsSure { get; init; }
}

/// <summary>Plans a visit: whom, when, what for; warns where nobody inside guides us; records on yes and says when the brief comes.</summary>
internal sealed class PlanVisitDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is a <see cref="PlanVisit"/>.</summary>
    public const string Id = "visit/plan";

    /// <summary>The second half: summary, warning, confirmation, record. Its option is a <see cref="PlanVisitDraft"/>.</summary>
    public const string ConfirmId = "visit/plan/confirm";

    /// <summary>The questions, in speaking order.</summary>
    public Dialog Questions => new WaterfallDialog<PlanVisitDraft>(Id, 3, FindAsync, AskWhomAsync, AskWhenAsync, AskTimeAsync, AskAimsAsync, GatherAsync);

    /// <summary>The end: what was understood, and yes.</summary>
    public Dialog Confirmation => new WaterfallDialog<PlanVisitDraft>(ConfirmId, 3, DoubtAsync, ShowAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken) =>
        Wanted(step) is { Said.Opportunity: { Length: > 0 } settled }
            ? step.NextAsync(DialogJson.ToElement(settled), cancellationToken)
            : step.BeginAsync(FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(Wanted(step).Words, Among.WorkedOn)), cancellationToken);

    private static PlanVisit Wanted(WaterfallStepContext step) => step.Options<PlanVisit>() ?? new PlanVisit("");

    private async ValueTask<DialogTurnResult> AskWhomAsync(WaterfallStepContext<PlanVisitDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id || await dossiers.OpenAsync(scene.Asker, new OpportunityId(id), cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var account = scene.AccountOf(dossier.Opportunity.Facts.Account);
        if (!dossier.Opportunity.IsOpen)
        {
            return await step.EndWithAsync(VisitTexts.Say(scene, "visit.not-open", account), cancellationToken);
        }

        // who is not of this customer was named for another
        var said = Wanted(step).Said;
        string[] whom = [.. said.Whom.Where(w => dossier.Contacts.Any(c => c.Id.Value == w))];
        step.Draft = said with { Opportunity = id, Whom = whom, Day = said.Day >= scene.Today ? said.Day : null, Offered = [.. dossier.Contacts.Select(c => c.Id.Value)] };
        if (whom.Length > 0)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        if (dossier.Contacts.Count == 0)
        {
            step.Turn.Send(VisitTexts.Say(scene, "plan.no-contacts", account));
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var choices = ContactChoices.Of(scene, playbook, dossier.Contacts);
        return await step.PromptAsync(
            Prompts.Choices,
            new PromptOptions
            {
                Prompt = PlanVisitCard.Build(scene, playbook, dossier, step.Token, step.Draft) with
                {
                    Question = VisitTexts.Say(scene, "plan.whom", account),
                    Choices = [.. choices.Select(c => c.Value)],
                    IsAnsweredInWords = true,
                    Hint = VisitTexts.Say(scene, "plan.whom-how"),
                },
                Choices = choices,
                Field = "contacts",
            },
            cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskWhenAsync(WaterfallStepContext<PlanVisitDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.HasResult)
        {
            step.Draft = step.Draft with { Whom = [.. (step.Result<List<FoundChoice>>() ?? []).Select(c => step.Draft.Offered[c.Index])] };
        }

        return step.Draft.Day is not null ? step.NextAsync(cancellationToken: cancellationToken) : step.PromptAsync(VisitPrompts.Moment, VisitPrompts.AskMoment(scene, VisitTexts.Say(scene, "plan.when")), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskTimeAsync(WaterfallStepContext<PlanVisitDraft> step, CancellationToken cancellationToken)
    {
        if (step.HasResult)
        {
            var moment = VisitPrompts.TakeMoment(step);
            step.Draft = step.Draft with { Day = moment.Day, Time = moment.Time ?? step.Draft.Time };
        }

        return step.Draft.Time is not null
            ? step.NextAsync(cancellationToken: cancellationToken)
            : step.PromptAsync(VisitPrompts.Time, VisitPrompts.AskTime(Scene.Of(step.Turn)), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskAimsAsync(WaterfallStepContext<PlanVisitDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Draft = step.Draft with { Time = VisitPrompts.TakeTime(step, step.Draft.Time) };

        // who said when in one sentence is not asked what for
        if (Wanted(step).Said.Day is not null)
        {
            return step.NextAsync(cancellationToken: cancellationToken);
        }

        var question = Message.Of(VisitTexts.Say(scene, "plan.aims"))
            .Offering(new ReadyAnswer(VisitTexts.Say(scene, "visit.skip"), VisitTexts.Say(scene, "visit.skip-says")));
        return step.PromptAsync(Prompts.Text, new PromptOptions { Prompt = question, Field = "aims", MayBeLeftOut = true }, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> GatherAsync(WaterfallStepContext<PlanVisitDraft> step, CancellationToken cancellationToken) =>
        step.ReplaceAsync(
            ConfirmId, DialogJson.ToElement(step.Draft with { Offered = [], Aims = Prompts.Said(step) ?? Wanted(step).Said.Aims, IsSure = Wanted(step).Said.Day is null }), cancellationToken);

    private static ValueTask<DialogTurnResult> DoubtAsync(WaterfallStepContext<PlanVisitDraft> step, CancellationToken cancellationToken)
    {
        step.Draft = step.Options<PlanVisitDraft>()!;
        return DateDoubts.AskAsync(step, step.Draft.IsSure ? null : step.Draft.Day, DateSense.Ahead, step.Token, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext<PlanVisitDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.HasResult ? step.Draft with { Day = step.Result<DateOnly>() } : step.Draft;
        if (await dossiers.OpenAsync(scene.Asker, new OpportunityId(draft.Opportunity), cancellationToken) is not { } dossier)
        {
            return await step.EndWithAsync(scene.Say("find.none-at-all"), cancellationToken);
        }

        if (draft.Day is null)
        {
            return await step.EndWithAsync(VisitTexts.Say(scene, "plan.no-date"), cancellationToken);
        }

        var at = AtOf(scene, dossier, draft);
        if (at < scene.Now)
        {
            return await step.EndWithAsync(Refusals.Explain(scene, playbook, new Refusal.VisitInThePast(at)), cancellationToken);
        }

        step.Draft = draft;
        List<string> sentences = [VisitTexts.Say(scene, "plan.confirm")];
        if (GuideFirst.Check(dossier.Account, [.. draft.Whom.Select(w => new ContactId(w))], playbook) is { } warning)
        {
            sentences.Insert(0, scene.Say("fact", BriefWords.Texts["brief.guide-first", scene.Culture], GuideFirstWords.Of(scene.Culture, warning)));
        }

        var title = VisitTexts.Say(scene, "plan.understood", scene.AccountOf(dossier.Opportunity.Facts.Account));
        var sentence = string.Join(Marks.Paragraph, sentences);
        return await step.PromptAsync(
            Prompts.Confirm,
            new PromptOptions { Prompt = ConversationCard.Confirm(scene, title, FactsOf(scene, dossier, draft), sentence, step.Token, VisitTexts.Say(scene, "visit.yes")) },
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<PlanVisitDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Draft;
        if (!step.Result<bool>())
        {
            return await step.EndWithAsync(scene.Say("check-in.not-recorded"), cancellationToken);
        }

        // it may have left their sight since it was shown
        if (await dossiers.OpenAsync(scene.Asker, new OpportunityId(draft.Opportunity), cancellationToken) is not { } dossier)
        {
            return await step.EndWithAsync(Refusals.Explain(scene, playbook, new Refusal.NotTheirs()), cancellationToken);
        }

        var visit = new VisitId(CommandIds.Derive(step.Token));
        var at = AtOf(scene, dossier, draft);
        var outcome = await dossiers.RecordAsync(
            scene.Asker, new OpportunityId(draft.Opportunity),
            new OpportunityCommand.PlanVisit(visit, at, [.. draft.Whom.Select(w => new ContactId(w))], draft.Aims),
            scene.Command(step.Token), cancellationToken);
        var title = VisitTexts.Say(scene, outcome.Repeated ? "plan.planned-already" : "plan.planned", scene.AccountOf(dossier.Opportunity.Facts.Account));
        step.Turn.Send(outcome.Refusal is { } refusal
            ? Message.Of(Refusals.Explain(scene, playbook, refusal))
            : ConversationCard.Of(
                scene, title, FactsOf(scene, dossier, draft), BriefedAt(scene, dossier with { Opportunity = outcome.Opportunity! }, playbook, visit)));
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
