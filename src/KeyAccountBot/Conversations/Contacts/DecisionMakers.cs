using System.Globalization;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>A decision maker whom the reader looks after.</summary>
/// <param name="Account">At which customer.</param>
/// <param name="AccountName">What it is called.</param>
/// <param name="Contact">Whom.</param>
/// <param name="SayNext">What they would ask next, in the reader's language; <c>null</c> where nothing is open.</param>
/// <param name="About">The opportunity that it is asked of.</param>
internal sealed record MaintainedDecisionMaker(AccountId Account, string AccountName, Contact Contact, string? SayNext, string? About);

/// <summary>The decision makers whom a director or an executive looks after in person, and their touches.</summary>
internal sealed class DecisionMakers(Dossiers dossiers, Playbook playbook)
{
    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");
    private readonly AccountSearch search = new(new OpportunitySearch(dossiers), dossiers, playbook);

    /// <summary>Those of the speaker, who was not in touch for longest first.</summary>
    public async ValueTask<IReadOnlyList<MaintainedDecisionMaker>> OfAsync(Scene scene, CancellationToken cancellationToken)
    {
        List<MaintainedDecisionMaker> found = [];
        await foreach (var account in dossiers.LookedAfterAsync(scene.Asker, cancellationToken))
        {
            var theirs = account.Active.Where(c => c.IsDecisionMaker && c.Maintainer == scene.Person.Id).ToList();
            if (theirs.Count == 0)
            {
                continue;
            }

            var (next, about) = await SayNextAsync(scene, account, cancellationToken);
            found.AddRange(theirs.Select(c => new MaintainedDecisionMaker(account.Id, account.Name, c, next, about)));
        }

        return [.. found.OrderBy(f => f.Contact.LastTouch?.On ?? DateOnly.MinValue).ThenBy(f => f.AccountName, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>
    /// Records that the speaker was in touch with a contact today; however often it is pressed on one day, it counts once.
    /// Answers what to say to them.
    /// </summary>
    public async ValueTask<string> TouchTodayAsync(Scene scene, AccountId id, ContactId contact, CancellationToken cancellationToken)
    {
        var today = scene.Today.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var outcome = await dossiers.RecordAsync(
            scene.Asker, id, new AccountCommand.LogTouch([contact], scene.Today, Texts["touch.done", scene.Culture]),
            scene.Command($"touched~{scene.Person.Id}~{contact}~{today}"), cancellationToken);
        return outcome.Refusal is AccountRefusal.NotTheirs ? Texts["refused.no-such-contact", scene.Culture]
            : outcome.Refusal is { } refusal ? ContactRefusals.Explain(scene, playbook, outcome.Account, refusal)
            : Texts["touch.recorded", scene.Culture, outcome.Account?.Find(contact)?.Name];
    }

    // the first thing that decision makers ask and nobody has answered yet, in the opportunity that has come furthest
    private async ValueTask<(string? Next, string? About)> SayNextAsync(Scene scene, Account account, CancellationToken cancellationToken)
    {
        foreach (var opportunity in (await search.SeeAsync(scene, account.Name, cancellationToken))?.Opportunities.Where(o => o.IsOpen) ?? [])
        {
            if (Sales.Opportunities.Questions.Of(opportunity, playbook).FirstOrDefault(q => q.IsOpen && q.AskedBy == BuyingRole.DecisionMaker) is { } question)
            {
                return (question.Text.For(scene.Culture), opportunity.Facts.Name);
            }
        }

        return (null, null);
    }
}
