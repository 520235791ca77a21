using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Conversations.CheckIn;

/// <summary>What a rep has said in a check-in so far.</summary>
/// <param name="Opportunity">Which.</param>
/// <param name="Command">Given when the check-in began; however often it is confirmed, it counts once.</param>
/// <param name="Milestones">Which were reached.</param>
/// <param name="On">When.</param>
/// <param name="Evidence">Free text or a link.</param>
/// <param name="NextStep">What was promised; <c>null</c> for nothing.</param>
/// <param name="Due">By when.</param>
/// <param name="IsSure">Its dates were asked about where they were hardly meant.</param>
internal sealed record CheckInDraft(
    string Opportunity, string Command, IReadOnlyList<string> Milestones, DateOnly? On, string? Evidence, string? NextStep, DateOnly? Due, bool IsSure = false);

/// <summary>The check-in: which milestones, when and on what evidence, the next step; shows what it understood; records on yes.</summary>
internal sealed class CheckInDialog(OpportunityLedger ledger, Playbook playbook, StatusLines lines)
{
    /// <summary>The dialog's id; its option is the account's words.</summary>
    public const string Id = "check-in";

    /// <summary>The second half: summary, confirmation, record. Its option is a <see cref="CheckInDraft"/>.</summary>
    public const string ConfirmId = "check-in/confirm";

    /// <summary>The questions, in speaking order.</summary>
    public Dialog Questions => new WaterfallDialog(
        Id, 1, FindAsync, AskMilestonesAsync, AskWhenAsync, AskEvidenceAsync, AskNextStepAsync, AskDueAsync, GatherAsync);

