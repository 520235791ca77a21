using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Reports in a rep's own words.</summary>
internal sealed class FreeTextFeature(OpportunitySearch search, Dossiers dossiers, IReportProposer proposer, Playbook playbook) : Feature
{
    private const int Page = 300;

    /// <inheritdoc/>
    public override IEnumerable<Dialog> Dialogs => [new FreeTextDialog(search, dossiers, proposer, playbook).Dialog];

    /// <inheritdoc/>
    public override IReadOnlyList<string> ReadAgain => [FreeTextDialog.Id];

    /// <inheritdoc/>
    /// <remarks>Where a question stands open, words are its answer; but nobody answers "which one?" or "yes or no?" with a page.</remarks>
    public override async ValueTask<bool> HearAsync(DialogContext dialog, Scene scene, string words, CancellationToken cancellationToken)
    {
        if (!FreeTextDialog.IsReport(dialog.Turn, words) || dialog.ActiveInstance is { } open && !(words.Length >= Page && Prompts.IsClosed(open.DialogId)))
        {
            return false;
        }

        dialog.CancelAll();
        await dialog.BeginAsync(FreeTextDialog.Id, DialogJson.ToElement(words), cancellationToken);
        return true;
    }
}
