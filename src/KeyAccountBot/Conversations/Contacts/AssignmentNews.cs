using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Records;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>Tells a colleague that a decision maker is theirs to look after; the customer's furthest opportunity carries the news.</summary>
internal sealed class AssignmentNews(Dossiers dossiers)
{
    /// <summary>Tells who looks after the contact now, unless they did before or said so themselves; told again it is the same news.</summary>
    /// <param name="scene">Who assigned them.</param>
    /// <param name="view">The customer as it was before.</param>
    /// <param name="contact">Whom to look after.</param>
    /// <param name="outcome">What came of the assignment.</param>
    /// <param name="command">The assignment's command.</param>
    /// <param name="cancellationToken">Stops before the record.</param>
    public async ValueTask TellAsync(
        Scene scene, AccountView view, ContactId contact, AccountOutcome outcome, string command, CancellationToken cancellationToken)
    {
        if (outcome.Refusal is not null || view.Furthest is not { } carries || outcome.Account?.Find(contact) is not { IsDecisionMaker: true, Maintainer: { } to } assigned
            || to == scene.Person.Id || (view.Find(contact.Value)?.Maintainer == to && !outcome.Repeated))
        {
            return;
        }

        var tell = new OpportunityCommand.TellAssigned(contact, assigned.Name, to);
        await dossiers.RecordAsync(scene.Asker, carries.Id, tell, scene.Command(command + "~told"), cancellationToken);
    }
}