    /// <summary>The end: what was understood, and yes.</summary>
    public Dialog Confirmation => new WaterfallDialog(ConfirmId, 3, AskMissingAsync, DoubtDueAsync, DoubtOnAsync, ShowAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken) =>
        step.BeginAsync(
            FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(step.Options<string>() ?? "", Among.WorkedOn)), cancellationToken);

    private async ValueTask<DialogTurnResult> AskMilestonesAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var stored = await ledger.ReadAsync(scene.Tenant, new OpportunityId(id), cancellationToken);
        if (stored is null || !stored.Opportunity.IsOpen)
        {
            step.Turn.Send(scene.Say("check-in.not-open"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var opportunity = stored.Opportunity;
        var stage = playbook.Stage(opportunity.Facts.Stage);
        var left = stage.Milestones.Where(m => !opportunity.Facts.Reached.ContainsKey(m.Id)).ToList();
        step.Values.Set("id", id);
        step.Values.Set("command", CommandIds.Of(step.Turn));
        step.Values.Set("left", left.Select(m => m.Id.Value).ToList());
        var choices = left.Select(m => new Choice((stage.IsKey(m.Id) ? "★ " : "") + m.Name.For(scene.Culture))).ToList();
        var question = scene.Say(
            "check-in.which-milestones", scene.AccountOf(opportunity.Facts.Account), stage.Name.For(scene.Culture), playbook.NumberOf(stage.Id), playbook.Stages.Count);
        var prompt = Prompts.AskAny(question, choices);
        var card = CheckInCard.Build(scene, opportunity, stage, left, step.Values.Get<string>("command")!, question);
        return await step.PromptAsync(
            Prompts.Choices,
            new PromptOptions { Prompt = prompt with { Text = prompt.Text + Marks.Paragraph + scene.Say("check-in.how-to-answer"), Attachments = [card] }, Choices = choices },
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhenAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var left = step.Values.Get<List<string>>("left")!;
        var reached = step.Result<List<FoundChoice>>()!.Select(c => left[c.Index]).ToList();
        step.Values.Set("reached", reached);
        return reached.Count == 0
            ? await step.NextAsync(cancellationToken: cancellationToken)
            : await step.PromptAsync(Prompts.PastDate, Question(scene, "check-in.when", "check-in.when-again"), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskEvidenceAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (!step.HasResult)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var on = step.Result<DateOnly>();
        step.Values.Set("on", on);
        if (on > scene.Today)
        {
            step.Turn.Send(scene.Say("check-in.in-the-future", scene.Format(on)));
            step.Values.Set("on", scene.Today);
        }

        return await step.PromptAsync(Prompts.Text, Question(scene, "check-in.evidence", "check-in.evidence"), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskNextStepAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Values.Set("evidence", Prompts.Said(step));
        return await step.PromptAsync(Prompts.Text, Question(scene, "check-in.next-step", "check-in.next-step"), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskDueAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var next = Prompts.Said(step);
        step.Values.Set("next", next);
        return next is null
            ? await step.NextAsync(cancellationToken: cancellationToken)
            : await step.PromptAsync(Prompts.Date, Question(scene, "check-in.due", "check-in.due-again"), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> GatherAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var values = step.Values;
        var draft = new CheckInDraft(
            values.Get<string>("id")!, values.Get<string>("command")!, values.Get<List<string>>("reached")!,
            values.Get<DateOnly?>("on"), values.Get<string>("evidence"), values.Get<string>("next"),
            step.HasResult ? step.Result<DateOnly>() : null, IsSure: true);
        return await step.ReplaceAsync(ConfirmId, DialogJson.ToElement(draft), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskMissingAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var draft = step.Options<CheckInDraft>()!;
        step.Values.Set("draft", draft);
        return HalfSteps.AskAsync(step, draft.NextStep, draft.Due, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> DoubtDueAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var draft = step.Values.Get<CheckInDraft>("draft")!;
        var wasAsked = step.HasResult && draft.Due is null;
        var (what, due) = HalfSteps.Take(step, draft.NextStep, draft.Due);
        draft = draft with { NextStep = what, Due = due };
        step.Values.Set("draft", draft);
        return DateDoubts.AskAsync(step, draft.IsSure || wasAsked ? null : draft.Due, DateSense.Ahead, draft.Command, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> DoubtOnAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var draft = step.Values.Get<CheckInDraft>("draft")!;
        step.Values.Set("draft", step.HasResult ? draft with { Due = step.Result<DateOnly>() } : draft);
        return DateDoubts.AskAsync(step, draft.IsSure ? null : draft.On, DateSense.Past, draft.Command, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Values.Get<CheckInDraft>("draft")!;
        draft = step.HasResult ? draft with { On = step.Result<DateOnly>() } : draft;
        var stored = await ledger.ReadAsync(scene.Tenant, new OpportunityId(draft.Opportunity), cancellationToken);
        if (stored is null || !scene.Company.MaySee(scene.Person.Id, stored.Opportunity.Facts.Owner))
        {
            step.Turn.Send(scene.Say("find.none-at-all"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("draft", draft);
        var summary = CheckInSummary.Of(scene, playbook, stored.Opportunity, draft);
        var message = Prompts.Buttons(
            BotFramework.Schema.Activity.Message(summary.Text) with { Attachments = [summary.Card] },
            [(scene.Say("yes"), scene.Say("yes.says")), (scene.Say("no"), scene.Say("no.says"))]);
        return await step.PromptAsync(Prompts.Confirm, new PromptOptions { Prompt = message }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Values.Get<CheckInDraft>("draft")!;
        if (!step.Result<bool>())
        {
            step.Turn.Send(scene.Say("check-in.not-recorded"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var on = draft.On ?? scene.Today;
        var command = new OpportunityCommand.CheckIn(
            [.. draft.Milestones.Select(m => new MilestoneClaim(new MilestoneId(m), on, draft.Evidence))],
            draft is { NextStep: { } what, Due: { } due } ? new NextStep(what, due) : null);
        var outcome = await ledger.RecordAsync(
            scene.Tenant, new OpportunityId(draft.Opportunity), command, scene.Command(draft.Command), scene.Company, cancellationToken);
        step.Turn.Send(outcome.Refusal is { } refusal
            ? BotFramework.Schema.Activity.Message(Refusals.Explain(scene, playbook, refusal))
            : StatusCard.Recorded(scene, playbook, outcome, await lines.OfAsync(scene, outcome.Opportunity!, cancellationToken)));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private static PromptOptions Question(Scene scene, string key, string again) => new()
    {
        Prompt = BotFramework.Schema.Activity.Message(scene.Say(key)),
        RetryPrompt = BotFramework.Schema.Activity.Message(scene.Say(again)),
    };
}
