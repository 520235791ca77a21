using System.Text;
using System.Text.RegularExpressions;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Evaluation;

/// <summary>An evaluation, as far as a sentence gives it.</summary>
/// <param name="Words">Which account, as the person said it; empty to ask.</param>
internal sealed record EvaluateWish(string Words)
{
    /// <summary>The opportunity's id, where it is settled already.</summary>
    public string? Opportunity { get; init; }

    /// <summary>The scores that were said.</summary>
    public IReadOnlyList<SaidScore> Said { get; init; } = [];

    /// <summary>The slots of a wish, one a criterion; a score outside 0 to 4 is asked for again.</summary>
    public static EvaluateWish Of(Asked asked) => new(asked.Opportunity is null ? asked.Account ?? "" : "")
    {
        Opportunity = asked.One("opportunity"),
        Said =
        [
            .. Enum.GetValues<EvaluationCriterion>()
                .Where(c => asked.Number(c.ToString().ToLowerInvariant()) is >= 0 and <= 4)
                .Select(c => new SaidScore(c, (int)asked.Number(c.ToString().ToLowerInvariant())!.Value, null)),
        ],
    };
}

/// <summary>What the questions remember.</summary>
internal sealed record EvaluateDraft
{
    /// <summary>The opportunity's id.</summary>
    public string Opportunity { get; init; } = "";

    /// <summary>What was said so far, in the order asked.</summary>
    public IReadOnlyList<SaidScore> Scores { get; init; } = [];

    /// <summary>What was said last time; none at the first.</summary>
    public IReadOnlyList<SaidScore> Before { get; init; } = [];
}

