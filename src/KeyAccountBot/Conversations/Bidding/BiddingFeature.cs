using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Bidding;

/// <summary>How it is sold, by bid or directly, and who approves the contract.</summary>
internal sealed class BiddingFeature(Dossiers dossiers, Playbook playbook) : Feature
{
    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.Bidding.BiddingPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Dialog> Dialogs => [new BiddingDialog(dossiers, playbook).Dialog];

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes =>
    [
        Wish.Begins("bid", BiddingDialog.Id, words => DialogJson.ToElement(new AboutBidding(Approver: false, words))) with { MayBeginReport = true },
        Wish.Begins("approver", BiddingDialog.Id, words => DialogJson.ToElement(new AboutBidding(Approver: true, words))),
    ];
}
