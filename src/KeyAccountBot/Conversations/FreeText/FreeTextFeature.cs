using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Reports in a rep's own words.</summary>
internal sealed class FreeTextFeature(ReportScenes scenes, IReportReader reader, Dossiers dossiers, Playbook playbook) : Feature
{
    private const int Page = 300;
    private readonly ConfirmProposalDialog confirm = new(scenes, dossiers, new ProposalRecord(dossiers, playbook), playbook);

    /// <inheritdoc/>
    public override IEnumerable<Dialog> Dialogs =>
        [.. new FreeTextDialog(scenes, reader, dossiers, playbook).Dialogs, .. confirm.Dialogs, new AddNamedContactsDialog(dossiers, playbook).Dialog];

    /// <inheritdoc/>
    public override bool TakesAnyWords => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ReadAgain => [FreeTextDialog.Id, FreeTextDialog.WhichId, ConfirmProposalDialog.Id, ConfirmProposalDialog.FormId, ConfirmProposalDialog.SettleId];

    /// <inheritdoc/>
    public override IEnumerable<Press> Presses =>
    [
        // the summary that stands open takes what was filled in
        new Press(ProposalForm.Verb, BelongsToTalk: true, async (talk, _, _, cancellationToken) => await talk.ContinueAsync(cancellationToken)),
    ];

    /// <inheritdoc/>
    /// <remarks>What is said under a summary changes it, agrees to it or turns it down, whatever it begins with; a page is a new report.</remarks>
    public override async ValueTask<string?> AnswerAsync(DialogContext dialog, Scene scene, string words, CancellationToken cancellationToken)
    {
        if (words.Length >= Page || await confirm.ReadAsync(dialog, scene, words, cancellationToken) is not { } reading || reading.Effect == ReplyEffect.Interrupt)
        {
            return null;
        }

        dialog.Turn.Set(reading);
        await dialog.ContinueAsync(cancellationToken);
        return reading.Rest ?? "";
    }

    /// <inheritdoc/>
    /// <remarks>Where a question stands open, words are its answer; but nobody answers "which one?" or "yes or no?" with a page.</remarks>
    public override async ValueTask<bool> HearAsync(DialogContext dialog, Scene scene, string words, CancellationToken cancellationToken)
    {
        if (!FreeTextDialog.IsReport(dialog.Turn, words)
            || dialog.ActiveInstance is { } open && !(words.Length >= Page && (Prompts.IsClosed(open.DialogId) || open.DialogId == ConfirmProposalDialog.ShownId)))
        {
            return false;
        }

        dialog.CancelAll();
        await dialog.BeginAsync(FreeTextDialog.Id, DialogJson.ToElement(words), cancellationToken);
        return true;
    }
}
