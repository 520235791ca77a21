using KeyAccountBot.Conversations.Status;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.CheckIn;

/// <summary>A rep says where an opportunity stands.</summary>
internal sealed class CheckInFeature(Dossiers dossiers, Playbook playbook, StatusLines lines) : Feature
{
    private readonly CheckInDialog checkIn = new(dossiers, playbook, lines);

    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.CheckIn.CheckInPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Dialog> Dialogs => [checkIn.Questions, checkIn.Confirmation];

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes => [Wish.Begins("check-in", CheckInDialog.Id)];

    /// <inheritdoc/>
    public override IEnumerable<Press> Presses => [Press.Fills(CheckInCard.Verb, CheckInDialog.ConfirmId, CheckInCard.Read)];
}
