using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Conversations.Status;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>Opportunities: the list, how one stands, a new one, and what closes, rests, moves or corrects one.</summary>
internal sealed class OpportunitiesFeature(Dossiers dossiers, OpportunitySearch search, ShownOpportunity shown, LastEntries last, ContactWishes contacts, Playbook playbook) : Feature
{
    private readonly MyOpportunities list = new(dossiers, search, playbook);
    private readonly FindOpportunityDialog find = new(search);

    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.Opportunities.OpportunityPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Dialog> Dialogs =>
    [
        find.Dialog,
        find.Which,
        new ChangeOpportunityDialog(dossiers, shown, last, playbook).Dialog,
        new ChangeFactDialog(dossiers, playbook).Dialog,
        new HistoryDialog(dossiers, playbook).Dialog,
        new OpenOpportunityDialog(dossiers, playbook).Dialog,
    ];

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes =>
    [
        Wish.Answers("my-opportunities", false, (_, scene, _, cancellationToken) => list.OfAsync(scene, cancellationToken)),
        Wish.Begins("open-opportunity", OpenOpportunityDialog.Id, _ => null, takesWords: false),
        Change("status", OpportunityChange.Status) with { MayBeginReport = true },
        Wish.Begins("history", HistoryDialog.Id),
        Change("undo", OpportunityChange.Undo),
        Change("won", OpportunityChange.Won) with { MayBeginReport = true },
        Change("lost", OpportunityChange.Lost) with { MayBeginReport = true },
        Change("hold", OpportunityChange.Hold) with
        {
            MayBeginReport = true, NameIn = (scene, words) => HoldWords.Read(words, scene.Today, scene.Culture).Account,
        },
        Change("reopen", OpportunityChange.Reopen),
        Change("hand-over", OpportunityChange.HandOver),
        Change("take-back", OpportunityChange.TakeBack),
        Wish.Begins("change-fact", ChangeFactDialog.Id, words => DialogJson.ToElement(new ChangeFact(words))),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Grant> Grants =>
    [
        Granted("won", OpportunityChange.Won) with { NeedsOpportunity = true },
        Granted("lost", OpportunityChange.Lost) with { NeedsOpportunity = true },
        Granted("hold", OpportunityChange.Hold) with { NeedsOpportunity = true },
        Granted("reopen", OpportunityChange.Reopen),
        Granted("hand-over", OpportunityChange.HandOver) with { NeedsOpportunity = true },
        Granted("take-back", OpportunityChange.TakeBack) with { NeedsOpportunity = true },
        Granted("undo", OpportunityChange.Undo),
        new("change-fact", ChangeFactAsync),
        Grant.Begins("create-opportunity", OpenOpportunityDialog.Id, asked => DialogJson.ToElement(OpenOpportunity.Of(asked))),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Press> Presses =>
    [
        new(OpenButton.Verb, false, async (dialog, scene, data, cancellationToken) => dialog.Turn.Send(OpenButton.Read(data) is { } id
            ? await shown.OfAsync(scene, id, cancellationToken) with { LeavesPressed = true }
            : Message.Of(scene.Say("unknown-action")))),
    ];

    // who decides, who left and who is our coach stand in the customer's record
    private async ValueTask ChangeFactAsync(DialogContext dialog, Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        if (ContactWishes.IsOfContact(asked.One("field")))
        {
            await contacts.ChangeFactAsync(dialog, scene, asked, cancellationToken);
            return;
        }

        dialog.CancelAll();
        await dialog.BeginAsync(ChangeFactDialog.Id, DialogJson.ToElement(ChangeFact.Of(asked)), cancellationToken);
    }

    private static Grant Granted(string id, OpportunityChange change) => change == OpportunityChange.Won || change == OpportunityChange.Undo
        ? Grant.Begins(id, ChangeOpportunityDialog.Id, asked => DialogJson.ToElement(ChangeOpportunity.Of(change, asked)))
        : Grant.BeginsWithReason(id, ChangeOpportunityDialog.Id, asked => DialogJson.ToElement(ChangeOpportunity.Of(change, asked)));

    private static Wish Change(string id, OpportunityChange change) =>
        Wish.Begins(id, ChangeOpportunityDialog.Id, words => DialogJson.ToElement(new ChangeOpportunity(change, words)));
}
