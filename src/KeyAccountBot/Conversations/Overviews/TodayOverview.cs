using KeyAccountBot.Conversations.Reminders;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Overviews;

/// <summary>
/// What to do today: what is late or due, the heaviest first by amount and lateness; then what comes in the next days. A manager sees their team's, and
/// whom they look after at customers and have not met for too long.
/// </summary>
internal sealed class TodayOverview(Portfolio portfolio, Dossiers dossiers, OwnReminders reminders, Playbook playbook)
{
    private const int NowShown = 6;
    private const int ComingShown = 5;
    private const int DecidersShown = 3;
    private const int MattersShown = 3;

    /// <summary>The list.</summary>
    public async ValueTask<Message> OfAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var holdings = await portfolio.OpenAsync(scene, asked, l => l.Status is OpportunityStatus.Open or OpportunityStatus.OnHold, cancellationToken);
        List<(Dossier Dossier, AgendaMatter Matter)> matters =
            [.. holdings.Dossiers.SelectMany(d => Agenda.Of(d.Opportunity, d.Account, playbook, scene.Company, scene.Now).Select(m => (d, m)))];
        var now = NowOf(scene, matters);
        List<(Dossier Dossier, AgendaMatter Matter)> coming = [.. matters.Where(m => m.Matter.On > scene.Today).OrderBy(m => m.Matter.On).ThenBy(m => AtOf(m.Matter))];
        List<Part> body = [new Paragraph(LeadOf(scene, matters, holdings.Dossiers, now.Count))];
        if (now.Count > 0)
        {
            body.Add(new Section(
                OverviewWords.Say(scene, "today.now"),
                OverviewWords.Lines(scene, now, n => LineOf(scene, n.Dossier, n.Matters), n => n.Dossier.Opportunity, NowShown, holdings.Beside)));
        }

        if (coming.Count > 0)
        {
            body.Add(new Section(
                OverviewWords.Say(scene, "today.coming"), OverviewWords.Lines(scene, coming, c => ComingOf(scene, c.Dossier, c.Matter), c => c.Dossier.Opportunity, ComingShown)));
        }

        if (!scope.IsNamed && await reminders.LinesUntilAsync(scene, scene.Today, cancellationToken) is { Count: > 0 } own)
        {
            body.Add(new Section(OverviewWords.Say(scene, "today.reminders"), OverviewWords.Lines(scene, own, r => r, _ => null, DecidersShown)));
        }

        if (!scope.IsNamed && await DecidersAsync(scene, cancellationToken) is { Count: > 0 } deciders)
        {
            body.Add(new Section(OverviewWords.Say(scene, "today.deciders"), [.. deciders.Select(d => new Paragraph(d))]));
        }

