using System.Text.RegularExpressions;
using KeyAccountBot.Conversations.CheckIn;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Conversations.Status;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>A report in the rep's own words, until they have said yes.</summary>
internal sealed record OwnWordsDraft
{
    /// <summary>The opportunities that it may be about.</summary>
    public IReadOnlyList<string> Opportunities { get; init; } = [];

    /// <summary>What would be recorded; <c>null</c> until it is known which opportunity it is.</summary>
    public FreeTextDraft? Proposal { get; init; }

    /// <summary>What the opportunity is called, to check in on it instead.</summary>
    public string Words { get; init; } = "";
}

/// <summary>A report in the rep's own words: what it is about, what it would put on record, and yes.</summary>
internal sealed partial class FreeTextDialog(
    OpportunitySearch search, Dossiers dossiers, IReportProposer proposer, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the text.</summary>
    public const string Id = "free-text";

    private const int FewWords = 4;
    private const int Offered = 48;
    private readonly ReportSubject subject = new(search, dossiers, playbook);

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<OwnWordsDraft>(Id, 3, AskWhichAsync, ProposeAsync, ShowAsync, RecordAsync);

    /// <summary>Whether a message is a report rather than a word: in a personal chat, and longer than a few words.</summary>
    public static bool IsReport(TurnContext turn, string text) => !turn.IsAmongOthers && Word().Count(text) >= FewWords;

    private async ValueTask<DialogTurnResult> AskWhichAsync(WaterfallStepContext<OwnWordsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var text = step.Options<string>()!;
        var subjects = await subject.FindAsync(scene, text, cancellationToken);
        var lines = subjects.Lines.Take(Offered).ToList();
        step.Draft = new OwnWordsDraft { Opportunities = [.. lines.Select(l => l.Id.Value)] };
        if (lines.Count == 0 || (!subjects.IsNamed && !await SaysAnythingAsync(scene, text, lines[0].Id, cancellationToken)))
        {
            return await step.EndWithAsync(scene.Say("not-understood"), cancellationToken);
        }

        if (lines.Count == 1 && subjects.IsNamed)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var choices = lines.Select(l => new Choice(FindOpportunityDialog.LineOf(scene, l))).ToList();
        return await step.PromptAsync(
            Prompts.Choice,
            new PromptOptions { Prompt = Prompts.Ask(scene, FreeTextSummary.Say(scene, "free-text.which"), choices, subjects.Lines.Count), Choices = choices }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ProposeAsync(WaterfallStepContext<OwnWordsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var id = new OpportunityId(step.Draft.Opportunities[step.Result<FoundChoice>()?.Index ?? 0]);
        if (await dossiers.ReadAsync(scene.Asker, id, cancellationToken) is not { IsOpen: true } opportunity)
        {
            return await step.EndWithAsync(scene.Say("check-in.not-open"), cancellationToken);
        }

        var account = await dossiers.CustomerAsync(scene.Asker, opportunity, cancellationToken);
        var report = new WrittenReport(step.Options<string>()!, opportunity, account, scene.Today, scene.Culture);
        var proposal = await proposer.ProposeAsync(report, cancellationToken);
        var draft = FreeTextDraft.Of(id, VisitOn(scene, opportunity, proposal.On), proposal);
        if (!draft.HasAnything)
        {
            var nothing = FreeTextSummary.Say(scene, "free-text.nothing", scene.AccountOf(opportunity.Facts.Account));
            return await step.EndWithAsync(string.Join(Marks.Paragraph, [.. FreeTextSummary.Later(scene, playbook, opportunity, draft), nothing]), cancellationToken);
        }

        step.Draft = step.Draft with { Proposal = draft, Words = $"{opportunity.Facts.Account} {opportunity.Facts.Name}" };
        return await DateDoubts.AskAsync(step, draft.NextStep?.Due, DateSense.Ahead, null, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext<OwnWordsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Draft.Proposal!;
        if (step.HasResult && draft.NextStep is { } promised)
        {
            draft = draft with { NextStep = promised with { Due = step.Result<DateOnly>() } };
            step.Draft = step.Draft with { Proposal = draft };
        }

        if (await dossiers.FindAsync(scene.Asker, new OpportunityId(draft.Opportunity), cancellationToken) is not { IsOpen: true } opportunity)
        {
            return await step.EndWithAsync(scene.Say("check-in.not-open"), cancellationToken);
        }

        var account = await dossiers.CustomerAsync(scene.Asker, opportunity, cancellationToken);
        var change = FreeTextSummary.Say(scene, "free-text.change");
        return await step.PromptAsync(
            Prompts.Choice,
            new PromptOptions
            {
                Prompt = FreeTextSummary.Of(scene, playbook, opportunity, account, draft, step.Token),
                Choices = [new(scene.Say("yes"), YesWords), new(scene.Say("no"), NoWords), new(change, ["change", "edit", "修改", "改"])],
            },
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<OwnWordsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        switch (step.Result<FoundChoice>()!.Index)
        {
            case 0:
                await RecordAsync(step, scene, step.Draft.Proposal!, cancellationToken);
                return await step.EndAsync(cancellationToken: cancellationToken);
            case 1:
                return await step.EndWithAsync(scene.Say("check-in.not-recorded"), cancellationToken);
            default:
                return await step.ReplaceAsync(CheckInDialog.Id, DialogJson.ToElement(step.Draft.Words), cancellationToken);
        }
    }

    private async ValueTask RecordAsync(WaterfallStepContext step, Scene scene, FreeTextDraft draft, CancellationToken cancellationToken)
    {
        var context = scene.Command(step.Token);
        var outcome = await dossiers.RecordAsync(
            scene.Asker, new OpportunityId(draft.Opportunity), draft.Command(), context, cancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            step.Turn.Send(Refusals.Explain(scene, playbook, refusal));
            return;
        }

        // repeated, the touch is repeated too: it counts once, and what a crash kept back is made up for
        if (draft.Met.Count > 0 && outcome.Opportunity?.Facts.AccountId is { } account)
        {
            var touch = new AccountCommand.LogTouch([.. draft.Met.Select(m => new ContactId(m))], draft.On, draft.Notes);
            await dossiers.RecordAsync(scene.Asker, account, touch, context, cancellationToken, outcome.Opportunity);
        }

        step.Turn.Send(StatusCard.Recorded(scene, playbook, outcome));
    }

    // without knowing what it is about: whether it says anything at all that could be recorded
    private async ValueTask<bool> SaysAnythingAsync(Scene scene, string text, OpportunityId any, CancellationToken cancellationToken) =>
        await dossiers.FindAsync(scene.Asker, any, cancellationToken) is { } opportunity
        && !(await new RulesProposer(playbook).ProposeAsync(
            new WrittenReport(text, opportunity, null, scene.Today, scene.Culture), cancellationToken)).IsEmpty;

    // the only visit planned for that day
    private VisitId? VisitOn(Scene scene, Opportunity opportunity, DateOnly on)
    {
        var planned = opportunity.Facts.Visits.Where(v => v.At <= scene.Now && scene.Calendar(playbook.FollowUps).DateAt(v.At) == on).ToList();
        return planned.Count == 1 ? planned[0].Id : null;
    }

    private static readonly string[] YesWords = ["yes", "y", "ok", "okay", "sure", "yep", "是", "是的", "好", "好的", "对", "确认", "可以", "行"];
    private static readonly string[] NoWords = ["no", "n", "nope", "不", "不是", "否", "不要", "不对", "不行"];

    // a word, or two Chinese characters, which is a word's length
    [GeneratedRegex(@"[\u3400-\u9fff]{2}|[^\W\u3400-\u9fff]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
