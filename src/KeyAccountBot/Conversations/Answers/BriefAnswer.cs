using KeyAccountBot.Conversations.Overviews;
using KeyAccountBot.Conversations.Visits;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Answers;

/// <summary>The brief on request: of the visit that is meant, by its day, its people or its account; of the next one where nothing is named.</summary>
internal sealed class BriefAnswer(Portfolio portfolio, Playbook playbook)
{
    /// <summary>The brief.</summary>
    public async ValueTask<Message> OfAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var holdings = await portfolio.OpenAsync(scene, asked, l => scope.Only is not null || l.Status == OpportunityStatus.Open, cancellationToken);
        var visits = holdings.Dossiers.SelectMany(d => d.Opportunity.Facts.Visits.Where(v => v.At > scene.Now).Select(v => (Dossier: d, Visit: v)))
            .Where(v => scope.IsNamed || v.Dossier.Opportunity.Facts.Owner == scene.Person.Id)
            .OrderBy(v => v.Visit.At).ToList();
        var meant = visits.Where(v => IsMeant(scene, asked, v.Dossier, v.Visit)).ToList();
        return (meant.Count > 0 ? meant : visits) is [var (dossier, visit), ..] ? BriefMessage.Of(scene, playbook, dossier, visit)
            : holdings.Single is { } one ? BriefMessage.Of(scene, playbook, one)
            : Message.Of(OverviewWords.Say(scene, "visits.none"));
    }

    private bool IsMeant(Scene scene, Asked asked, Dossier dossier, PlannedVisit visit) =>
        (asked.One("visit") is not { } id || visit.Id == new VisitId(id))
        && (asked.Date("date") is not { } day || dossier.Calendar(scene.Company, playbook).DateAt(visit.At) == day)
        && asked.All("contacts").Concat(asked.All("contact")).All(c => visit.Contacts.Contains(new ContactId(c)));
}
