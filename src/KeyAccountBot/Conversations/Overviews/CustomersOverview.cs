using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Overviews;

/// <summary>Which customers were not visited for longest, and who there waits for us.</summary>
internal sealed class CustomersOverview(Portfolio portfolio, Playbook playbook)
{
    private const int AccountsShown = 6;
    private const int ContactsShown = 3;
    private const int ContactsOfOne = 8;

    /// <summary>The customers, who was never met first, then who was not met for longest.</summary>
    public async ValueTask<Message> UnvisitedAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var least = (int)Math.Clamp(asked.Number("minDays") ?? 0, 0, int.MaxValue);
        var holdings = await portfolio.OpenAsync(scene, asked, l => l.Status is OpportunityStatus.Open or OpportunityStatus.OnHold, cancellationToken);
        var firstOf = holdings.Dossiers.Where(d => d.Account is not null).DistinctBy(d => d.Account!.Id).ToDictionary(d => d.Account!.Id, d => d.Opportunity);
        List<TouchedAccount> all = [.. holdings.Accounts.Select(a => TouchedAccount.Of(a, playbook, scene.Today))
            .Where(a => (a.Days ?? int.MaxValue) >= least || a.Waiting.Any(c => (c.Days ?? int.MaxValue) >= least))
            .OrderByDescending(a => a.Days ?? int.MaxValue)];
        if (all.Count == 0)
        {
            return Message.Of(OverviewWords.Say(scene, holdings.Dossiers.Count == 0 ? "unvisited.nobody" : "unvisited.none"));
        }

        var shown = all.Count == 1 ? ContactsOfOne : ContactsShown;
        return OverviewWords.Card(
            scene, OverviewWords.Title(scene, scope, OverviewWords.Say(scene, "unvisited.title")),
            OverviewWords.Lines(scene, all, a => AccountOf(scene, a) + WaitingOf(scene, a, shown), a => firstOf.GetValueOrDefault(a.Account.Id), AccountsShown),
            firstOf.GetValueOrDefault(all[0].Account.Id) is { IsOpen: true } first && first.Facts.Owner == scene.Person.Id ? [OverviewWords.PlanVisit(scene, first)] : []);
    }

    private static string AccountOf(Scene scene, TouchedAccount account) => OverviewWords.Joined(
        scene, [Marks.Bold(account.Account.Name), account.Last is { } last ? OverviewWords.Say(scene, "unvisited.last", TouchWords.Ago(scene, last.On, account.Days)) : TouchWords.Ago(scene, null, null)]);

    private string WaitingOf(Scene scene, TouchedAccount account, int shown)
    {
        // those who decide first and sooner than others, then who was never met
        List<TouchedContact> waiting = [.. account.Contacts.Where(c => !c.IsFresh || (c.Contact.IsDecisionMaker && c.Days >= playbook.Coverage.FreshDays)).OrderByDescending(c => c.Contact.IsDecisionMaker)];
        return waiting.Count == 0 ? "" : Marks.Line + string.Join(Words.Separator(scene.Culture), waiting.Take(shown).Select(c => NameOf(scene, c)).Concat(
            waiting.Count > shown ? [OverviewWords.Say(scene, "list.more", waiting.Count - shown)] : Array.Empty<string>()));
    }

    private static string NameOf(Scene scene, TouchedContact contact)
    {
        var name = contact.Contact.IsDecisionMaker ? OverviewWords.Say(scene, "unvisited.decides", contact.Contact.Name) : contact.Contact.Name;
        return OverviewWords.Say(scene, "unvisited.contact", name, TouchWords.Ago(scene, contact));
    }
}