/// <summary>The evaluation of a customer: a score and a note for each criterion; what was understood; records on yes.</summary>
internal sealed class EvaluateDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is an <see cref="EvaluateWish"/>.</summary>
    public const string Id = "evaluate";

    /// <summary>The second half: what was understood, yes, the record. Its option is an <see cref="EvaluationDraft"/>.</summary>
    public const string ConfirmId = "evaluate/confirm";

    private const string ScorePrompt = "evaluate/score";
    private static readonly Texts Texts = new("Conversations.Evaluation.EvaluationTexts");
    private static readonly System.Collections.Frozen.FrozenSet<string> SameWords = AnswerWords.Of("same");

    /// <summary>Asks for a score from 0 to 4, perhaps with a note behind it; the one from last time may be kept.</summary>
    public static Dialog Score => new TextPrompt(ScorePrompt, (prompt, _) => ValueTask.FromResult(
        Read(prompt.Value) is not null || (prompt.Options.Validations is not null && SameWords.Contains(prompt.Value!))), ReplyManners.Of) { As = QuestionKind.Number };

    /// <summary>The questions, in the playbook's order.</summary>
    public Dialog Questions => new WaterfallDialog<EvaluateDraft>(
        Id, 3,
        [
            FindAsync, BeginAsync,
            .. Enumerable.Range(1, Criteria.Count - 1).Select(i => (WaterfallStep<EvaluateDraft>)((step, stop) => AskAsync(step, i, stop))),
            GatherAsync,
        ]);

    /// <summary>The end: what was understood, and yes.</summary>
    public Dialog Confirmation => new WaterfallDialog(ConfirmId, 2, ShowAsync, RecordAsync);

    private IReadOnlyList<Criterion> Criteria => playbook.Evaluation.Criteria;

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext<EvaluateDraft> step, CancellationToken cancellationToken) =>
        Wanted(step).Opportunity is { } settled
            ? step.NextAsync(DialogJson.ToElement(settled), cancellationToken)
            : step.BeginAsync(FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(Wanted(step).Words, Among.WorkedOn)), cancellationToken);

    private static EvaluateWish Wanted(WaterfallStepContext step) => step.Options<EvaluateWish>() ?? new EvaluateWish("");

    private async ValueTask<DialogTurnResult> BeginAsync(WaterfallStepContext<EvaluateDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id || await SeeAsync(scene, id, cancellationToken) is not { } opportunity)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var before = opportunity.Facts.Evaluation;
        step.Draft = new EvaluateDraft
        {
            Opportunity = id,
            Before = before is null ? [] : [.. Criteria.Select(c => new SaidScore(c.Id, before.Of(c.Id).Score, before.Of(c.Id).Note))],
        };
        if (SaidOf(step, 0) is not null)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var title = Texts["evaluate.title", scene.Culture, scene.AccountOf(opportunity.Facts.Account)];
        return await PromptAsync(step, 0, EvaluationForm.Of(scene, playbook, id, step.Token, before, title, QuestionOf(step, 0)), cancellationToken);
    }

    private ValueTask<DialogTurnResult> AskAsync(WaterfallStepContext<EvaluateDraft> step, int index, CancellationToken cancellationToken)
    {
        Take(step, index - 1);
        if (SaidOf(step, index) is not null)
        {
            return step.NextAsync(cancellationToken: cancellationToken);
        }

        var scale = EvaluationForm.Scale(Scene.Of(step.Turn)).Select(s => new Choice(s));
        return PromptAsync(step, index, ContactQuestions.AskScale(QuestionOf(step, index), [.. scale]), cancellationToken);
    }

    private ValueTask<DialogTurnResult> PromptAsync(WaterfallStepContext<EvaluateDraft> step, int index, Message prompt, CancellationToken cancellationToken) =>
        step.PromptAsync(
            ScorePrompt,
            new PromptOptions
            {
                Prompt = prompt,
                Field = ReplyManners.ScoreOf(Criteria[index].Id),
                RetryPrompt = Message.Of(Texts["evaluate.score-again", Scene.Of(step.Turn).Culture]),
                Validations = Before(step, index) is null ? null : DialogJson.ToElement(true),
            },
            cancellationToken);

    private ValueTask<DialogTurnResult> GatherAsync(WaterfallStepContext<EvaluateDraft> step, CancellationToken cancellationToken)
    {
        Take(step, Criteria.Count - 1);
        return step.ReplaceAsync(ConfirmId, DialogJson.ToElement(new EvaluationDraft(step.Draft.Opportunity, step.Draft.Scores)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Options<EvaluationDraft>()!;
        if (draft.Whole() is not { } evaluation || await SeeAsync(scene, draft.Opportunity, cancellationToken) is not { } opportunity)
        {
            return await step.EndWithAsync(draft.Whole() is null ? Texts["evaluation.missing", scene.Culture] : scene.Say("find.none-at-all"), cancellationToken);
        }

        var facts = EvaluationWords.Facts(scene, playbook, evaluation)
            .Append((EvaluationWords.Label(scene), EvaluationWords.Verdict(scene, playbook, evaluation, opportunity.Facts.Amount))).ToList();
        var title = scene.Say("check-in.understood", scene.AccountOf(opportunity.Facts.Account));
        return await step.PromptAsync(
            Prompts.Confirm, new PromptOptions { Prompt = ConversationCard.Confirm(scene, title, facts, scene.Say("check-in.record"), step.Token) }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Options<EvaluationDraft>()!;
        if (!step.Result<bool>() || draft.Whole() is not { } evaluation)
        {
            return await step.EndWithAsync(scene.Say("check-in.not-recorded"), cancellationToken);
        }

        var outcome = await dossiers.RecordAsync(
            scene.Asker, new OpportunityId(draft.Opportunity), new OpportunityCommand.Evaluate(evaluation), scene.Command(step.Token), cancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            return await step.EndWithAsync(Refusals.Explain(scene, playbook, refusal), cancellationToken);
        }

        var facts = outcome.Opportunity!.Facts;
        string?[] said =
        [
            EvaluationWords.Changes(scene, playbook, outcome.Repeated ? null : outcome.Before?.Facts.Evaluation, evaluation),
            EvaluationWords.Shortfall(scene, playbook, evaluation, facts.Amount),
        ];
        var title = Texts["evaluate.recorded", scene.Culture, scene.AccountOf(facts.Account), EvaluationWords.Verdict(scene, playbook, evaluation, facts.Amount)];
        step.Turn.Send(ConversationCard.Of(scene, title, EvaluationWords.Facts(scene, playbook, evaluation), Words.Sentences(scene.Culture, said.OfType<string>())));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private string QuestionOf(WaterfallStepContext<EvaluateDraft> step, int index)
    {
        var culture = Scene.Of(step.Turn).Culture;
        var question = Texts["evaluate.score", culture, index + 1, Criteria.Count, Criteria[index].Name.For(culture)];
        return Before(step, index) is { } before ? Texts["evaluate.or-same", culture, question, before.Score] : question;
    }

    private SaidScore? Before(WaterfallStepContext<EvaluateDraft> step, int index) =>
        step.Draft.Before.FirstOrDefault(s => s.Criterion == Criteria[index].Id);

    private void Take(WaterfallStepContext<EvaluateDraft> step, int index)
    {
        var criterion = Criteria[index].Id;
        var said = SaidOf(step, index) is { } known ? known : Read(step.Result<string>()) is { } read ? new SaidScore(criterion, read.Score, read.Note) : Before(step, index)!;
        step.Draft = step.Draft with { Scores = [.. step.Draft.Scores, said] };
    }

    private SaidScore? SaidOf(WaterfallStepContext step, int index) => Wanted(step).Said.FirstOrDefault(s => s.Criterion == Criteria[index].Id);

    private ValueTask<Opportunity?> SeeAsync(Scene scene, string id, CancellationToken cancellationToken) =>
        dossiers.ReadAsync(scene.Asker, new OpportunityId(id), cancellationToken);

    // "3", "3 approved in March"
    private static (int Score, string? Note)? Read(string? text)
    {
        var match = Said.Match(text?.Normalize(NormalizationForm.FormKC).Trim() ?? "");
        return !match.Success ? null
            : (match.Groups["score"].Value[0] - '0', match.Groups["note"] is { Length: > 0 } note ? note.Value.Trim() : null);
    }

    private static readonly Regex Said = new(
        $@"^(?<score>[0-4])(?:{AnswerWords.File.AnyOf("points")})?(?:[\s,;:.\-–—。、]+(?<note>.{{1,500}}))?$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
