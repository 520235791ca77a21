using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Explanations;

/// <summary>Who heard of an opportunity, and who will if nothing happens.</summary>
internal sealed class ExplanationsFeature(Dossiers dossiers, Playbook playbook) : Feature
{
    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.Explanations.ExplanationPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Dialog> Dialogs => [new ExplainDialog(dossiers, playbook).Dialog];

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes => [Wish.Begins("explain", ExplainDialog.Id)];
}
