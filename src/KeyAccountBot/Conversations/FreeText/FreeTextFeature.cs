using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Reports in a rep's own words.</summary>
internal sealed class FreeTextFeature(OpportunitySearch search, OpportunityLedger ledger, AccountLedger accounts, IReportProposer proposer, Playbook playbook) : Feature
{
    /// <inheritdoc/>
    public override IEnumerable<Dialog> Dialogs => [new FreeTextDialog(search, ledger, accounts, proposer, playbook).Dialog];

    /// <inheritdoc/>
    /// <remarks>Where a question stands open, words are its answer first.</remarks>
    public override async ValueTask<bool> HearAsync(DialogContext dialog, Scene scene, string words, CancellationToken cancellationToken)
    {
        if (dialog.ActiveInstance is not null || !FreeTextDialog.IsReport(dialog.Turn, words))
        {
            return false;
        }

        await dialog.BeginAsync(FreeTextDialog.Id, DialogJson.ToElement(words), cancellationToken);
        return true;
    }
}
