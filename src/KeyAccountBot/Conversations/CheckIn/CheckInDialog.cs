using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Conversations.Status;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.CheckIn;

/// <summary>What a rep has said in a check-in so far.</summary>
internal sealed record CheckInDraft
{
    /// <summary>The opportunity's id.</summary>
    public string Opportunity { get; init; } = "";

    /// <summary>The milestones that could be reached, as listed.</summary>
    public IReadOnlyList<string> Left { get; init; } = [];

    /// <summary>Which were reached.</summary>
    public IReadOnlyList<string> Milestones { get; init; } = [];

    /// <summary>When; the speaker's local date.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Free text or a link.</summary>
    public string? Evidence { get; init; }

    /// <summary>What was promised; <c>null</c> for nothing.</summary>
    public string? NextStep { get; init; }

    /// <summary>By when; the speaker's local date.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Its dates were asked about where they were hardly meant.</summary>
    public bool IsSure { get; init; }
}

/// <summary>The check-in: which milestones, when and on what evidence, the next step; shows what it understood; records on yes.</summary>
internal sealed class CheckInDialog(Dossiers dossiers, Playbook playbook, StatusLines lines)
{
    /// <summary>The dialog's id; its option is the account's words.</summary>
    public const string Id = "check-in";

    /// <summary>The second half: summary, confirmation, record. Its option is a <see cref="CheckInDraft"/>.</summary>
    public const string ConfirmId = "check-in/confirm";

    private const string People = "contacts";

    /// <summary>The questions, in speaking order.</summary>
    public Dialog Questions => new WaterfallDialog<CheckInDraft>(
        Id, 2, FindAsync, AskMilestonesAsync, AskWhenAsync, AskEvidenceAsync, AskNextStepAsync, AskDueAsync, GatherAsync);

