using KeyAccountBot.Conversations.CheckIn;
using KeyAccountBot.Conversations.Status;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>The end of a visit's report: shows what was understood, records on yes, and shows how far that has brought it.</summary>
internal sealed class ConfirmReportDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is a <see cref="ReportVisitDraft"/>.</summary>
    public const string Id = "visit/report/confirm";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<ReportVisitDraft>(Id, 4, AskMissingAsync, DoubtDueAsync, DoubtOnAsync, ShowAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> AskMissingAsync(WaterfallStepContext<ReportVisitDraft> step, CancellationToken cancellationToken)
    {
        step.Draft = step.Options<ReportVisitDraft>()!;
        return HalfSteps.AskAsync(step, step.Draft.NextStep, step.Draft.Due, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> DoubtDueAsync(WaterfallStepContext<ReportVisitDraft> step, CancellationToken cancellationToken)
    {
        var wasAsked = step.HasResult && step.Draft.Due is null;
        var (what, due) = HalfSteps.Take(step, step.Draft.NextStep, step.Draft.Due);
        step.Draft = step.Draft with { NextStep = what, Due = due };
        return DateDoubts.AskAsync(step, step.Draft.IsSure || wasAsked ? null : step.Draft.Due, DateSense.Ahead, step.Token, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> DoubtOnAsync(WaterfallStepContext<ReportVisitDraft> step, CancellationToken cancellationToken)
    {
        step.Draft = step.HasResult ? step.Draft with { Due = step.Result<DateOnly>() } : step.Draft;
        return DateDoubts.AskAsync(step, step.Draft.IsSure ? null : step.Draft.On, DateSense.Past, step.Token, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext<ReportVisitDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.HasResult ? step.Draft with { On = step.Result<DateOnly>() } : step.Draft;
        if (await dossiers.OpenAsync(scene.Asker, new OpportunityId(draft.Opportunity), cancellationToken) is not { } dossier)
        {
            return await step.EndWithAsync(scene.Say("find.none-at-all"), cancellationToken);
        }

        step.Draft = draft;
        var title = VisitTexts.Say(scene, "report.understood", scene.AccountOf(dossier.Opportunity.Facts.Account));
        return await step.PromptAsync(
            Prompts.Confirm,
            new PromptOptions { Prompt = ConversationCard.Confirm(scene, title, FactsOf(scene, dossier, draft), scene.Say("check-in.record"), step.Token) },
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<ReportVisitDraft> step, CancellationToken cancellationToken)
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

        var report = draft.ToCommand(dossier, playbook, scene.Today);
        var outcome = await dossiers.RecordAsync(scene.Asker, dossier.Opportunity.Id, report, scene.Command(step.Token), cancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            return await step.EndWithAsync(
                refusal is Refusal.NoSuchVisit ? VisitTexts.Say(scene, "report.gone") : Refusals.Explain(scene, playbook, refusal), cancellationToken);
        }

        await TouchAsync(scene, step.Token, report, dossier, cancellationToken);
        step.Turn.Send(StatusCard.Recorded(scene, playbook, outcome, progress: ProgressOf(scene, outcome)));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    // after the report and repeated with it: should the process die between the two, the same yes comes again and both count once
    private async ValueTask TouchAsync(
        Scene scene, string token, OpportunityCommand.ReportVisit report, Dossier dossier, CancellationToken cancellationToken)
    {
        // somebody retired meanwhile is in the report, and needs no touch any more
        List<ContactId> met = [.. report.Met.Where(m => dossier.Contacts.Any(c => c.Id == m))];
        if (met.Count > 0 && dossier.Account is { } account)
        {
            var touch = new AccountCommand.LogTouch(met, report.On, report.Notes ?? VisitTexts.Say(scene, "visit.touch"));
            await dossiers.RecordAsync(scene.Asker, account.Id, touch, scene.Command(token + "~touch"), cancellationToken, dossier.Opportunity);
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
            : string.Join(Words.Separator(scene.Culture), draft.Milestones.Select(m => playbook.Find(new MilestoneId(m))?.Name.For(scene.Culture) ?? m))));
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
