using KeyAccountBot.Conversations.Overviews;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Customers;

/// <summary>What is missing in how customers are looked after, and who inside sells for us.</summary>
internal sealed class CoverageAnswers(KnownCustomers customers, Playbook playbook)
{
    private const int GapsShown = 10;
    private const int Shown = 8;

    /// <summary>Of one customer every gap; of several those who decide and whom we do not reach.</summary>
    public async ValueTask<Message> CoverageAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var accounts = await customers.OfAsync(scene, asked, cancellationToken);
        return accounts.Count == 0 ? Message.Of(CustomerTexts.Say(scene, "people.no-account"))
            : accounts is [var one] ? GapsOf(scene, one)
            : ReachOf(scene, scope, accounts);
    }

    /// <summary>Who inside sells for us; where nobody does, who comes closest.</summary>
    public async ValueTask<Message> CoachesAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var accounts = await customers.OfAsync(scene, asked, cancellationToken);
        if (accounts.Count == 0)
        {
            return Message.Of(CustomerTexts.Say(scene, "people.no-account"));
        }

        // where nobody guides us comes first: that is what there is to do
        List<KnownAccount> ordered = [.. accounts.OrderBy(a => CoachesOf(a).Any(IsStrong))];
        return accounts is [var one]
            ? OverviewWords.Card(
                scene, CustomerTexts.Say(scene, "coaches.title", one.Name), [new Paragraph(CoachLine(scene, one)), .. CoverageWords.GuideFirst(one.Account, playbook, scene.Culture) is { } warning ? [new Paragraph(warning) { IsAside = true }] : Array.Empty<Part>()],
                OverviewWords.Contacts(scene, one.Name))
            : OverviewWords.Card(
                scene, CustomerTexts.Say(scene, "coaches.title-all"),
                OverviewWords.Lines(scene, ordered, a => OverviewWords.Joined(scene, [Marks.Bold(a.Name), CoachLine(scene, a)]), a => a.Furthest, Shown));
    }

    private Message GapsOf(Scene scene, KnownAccount at)
    {
        var gaps = CoverageWords.Gaps(at.Furthest, at.Account, scene.Company, playbook, scene.Today, scene.Culture);
        return OverviewWords.Card(
            scene, CustomerTexts.Say(scene, "coverage.title", at.Name, gaps.Count),
            gaps.Count == 0
                ? [new Paragraph(CoverageWords.After(at.Furthest, at.Account, scene.Company, playbook, scene.Today, scene.Culture))]
                : OverviewWords.Lines(scene, gaps, g => CustomerTexts.Say(scene, "coverage.line", g), _ => null, GapsShown),
            OverviewWords.Contacts(scene, at.Name));
    }

    private Message ReachOf(Scene scene, PortfolioScope scope, IReadOnlyList<KnownAccount> accounts)
    {
        var from = playbook.NumberOf(playbook.Coverage.DecisionMakerFrom);
        List<(KnownAccount At, OutOfReach Who)> all = [.. accounts.Where(a => a.Account is not null)
            .SelectMany(a => OutOfReach.Of(a.Account!, scene.Company, playbook, scene.Today).Select(o => (a, o)))
            .OrderBy(o => o.o.Problem).ThenByDescending(o => o.a.Furthest?.Facts.Amount.Amount)];
        List<(KnownAccount At, OutOfReach Who)> junior = [.. all.Where(o => o.Who.Problem is ReachProblem.Nobody or ReachProblem.TooJunior)];
        List<(KnownAccount At, OutOfReach Who)> silent = [.. all.Where(o => o.Who.Problem is ReachProblem.NeverMet or ReachProblem.Stale)];
        List<KnownAccount> unknown = [.. accounts.Where(a => a.Furthest is { IsOpen: true, Facts.WonAt: null } o && playbook.NumberOf(o.Facts.Stage) >= from && !a.Contacts.Any(c => c.IsDecisionMaker))];
        List<Part> body = [];
        if (junior.Count > 0)
        {
            body.Add(new Section(CustomerTexts.Say(scene, "coverage.junior", junior.Count), OverviewWords.Lines(scene, junior, o => ReachLine(scene, o.At, o.Who), o => o.At.Furthest, Shown)));
        }

        if (silent.Count > 0)
        {
            body.Add(new Section(CustomerTexts.Say(scene, "coverage.silent", silent.Count), OverviewWords.Lines(scene, silent, o => ReachLine(scene, o.At, o.Who), o => o.At.Furthest, 5)));
        }

        if (unknown.Count > 0)
        {
            body.Add(new Section(CustomerTexts.Say(scene, "coverage.unknown", unknown.Count), OverviewWords.Lines(scene, unknown, a => a.Name, a => a.Furthest, 4)));
        }

        return body.Count == 0
            ? Message.Of(CustomerTexts.Say(scene, "coverage.all-reached"))
            : OverviewWords.Card(scene, OverviewWords.Title(scene, scope, CustomerTexts.Say(scene, "coverage.title-all")), body, OverviewWords.AtRisk(scene));
    }

    private static string ReachLine(Scene scene, KnownAccount at, OutOfReach who) => OverviewWords.Joined(
        scene,
        [
            Marks.Bold(who.Contact.Name),
            at.Name,
            CustomerTexts.Say(scene, "people.care", who.Maintainer?.Name ?? CustomerTexts.Say(scene, "people.nobody")),
            TouchWords.Ago(scene, who.Contact.LastTouch?.On, who.Days),
        ]);

    private string CoachLine(Scene scene, KnownAccount at)
    {
        var coaches = CoachesOf(at).OrderByDescending(c => c.Data.Strength).ToList();
        if (coaches.Count > 0 && coaches.Any(IsStrong))
        {
            return string.Join(Words.Separator(scene.Culture), coaches.Select(c => CustomerTexts.Say(scene, "coaches.one", c.Name, c.Data.Strength)));
        }

        return coaches is [var weak, ..] ? CustomerTexts.Say(scene, "coaches.weak", weak.Name, weak.Data.Strength, playbook.Coverage.CoachStrength)
            : at.Contacts.Where(c => !c.IsDecisionMaker).MaxBy(c => c.Data.Strength) is { } closest ? CustomerTexts.Say(scene, "coaches.closest", closest.Name, closest.Data.Strength)
            : CustomerTexts.Say(scene, "coaches.none");
    }

    private bool IsStrong(Contact contact) => contact.Data.Strength >= playbook.Coverage.CoachStrength;

    private static IEnumerable<Contact> CoachesOf(KnownAccount at) => at.Contacts.Where(c => c.Data.IsCoach);
}
