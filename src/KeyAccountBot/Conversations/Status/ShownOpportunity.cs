using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Status;

/// <summary>Shows how an opportunity stands to those who may see it.</summary>
internal sealed class ShownOpportunity(Dossiers dossiers, StatusLines lines, Playbook playbook)
{
    /// <summary>Its status; a sentence where it is not on record or not for the speaker's eyes.</summary>
    public async ValueTask<Message> OfAsync(Scene scene, OpportunityId id, CancellationToken cancellationToken) =>
        await dossiers.OpenAsync(scene.Asker, id, cancellationToken) is { } dossier
            ? StatusCard.Of(scene, playbook, dossier.Opportunity, lines.OfStatus(scene, dossier))
            : Message.Of(scene.Say("refusal.not-on-record"));
}