        return OverviewWords.Card(
            scene, OverviewWords.Title(scene, scope, OverviewWords.Say(scene, "today.title", scene.Today)), body, Buttons(scene, now, coming));
    }

    // one line an opportunity; visits of today first, as they wait for nobody
    private static List<(Dossier Dossier, List<AgendaMatter> Matters)> NowOf(Scene scene, IEnumerable<(Dossier Dossier, AgendaMatter Matter)> matters)
    {
        List<(Dossier Dossier, List<AgendaMatter> Matters)> due =
            [.. matters.Where(m => m.Matter.On <= scene.Today).GroupBy(m => m.Dossier).Select(g => (g.Key, g.Select(m => m.Matter).ToList()))];
        var heavy = new HeaviestFirst<(Dossier, List<AgendaMatter>)>(due.Count);
        foreach (var one in due)
        {
            heavy.Add(one, Agenda.WeightOf(one.Dossier.Opportunity, one.Matters, scene.Today));
        }

        List<(Dossier Dossier, List<AgendaMatter> Matters)> ordered = [.. heavy.InOrder()];
        return [.. ordered.OrderBy(o => o.Matters.OfType<AgendaMatter.Visit>().Select(v => (DateTimeOffset?)v.Planned.At).Min() ?? DateTimeOffset.MaxValue)];
    }

    private string LeadOf(Scene scene, List<(Dossier Dossier, AgendaMatter Matter)> matters, IReadOnlyList<Dossier> dossiers, int due)
    {
        var count = due switch
        {
            0 => OverviewWords.Say(scene, "today.nothing-due"),
            1 => OverviewWords.Say(scene, "today.one-due"),
            _ => OverviewWords.Say(scene, "today.due", due),
        };
        if (matters.Any(m => m.Matter is AgendaMatter.Visit && m.Matter.On == scene.Today))
        {
            return count;
        }

        // the next one, however far it is
        var next = dossiers.Where(d => d.Opportunity.IsOpen).SelectMany(d => d.Opportunity.Facts.Visits.Where(v => v.At > scene.Now).Select(v => (Dossier: d, v.At))).OrderBy(v => v.At).FirstOrDefault();
        return Words.Sentences(scene.Culture, [count, next.Dossier is null
            ? OverviewWords.Say(scene, "today.no-visit")
            : OverviewWords.Say(scene, "today.next-visit", OverviewWords.Moment(scene, playbook, next.Dossier, next.At), Words.AccountOf(next.Dossier.Opportunity))]);
    }

    private string LineOf(Scene scene, Dossier dossier, IReadOnlyList<AgendaMatter> matters) =>
        OverviewWords.Joined(scene, [OverviewWords.ShortName(dossier.Opportunity), OverviewWords.OwnerOf(scene, dossier.Opportunity.Facts.Owner)])
        + Marks.Line + OverviewWords.Joined(scene, ByGravity(scene, matters).Take(MattersShown).Select(m => MatterOf(scene, dossier, m)));

    // what has a day and words of its own first, then what is late, the gravest first
    private static IEnumerable<AgendaMatter> ByGravity(Scene scene, IReadOnlyList<AgendaMatter> matters)
    {
        var late = matters.OfType<AgendaMatter.Late>().ToDictionary(m => LateOf(scene, m));
        return matters.Where(m => m is not AgendaMatter.Late).Concat(LateMatters.ByGravity(late.Keys).Select(m => late[m]));
    }

    private static LateMatter LateOf(Scene scene, AgendaMatter.Late late) => new(late.Cause, late.On, Math.Max(0, scene.Today.DayNumber - late.On.DayNumber));

    private string ComingOf(Scene scene, Dossier dossier, AgendaMatter matter) => OverviewWords.Joined(
        scene,
        [
            matter is AgendaMatter.Visit visit ? OverviewWords.Moment(scene, playbook, dossier, visit.Planned.At) : OverviewWords.Day(scene, matter.On),
            OverviewWords.ShortName(dossier.Opportunity),
            OverviewWords.OwnerOf(scene, dossier.Opportunity.Facts.Owner),
            matter switch
            {
                AgendaMatter.Visit planned => VisitOf(scene, dossier, planned.Planned),
                AgendaMatter.Step step => step.What,
                AgendaMatter.BidDue => OverviewWords.Say(scene, "today.bid"),
                AgendaMatter.Decision => OverviewWords.Say(scene, "today.decision"),
                AgendaMatter.Late late => FollowUpMessage.ShortOf(late.Cause, scene.Culture),
                _ => throw new InvalidOperationException($"No words for {matter.GetType().Name}."),
            },
        ]);

    private string MatterOf(Scene scene, Dossier dossier, AgendaMatter matter) => matter switch
    {
        AgendaMatter.Visit visit => OverviewWords.Joined(scene, [OverviewWords.Moment(scene, playbook, dossier, visit.Planned.At), VisitOf(scene, dossier, visit.Planned)]),
        AgendaMatter.Step step when step.On < scene.Today => OverviewWords.Say(scene, "today.step-passed", step.What, OverviewWords.Day(scene, step.On)),
        AgendaMatter.Step step => OverviewWords.Say(scene, "today.step", step.What),
        AgendaMatter.BidDue bid => OverviewWords.Say(scene, "risk.bid", OverviewWords.Day(scene, bid.On)),
        AgendaMatter.Decision decision => OverviewWords.Say(scene, decision.On < scene.Today ? "risk.close-passed" : "risk.close-near", OverviewWords.Day(scene, decision.On)),
        AgendaMatter.Late late => OverviewWords.Late(scene, LateOf(scene, late)),
        _ => throw new InvalidOperationException($"No words for {matter.GetType().Name}."),
    };

    private static string VisitOf(Scene scene, Dossier dossier, PlannedVisit visit) =>
        string.Join(Words.Separator(scene.Culture), dossier.NamesOf(visit.Contacts)) is { Length: > 0 } names
            ? OverviewWords.Say(scene, "today.visit-with", names)
            : OverviewWords.Say(scene, "today.visit");

    private static DateTimeOffset AtOf(AgendaMatter matter) => matter is AgendaMatter.Visit visit ? visit.Planned.At : DateTimeOffset.MaxValue;

    // who decides at a customer and waits for the speaker themselves
    private async ValueTask<IReadOnlyList<string>> DecidersAsync(Scene scene, CancellationToken cancellationToken)
    {
        if (scene.Person.Role == Role.Rep)
        {
            return [];
        }

        List<(string Account, TouchedContact Contact)> waiting = [];
        await foreach (var account in dossiers.LookedAfterAsync(scene.Asker, cancellationToken))
        {
            waiting.AddRange(TouchedAccount.Of(account, playbook, scene.Today).Waiting
                .Where(c => c.Contact.IsDecisionMaker && c.Contact.Maintainer == scene.Person.Id).Select(c => (account.Name, c)));
        }

        return [.. waiting.OrderByDescending(w => w.Contact.Days ?? int.MaxValue).Take(DecidersShown)
            .Select(w => OverviewWords.Joined(scene, [w.Contact.Contact.Name, w.Account, TouchWords.Ago(scene, w.Contact)]))];
    }

    private static IReadOnlyList<MessageAction> Buttons(
        Scene scene, IReadOnlyList<(Dossier Dossier, List<AgendaMatter> Matters)> now, IReadOnlyList<(Dossier Dossier, AgendaMatter Matter)> coming)
    {
        List<MessageAction> buttons = [];
        if (now.FirstOrDefault(n => n.Dossier.Opportunity is { IsOpen: true } o && o.Facts.Owner == scene.Person.Id).Dossier is { } first)
        {
            buttons.Add(OverviewWords.CheckIn(scene, first.Opportunity));
        }

        if (now.SelectMany(n => n.Matters.Select(m => (n.Dossier, Matter: m))).Concat(coming)
            .FirstOrDefault(c => c.Matter is AgendaMatter.Visit && c.Matter.On <= scene.Today.AddDays(1) && c.Dossier.Opportunity.Facts.Owner == scene.Person.Id).Dossier is { } soon)
        {
            buttons.Add(OverviewWords.Brief(scene, soon.Opportunity));
        }

        buttons.Add(OverviewWords.AtRisk(scene));
        return buttons;
    }
}
