using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.CheckIn;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>The end of a visit's report: shows what was understood, records on yes, and shows how far that has brought it.</summary>
internal sealed class ConfirmReportDialog(OpportunityLedger ledger, AccountLedger accounts, Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is a <see cref="ReportVisitDraft"/>.</summary>
    public const string Id = "visit/report/confirm";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 3, AskMissingAsync, DoubtDueAsync, DoubtOnAsync, ShowAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> AskMissingAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var draft = step.Options<ReportVisitDraft>()!;
        step.Values.Set("draft", draft);
        return HalfSteps.AskAsync(step, draft.NextStep, draft.Due, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> DoubtDueAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var draft = step.Values.Get<ReportVisitDraft>("draft")!;
        var wasAsked = step.HasResult && draft.Due is null;
        var (what, due) = HalfSteps.Take(step, draft.NextStep, draft.Due);
        draft = draft with { NextStep = what, Due = due };
        step.Values.Set("draft", draft);
        return DateDoubts.AskAsync(step, draft.IsSure || wasAsked ? null : draft.Due, DateSense.Ahead, draft.Command, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> DoubtOnAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var draft = step.Values.Get<ReportVisitDraft>("draft")!;
        step.Values.Set("draft", step.HasResult ? draft with { Due = step.Result<DateOnly>() } : draft);
        return DateDoubts.AskAsync(step, draft.IsSure ? null : draft.On, DateSense.Past, draft.Command, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Values.Get<ReportVisitDraft>("draft")!;
        draft = step.HasResult ? draft with { On = step.Result<DateOnly>() } : draft;
        if (await dossiers.OpenAsync(scene, draft.Opportunity, cancellationToken) is not { } dossier)
        {
            step.Turn.Send(scene.Say("find.none-at-all"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("draft", draft);
        return await step.PromptAsync(
            Prompts.Confirm,
            ConversationCard.Confirm(
                scene, VisitTexts.Say(scene, "report.understood", scene.AccountOf(dossier.Opportunity.Facts.Account)),
                FactsOf(scene, dossier, draft), scene.Say("check-in.record"), scene.Say("yes"), draft.Command),
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Values.Get<ReportVisitDraft>("draft")!;
        if (!step.Result<bool>() || await dossiers.OpenAsync(scene, draft.Opportunity, cancellationToken) is not { } dossier)
        {
            step.Turn.Send(scene.Say("check-in.not-recorded"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var report = draft.ToCommand(dossier, playbook, scene.Today);
        var outcome = await ledger.RecordAsync(
            scene.Tenant, dossier.Opportunity.Id, report, scene.Command(draft.Command), scene.Company, cancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            step.Turn.Send(refusal is Refusal.NoSuchVisit ? VisitTexts.Say(scene, "report.gone") : Refusals.Explain(scene, playbook, refusal));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        await TouchAsync(scene, draft, report, dossier, cancellationToken);
        step.Turn.Send(StatusCard.Recorded(scene, playbook, outcome, progress: ProgressOf(scene, outcome)));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    // after the report and repeated with it: should the process die between the two, the same yes comes again and both count once
    private async ValueTask TouchAsync(
        Scene scene, ReportVisitDraft draft, OpportunityCommand.ReportVisit report, Dossier dossier, CancellationToken cancellationToken)
    {
        // somebody retired meanwhile is in the report, and needs no touch any more
        List<ContactId> met = [.. report.Met.Where(m => dossier.Contacts.Any(c => c.Id == m))];
        if (met.Count > 0 && dossier.Account is { } account)
        {
            var touch = new AccountCommand.LogTouch(met, report.On, report.Notes ?? VisitTexts.Say(scene, "visit.touch"));
            await accounts.RecordAsync(scene.Tenant, account.Id, touch, scene.Command(draft.Command + "~touch"), cancellationToken);
        }
    }

    private List<string> ProgressOf(Scene scene, LedgerOutcome outcome)
    {
        if (outcome.Repeated || outcome is not { Before: { } before, Opportunity: { } after })
        {
            return [];
        }

        var (was, now) = (Sales.Opportunities.Questions.Of(before, playbook), Sales.Opportunities.Questions.Of(after, playbook));
        var milestones = playbook.Stages.SelectMany(s => s.Milestones).ToList();
        List<string> lines = [];
        if (now.Count > 0)
        {
            lines.Add(VisitTexts.Say(scene, "report.questions-progress", was.Count(q => !q.IsOpen), now.Count(q => !q.IsOpen), now.Count));
        }

        lines.Add(VisitTexts.Say(
            scene, "report.milestones-progress", milestones.Count(m => before.Facts.Reached.ContainsKey(m.Id)),
            milestones.Count(m => after.Facts.Reached.ContainsKey(m.Id)), milestones.Count));
        return lines;
    }

    private List<(string Label, string Value)> FactsOf(Scene scene, Dossier dossier, ReportVisitDraft draft)
    {
        var questions = Sales.Opportunities.Questions.Of(dossier.Opportunity, playbook);
        List<(string, string)> facts =
        [
            (VisitTexts.Say(scene, "visit-label.on"), scene.Format(draft.On ?? scene.Today)),
            (VisitTexts.Say(scene, "visit-label.met"), VisitWords.Names(scene, dossier, draft.Met)),
        ];
        if (draft.Answers.Count == 0)
        {
            facts.Add((VisitTexts.Say(scene, "visit-label.answered"), VisitTexts.Say(scene, "report.no-questions")));
        }

        facts.AddRange(draft.Answers.Select(a => (
            VisitTexts.Say(scene, "visit-label.answered"),
            VisitTexts.Say(scene, "report.told", questions.FirstOrDefault(q => q.Id.Value == a.Question)?.Text.For(scene.Culture), a.Text))));
        facts.Add((scene.Say("label.reached"), draft.Milestones.Count == 0
            ? scene.Say("check-in.no-milestone")
            : string.Join(scene.Say("separator"), draft.Milestones.Select(m => playbook.Find(new MilestoneId(m))?.Name.For(scene.Culture) ?? m))));
        facts.Add((scene.Say("label.next-step"), draft is { NextStep: { } next, Due: { } due }
            ? scene.Say("check-in.by", next, scene.Format(due))
            : scene.Say("nothing")));
        if (draft.Notes is { } notes)
        {
            facts.Add((VisitTexts.Say(scene, "visit-label.notes"), notes));
        }

        return facts;
    }
}