    /// <summary>The end: what was understood, and yes.</summary>
    public Dialog Confirmation => new WaterfallDialog<CheckInDraft>(ConfirmId, 4, AskMissingAsync, DoubtDueAsync, DoubtOnAsync, ShowAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext<CheckInDraft> step, CancellationToken cancellationToken) =>
        step.BeginAsync(
            FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(step.Options<string>() ?? "", Among.WorkedOn)), cancellationToken);

    private async ValueTask<DialogTurnResult> AskMilestonesAsync(WaterfallStepContext<CheckInDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        if (await dossiers.ReadAsync(scene.Asker, new OpportunityId(id), cancellationToken) is not { IsOpen: true } opportunity)
        {
            step.Turn.Send(scene.Say("check-in.not-open"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var stage = playbook.Stage(opportunity.Facts.Stage);
        var left = stage.Milestones.Where(m => !opportunity.Facts.Reached.ContainsKey(m.Id)).ToList();
        step.Draft = new CheckInDraft { Opportunity = id, Left = [.. left.Select(m => m.Id.Value)], IsSure = true };
        var choices = left.Select(m => new Choice(CheckInCard.NameOf(scene, stage, m)) { Id = m.Id.Value }).ToList();
        var question = scene.Say(
            "check-in.which-milestones", scene.AccountOf(opportunity.Facts.Account), stage.Name.For(scene.Culture), playbook.NumberOf(stage.Id), playbook.Stages.Count);
        return await step.PromptAsync(
            Prompts.Choices,
            new PromptOptions { Prompt = CheckInCard.Of(scene, opportunity, stage, left, step.Token, question), Choices = choices, Field = "milestones", Further = ["milestoneDate"] },
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhenAsync(WaterfallStepContext<CheckInDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Draft = step.Draft with { Milestones = [.. step.Result<List<FoundChoice>>()!.Select(c => step.Draft.Left[c.Index])] };
        if (step.Draft.Milestones.Count == 0)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var contacts = (await dossiers.OpenAsync(scene.Asker, new OpportunityId(step.Draft.Opportunity), cancellationToken))?.Contacts ?? [];
        return await step.PromptAsync(
            Prompts.PastDate,
            Question(scene, "check-in.when", "check-in.when-again") with
            {
                Field = "milestoneDate", MayBeLeftOut = true, Further = [People], Names = [.. contacts.Select(c => new NameBeside(c.Id.Value, c.Name))],
            },
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskEvidenceAsync(WaterfallStepContext<CheckInDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Draft.Milestones.Count == 0)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        // a check-in has no place for who was there: said, not dropped
        if (step.TakeAllAhead(People) is { Count: > 0 } there && await dossiers.OpenAsync(scene.Asker, new OpportunityId(step.Draft.Opportunity), cancellationToken) is { } dossier)
        {
            step.Turn.Send(scene.Say("check-in.people", string.Join(Wording.Words.Separator(scene.Culture), dossier.NamesOf(there.Select(c => new ContactId(c))))));
        }

        // left out, it is today, as the summary shows
        var on = step.HasResult ? step.Result<DateOnly>() : scene.Today;
        step.Draft = step.Draft with { On = on };
        if (on > scene.Today)
        {
            step.Turn.Send(scene.Say("check-in.in-the-future", scene.Format(on)));
            step.Draft = step.Draft with { On = scene.Today };
        }

        return await step.PromptAsync(Prompts.Text, Question(scene, "check-in.evidence", "check-in.evidence") with { Field = "evidence", Further = ["nextStep", "nextStepDate", "milestoneDate"], MayBeLeftOut = true }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskNextStepAsync(WaterfallStepContext<CheckInDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Draft = step.Draft with { Evidence = Prompts.Said(step) };
        var opportunity = await dossiers.ReadAsync(scene.Asker, new OpportunityId(step.Draft.Opportunity), cancellationToken);
        return await step.PromptAsync(Prompts.Text, NextStepQuestion.Of(Question(scene, "check-in.next-step", "check-in.next-step"), opportunity?.Facts.NextStep), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskDueAsync(WaterfallStepContext<CheckInDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var next = Prompts.Said(step);
        step.Draft = step.Draft with { NextStep = next };
        return next is null
            ? await step.NextAsync(cancellationToken: cancellationToken)
            : await step.PromptAsync(Prompts.Date, Question(scene, "check-in.due", "check-in.due-again") with { Field = "nextStepDate" }, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> GatherAsync(WaterfallStepContext<CheckInDraft> step, CancellationToken cancellationToken) =>
        step.ReplaceAsync(ConfirmId, DialogJson.ToElement(step.HasResult ? step.Draft with { Due = step.Result<DateOnly>() } : step.Draft), cancellationToken);

    private static ValueTask<DialogTurnResult> AskMissingAsync(WaterfallStepContext<CheckInDraft> step, CancellationToken cancellationToken)
    {
        step.Draft = step.Options<CheckInDraft>()!;
        return HalfSteps.AskAsync(step, step.Draft.NextStep, step.Draft.Due, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> DoubtDueAsync(WaterfallStepContext<CheckInDraft> step, CancellationToken cancellationToken)
    {
        var draft = step.Draft;
        var wasAsked = step.HasResult && draft.Due is null;
        var (what, due) = HalfSteps.Take(step, draft.NextStep, draft.Due);
        draft = draft with { NextStep = what, Due = due };
        step.Draft = draft;
        return DateDoubts.AskAsync(step, draft.IsSure || wasAsked ? null : draft.Due, DateSense.Ahead, step.Token, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> DoubtOnAsync(WaterfallStepContext<CheckInDraft> step, CancellationToken cancellationToken)
    {
        var draft = step.Draft;
        step.Draft = step.HasResult ? draft with { Due = step.Result<DateOnly>() } : draft;
        return DateDoubts.AskAsync(step, draft.IsSure ? null : draft.On, DateSense.Past, step.Token, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext<CheckInDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Draft;
        draft = step.HasResult ? draft with { On = step.Result<DateOnly>() } : draft;
        if (await dossiers.ReadAsync(scene.Asker, new OpportunityId(draft.Opportunity), cancellationToken) is not { } opportunity)
        {
            step.Turn.Send(scene.Say("find.none-at-all"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Draft = draft;
        return await step.PromptAsync(
            Prompts.Confirm, new PromptOptions { Prompt = CheckInSummary.Of(scene, playbook, opportunity, draft, step.Token) }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<CheckInDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Draft;
        if (!step.Result<bool>())
        {
            step.Turn.Send(scene.Say("check-in.not-recorded"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var on = draft.On ?? scene.Today;
        var command = new OpportunityCommand.CheckIn(
            [.. draft.Milestones.Select(m => new MilestoneClaim(new MilestoneId(m), on, draft.Evidence))],
            draft is { NextStep: { } what, Due: { } due } ? new NextStep(what, due) : null);
        var outcome = await dossiers.RecordAsync(
            scene.Asker, new OpportunityId(draft.Opportunity), command, scene.Command(step.Token), cancellationToken);
        step.Turn.Send(outcome.Refusal is { } refusal
            ? Message.Of(Refusals.Explain(scene, playbook, refusal))
            : StatusCard.Recorded(scene, playbook, outcome, await lines.OfAsync(scene, outcome.Opportunity!, cancellationToken)));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private static PromptOptions Question(Scene scene, string key, string again) => new()
    {
        Prompt = Message.Of(scene.Say(key)),
        RetryPrompt = Message.Of(scene.Say(again)),
    };
}
