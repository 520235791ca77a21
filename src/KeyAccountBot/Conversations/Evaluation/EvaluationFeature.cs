using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Evaluation;

/// <summary>What a customer is worth: five scores with a note each.</summary>
internal sealed class EvaluationFeature(Dossiers dossiers, Playbook playbook) : Feature
{
    private readonly EvaluateDialog evaluate = new(dossiers, playbook);

    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.Evaluation.EvaluationPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Dialog> Dialogs => [EvaluateDialog.Score, evaluate.Questions, evaluate.Confirmation];

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes => [Wish.Begins("evaluate", EvaluateDialog.Id, words => DialogJson.ToElement(new EvaluateWish(words))) with { MayBeginReport = true }];

    /// <inheritdoc/>
    public override IEnumerable<Grant> Grants =>
        [Grant.Begins("evaluate", EvaluateDialog.Id, asked => DialogJson.ToElement(EvaluateWish.Of(asked))) with { NeedsOpportunity = true }];

    /// <inheritdoc/>
    public override IEnumerable<Press> Presses => [Press.Fills(EvaluationForm.Verb, EvaluateDialog.ConfirmId, EvaluationForm.Read)];
}
