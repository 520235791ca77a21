using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Overviews;

/// <summary>Visits to come and visits that were.</summary>
internal sealed class VisitsOverview(Portfolio portfolio, Dossiers dossiers, Playbook playbook)
{
    private const int DaysAhead = 14;
    private const int EntriesOf = 12;

    /// <summary>When the next visit is; of each opportunity where several are meant.</summary>
    public async ValueTask<Message> NextAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var holdings = await portfolio.OpenAsync(scene, asked, IsWorkedOn, cancellationToken);
        var visits = VisitsOf(scene, holdings.Dossiers).Where(v => IsWith(asked, v.Visit)).OrderBy(v => v.Visit.At).ToList();
        if (visits is not [var next, ..])
        {
            return NoneOf(scene, holdings);
        }

        var message = OverviewWords.Card(
            scene, OverviewWords.Title(scene, scope, OverviewWords.Say(scene, "visits.next", OverviewWords.Moment(scene, playbook, next.Dossier, next.Visit.At))),
            [
                new Paragraph(LineOf(scene, next.Dossier, next.Visit, withMoment: false)) { Opens = OpenButton.Of(next.Dossier.Opportunity, scene.Culture) },
                .. visits.Count > 1 ? [new Paragraph(OverviewWords.Say(scene, "visits.then", LineOf(scene, visits[1].Dossier, visits[1].Visit))) { IsAside = true }] : Array.Empty<Part>(),
            ]);
        return next.Dossier.Opportunity.Facts.Owner == scene.Person.Id ? message with { Actions = [OverviewWords.Brief(scene, next.Dossier.Opportunity)] } : message;
    }

    /// <summary>The visits of a period; of the next two weeks where none is named.</summary>
    public async ValueTask<Message> OfAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var period = AskedSlots.PeriodOf(scene, asked);
        if (period is { } passed && passed.To < scene.Today)
        {
            return await HistoryAsync(scene, asked, cancellationToken);
        }

        if (period is null && asked.Opportunity is not null)
        {
            return await NextAsync(scene, asked, cancellationToken);
        }

        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var within = period ?? new Period(scene.Today, scene.Today.AddDays(DaysAhead));
        var holdings = await portfolio.OpenAsync(scene, asked, IsWorkedOn, cancellationToken);
        List<(Dossier Dossier, PlannedVisit Visit)> visits =
            [.. VisitsOf(scene, holdings.Dossiers, within.From).Where(v => within.Contains(v.Dossier.Calendar(scene.Company, playbook).DateAt(v.Visit.At)) && IsWith(asked, v.Visit)).OrderBy(v => v.Visit.At)];
        if (visits.Count == 0)
        {
            return period is null ? NoneOf(scene, holdings) : Message.Of(OverviewWords.Say(scene, "visits.none-in", OverviewWords.Of(scene, within)));
        }

        return OverviewWords.Card(
            scene, OverviewWords.Title(scene, scope, period is null ? OverviewWords.Say(scene, "visits.title", visits.Count) : OverviewWords.Say(scene, "visits.title-in", visits.Count, OverviewWords.Of(scene, within))),
            OverviewWords.Lines(scene, visits, v => LineOf(scene, v.Dossier, v.Visit), v => v.Dossier.Opportunity),
            visits[0].Dossier.Opportunity.Facts.Owner == scene.Person.Id ? [OverviewWords.Brief(scene, visits[0].Dossier.Opportunity)] : []);
    }

    /// <summary>The visits that were, and when anybody there was last met; in a period whether there was any at all.</summary>
    public async ValueTask<Message> HistoryAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var holdings = await portfolio.OpenAsync(scene, asked, _ => true, cancellationToken);
        List<(Dossier Dossier, ReportedVisit Visit)> visits = [];
        foreach (var dossier in holdings.Dossiers)
        {
            visits.AddRange(holdings.Dossiers.Count > EntriesOf
                ? dossier.Opportunity.Facts.LastVisit is { } last ? [(dossier, last)] : []
                : (await ReportedAsync(scene, dossier.Opportunity, cancellationToken)).Select(v => (dossier, v)));
        }

        var rep = asked.Person("rep");
        visits = [.. visits.Where(v => rep is null || v.Visit.By is null || v.Visit.By == rep).Where(v => asked.One("contact") is not { } contact || v.Visit.Met.Contains(new ContactId(contact)))
            .OrderByDescending(v => v.Visit.On)];
        var touches = holdings.Accounts.SelectMany(a => TouchedAccount.Of(a, playbook, scene.Today).Contacts.Where(c => c.Last is not null).Select(c => (Account: a, Touched: c)))
            .Where(t => rep is null || t.Touched.Last!.By is null || t.Touched.Last.By == rep).OrderBy(t => t.Touched.Days).ToList();
        var period = AskedSlots.PeriodOf(scene, asked);
        var shown = period is { } within ? visits.Where(v => within.Contains(v.Visit.On)).ToList() : visits;
        List<string> lead = [];
        if (period is { } named)
        {
            lead.Add(shown.Count == 0 ? OverviewWords.Say(scene, "visits.were-none", OverviewWords.Of(scene, named)) : OverviewWords.Say(scene, "visits.were", shown.Count, OverviewWords.Of(scene, named)));
        }

        // whether anybody was there this month is what is mostly meant
        var month = new Period(new DateOnly(scene.Today.Year, scene.Today.Month, 1), scene.Today, PeriodKind.Month);
        if (period is null && scope.IsNamed && !visits.Any(v => month.Contains(v.Visit.On)))
        {
            lead.Add(OverviewWords.Say(scene, "visits.were-none", OverviewWords.Of(scene, month)));
        }

        if (touches.Count > 0)
        {
            var (account, touched) = touches[0];
            lead.Add(OverviewWords.Say(scene, "visits.last-touch", touched.Contact.Name, account.Name, TouchWords.Ago(scene, touched)));
        }

        if (shown.Count == 0 && period is not null && visits is [var before, ..])
        {
            lead.Add(OverviewWords.Say(scene, "visits.last", WasOf(scene, before.Dossier, before.Visit)));
        }

        if (lead.Count == 0 && shown.Count == 0)
        {
            return Message.Of(OverviewWords.Say(scene, "visits.never"));
        }

        return OverviewWords.Card(
            scene, OverviewWords.Title(scene, scope, holdings.Single is { } one ? OverviewWords.Say(scene, "visits.history-of", Words.AccountOf(one.Opportunity)) : OverviewWords.Say(scene, "visits.history")),
            [
                .. lead.Count > 0 ? [new Paragraph(Words.Sentences(scene.Culture, lead))] : Array.Empty<Part>(),
                .. OverviewWords.Lines(scene, shown, v => WasOf(scene, v.Dossier, v.Visit), v => v.Dossier.Opportunity, 5),
            ]);
    }

    private async ValueTask<IReadOnlyList<ReportedVisit>> ReportedAsync(Scene scene, Opportunity opportunity, CancellationToken cancellationToken)
    {
        // an entry taken back leaves no visit behind, and what the snapshot says of the last one holds
        if (opportunity.Facts.LastVisit is null)
        {
            return [];
        }

        List<(CommandId Command, ReportedVisit Visit)> visits = [];
        await foreach (var entry in dossiers.EntriesAsync(scene.Asker, opportunity.Id, cancellationToken))
        {
            switch (entry.What)
            {
                case OpportunityEvent.VisitReported reported:
                    visits.Add((entry.Command, new ReportedVisit(reported.Visit, reported.On, entry.By, reported.Met, reported.Notes)));
                    break;
                case OpportunityEvent.EntryUndone undone:
                    visits.RemoveAll(v => v.Command == undone.Entry);
                    break;
                default:
                    break;
            }
        }

        return [.. visits.Select(v => v.Visit)];
    }

    private IEnumerable<(Dossier Dossier, PlannedVisit Visit)> VisitsOf(Scene scene, IEnumerable<Dossier> all, DateOnly? from = null) => all.SelectMany(d => d.Opportunity.Facts.Visits
        .Where(v => v.At > scene.Now || (from is { } day && d.Calendar(scene.Company, playbook).DateAt(v.At) >= day)).Select(v => (d, v)));

    private static bool IsWorkedOn(OpportunityListing line) => line.Status is OpportunityStatus.Open or OpportunityStatus.OnHold;

    private static bool IsWith(Asked asked, PlannedVisit visit) => asked.One("contact") is not { } contact || visit.Contacts.Contains(new ContactId(contact));

    private string LineOf(Scene scene, Dossier dossier, PlannedVisit visit, bool withMoment = true) => OverviewWords.Joined(
        scene,
        [
            withMoment ? OverviewWords.Moment(scene, playbook, dossier, visit.At) : null,
            OverviewWords.OwnerOf(scene, dossier.Opportunity.Facts.Owner),
            OverviewWords.ShortName(dossier.Opportunity),
            string.Join(Words.Separator(scene.Culture), dossier.NamesOf(visit.Contacts)),
            visit.Aims,
        ]);

    private static string WasOf(Scene scene, Dossier dossier, ReportedVisit visit) => OverviewWords.Joined(
        scene,
        [
            OverviewWords.Day(scene, visit.On),
            OverviewWords.ShortName(dossier.Opportunity),
            visit.By is { } by ? OverviewWords.OwnerOf(scene, by) : null,
            string.Join(Words.Separator(scene.Culture), dossier.NamesOf(visit.Met)),
            visit.Notes,
        ]);

    private static Message NoneOf(Scene scene, Holdings holdings)
    {
        var none = OverviewWords.Say(scene, "visits.none");
        return holdings.Single is { Opportunity: { IsOpen: true } one }
            ? OverviewWords.Card(scene, Words.NameOf(one), [new Paragraph(none)], OverviewWords.PlanVisit(scene, one))
            : Message.Of(none);
    }
}
