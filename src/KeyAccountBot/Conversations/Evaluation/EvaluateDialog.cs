using System.Text;
using System.Text.RegularExpressions;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.CheckIn;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Conversations.Evaluation;

/// <summary>The evaluation of a customer: a score and a note for each criterion; what was understood; records on yes.</summary>
internal sealed partial class EvaluateDialog(OpportunityLedger ledger, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the account's words.</summary>
    public const string Id = "evaluate";

    /// <summary>The second half: what was understood, yes, the record. Its option is an <see cref="EvaluationDraft"/>.</summary>
    public const string ConfirmId = "evaluate/confirm";

    private const string ScorePrompt = "evaluate/score";
    private static readonly Texts Texts = new("Conversations.Evaluation.EvaluationTexts");
    private static readonly HashSet<string> SameWords = new(StringComparer.OrdinalIgnoreCase) { "skip", "same", "跳过", "不变" };

    /// <summary>Asks for a score from 0 to 4, perhaps with a note behind it; the one from last time may be kept.</summary>
    public static Dialog Score => new TextPrompt(ScorePrompt, (prompt, _) => ValueTask.FromResult(
        Read(prompt.Value) is not null || (prompt.Options.Validations is not null && SameWords.Contains(prompt.Value!))));

    /// <summary>The questions, in the playbook's order.</summary>
    public Dialog Questions => new WaterfallDialog(
        Id, 1, [FindAsync, BeginAsync, .. Enumerable.Range(1, Criteria.Count - 1).Select(i => (WaterfallStep)((step, stop) => AskAsync(step, i, stop))), GatherAsync]);

    /// <summary>The end: what was understood, and yes.</summary>
    public Dialog Confirmation => new WaterfallDialog(ConfirmId, 1, ShowAsync, RecordAsync);

    private IReadOnlyList<Criterion> Criteria => playbook.Evaluation.Criteria;

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        step.Values.Set("command", CommandIds.Of(step.Turn));
        return step.BeginAsync(
            FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(step.Options<string>() ?? "", Among.WorkedOn)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> BeginAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id || await SeeAsync(scene, id, cancellationToken) is not { } opportunity)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var before = opportunity.Facts.Evaluation;
        step.Values.Set("id", id);
        step.Values.Set("scores", new List<SaidScore>());
        step.Values.Set("before", before is null ? [] : Criteria.Select(c => new SaidScore(c.Id, before.Of(c.Id).Score, before.Of(c.Id).Note)).ToList());
        var title = Texts["evaluate.title", scene.Culture, scene.AccountOf(opportunity.Facts.Account)];
        var card = EvaluationForm.Build(scene, playbook, id, step.Values.Get<string>("command")!, before, title, QuestionOf(step, 0));
        return await AskAsync(step, 0, title, card, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskAsync(WaterfallStepContext step, int index, CancellationToken cancellationToken)
    {
        Take(step, index - 1);
        return await AskAsync(step, index, null, null, cancellationToken);
    }

    private ValueTask<DialogTurnResult> AskAsync(WaterfallStepContext step, int index, string? title, Attachment? card, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var before = Before(step, index);
        var prompt = ContactQuestions.AskScale(scene, QuestionOf(step, index), [.. EvaluationForm.Scale(scene).Select(s => new Choice(s))]);
        if (card is not null)
        {
            prompt = prompt with { Text = title + Marks.Paragraph + prompt.Text, SuggestedActions = null, Attachments = [card] };
        }

        return step.PromptAsync(
            ScorePrompt,
            new PromptOptions
            {
                Prompt = prompt,
                RetryPrompt = Activity.Message(Texts["evaluate.score-again", scene.Culture]),
                Validations = before is null ? null : DialogJson.ToElement(true),
            },
            cancellationToken);
    }

    private ValueTask<DialogTurnResult> GatherAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        Take(step, Criteria.Count - 1);
        var draft = new EvaluationDraft(step.Values.Get<string>("id")!, step.Values.Get<string>("command")!, step.Values.Get<List<SaidScore>>("scores")!);
        return step.ReplaceAsync(ConfirmId, DialogJson.ToElement(draft), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Options<EvaluationDraft>()!;
        if (draft.Whole() is not { } evaluation || await SeeAsync(scene, draft.Opportunity, cancellationToken) is not { } opportunity)
        {
            step.Turn.Send(draft.Whole() is null ? Texts["evaluation.missing", scene.Culture] : scene.Say("find.none-at-all"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("draft", draft);
        var facts = EvaluationWords.Facts(scene, playbook, evaluation)
            .Append((EvaluationWords.Label(scene), EvaluationWords.Verdict(scene, playbook, evaluation, opportunity.Facts.Amount))).ToList();
        var title = scene.Say("check-in.understood", scene.AccountOf(opportunity.Facts.Account));
        return await step.PromptAsync(
            Prompts.Confirm, new PromptOptions { Prompt = ContactFacts.Question(scene, title, facts, scene.Say("check-in.record"), draft.Command) }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Values.Get<EvaluationDraft>("draft")!;
        if (!step.Result<bool>() || draft.Whole() is not { } evaluation)
        {
            step.Turn.Send(scene.Say("check-in.not-recorded"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var outcome = await ledger.RecordAsync(
            scene.Tenant, new OpportunityId(draft.Opportunity), new OpportunityCommand.Evaluate(evaluation), scene.Command(draft.Command), scene.Company,
            cancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            step.Turn.Send(Refusals.Explain(scene, playbook, refusal));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var facts = outcome.Opportunity!.Facts;
        string?[] said =
        [
            EvaluationWords.Changes(scene, playbook, outcome.Repeated ? null : outcome.Before?.Facts.Evaluation, evaluation),
            EvaluationWords.Shortfall(scene, playbook, evaluation, facts.Amount),
        ];
        var title = Texts["evaluate.recorded", scene.Culture, scene.AccountOf(facts.Account), EvaluationWords.Verdict(scene, playbook, evaluation, facts.Amount)];
        step.Turn.Send(ContactFacts.Answer(scene, title, EvaluationWords.Facts(scene, playbook, evaluation), Words.Sentences(scene.Culture, said.OfType<string>())));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private string QuestionOf(WaterfallStepContext step, int index)
    {
        var culture = Scene.Of(step.Turn).Culture;
        var question = Texts["evaluate.score", culture, index + 1, Criteria.Count, Criteria[index].Name.For(culture)];
        return Before(step, index) is { } before ? Texts["evaluate.or-same", culture, question, before.Score] : question;
    }

    private SaidScore? Before(WaterfallStepContext step, int index) =>
        step.Values.Get<List<SaidScore>>("before")!.FirstOrDefault(s => s.Criterion == Criteria[index].Id);

    private void Take(WaterfallStepContext step, int index)
    {
        var criterion = Criteria[index].Id;
        var scores = step.Values.Get<List<SaidScore>>("scores")!;
        scores.Add(Read(step.Result<string>()) is { } read
            ? new SaidScore(criterion, read.Score, read.Note)
            : Before(step, index)!);
        step.Values.Set("scores", scores);
    }

    private async ValueTask<Opportunity?> SeeAsync(Scene scene, string id, CancellationToken cancellationToken) =>
        (await ledger.ReadAsync(scene.Tenant, new OpportunityId(id), cancellationToken))?.Opportunity is { } opportunity
        && scene.Company.MaySee(scene.Person.Id, opportunity.Facts.Owner)
            ? opportunity
            : null;

    // "3", "3 approved in March", "3，三月已批"
    private static (int Score, string? Note)? Read(string? text)
    {
        var match = Said().Match(text?.Normalize(NormalizationForm.FormKC).Trim() ?? "");
        return !match.Success ? null
            : (match.Groups["score"].Value[0] - '0', match.Groups["note"] is { Length: > 0 } note ? note.Value.Trim() : null);
    }

    [GeneratedRegex(@"^(?<score>[0-4])(?:分)?(?:[\s,;:.\-–—。、]+(?<note>.{1,500}))?$", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Said();
}
