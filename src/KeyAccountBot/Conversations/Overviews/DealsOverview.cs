using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Overviews;

/// <summary>A list of opportunities: somebody's, of a stage, of a size, lost ones with the reason, those whose bids are due.</summary>
internal sealed class DealsOverview(Portfolio portfolio, Playbook playbook)
{
    private const string BidFilter = "bidDeadline";

    /// <summary>The list, the largest first; by deadline where deadlines are asked for.</summary>
    public async ValueTask<Message> OfAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var holdings = await portfolio.OpenAsync(scene, asked, l => AskedSlots.HasStatus(asked, l) && AskedSlots.Fits(asked, l), cancellationToken);
        return string.Equals(asked.One("filter"), BidFilter, StringComparison.OrdinalIgnoreCase) ? BidsOf(scene, asked, scope, holdings) : ListOf(scene, asked, scope, holdings);
    }

    private Message ListOf(Scene scene, Asked asked, PortfolioScope scope, Holdings holdings)
    {
        var (status, period) = (AskedSlots.StatusOf(asked), AskedSlots.PeriodOf(scene, asked));
        var filter = asked.One("filter");
        List<Dossier> all = [.. holdings.Dossiers.Where(d => Passes(filter, d) && (period is not { } within || (DayOf(scene, d, status) is { } day && within.Contains(day))))
            .OrderByDescending(d => d.Opportunity.Facts.Amount.Amount)];
        if (filter == "smallest")
        {
            all.Reverse();
        }

        var title = status switch
        {
            AskedStatus.Open => OverviewWords.Say(scene, "deals.open", all.Count),
            AskedStatus.OnHold => OverviewWords.Say(scene, "deals.held", all.Count),
            AskedStatus.Lost => OverviewWords.Say(scene, "deals.lost", all.Count),
            AskedStatus.Won => OverviewWords.Say(scene, "deals.won", all.Count),
            AskedStatus.Completed => OverviewWords.Say(scene, "deals.completed", all.Count),
            AskedStatus.All => OverviewWords.Say(scene, "deals.all", all.Count),
            _ => throw new ArgumentOutOfRangeException(nameof(asked)),
        };
        title = period is { } named ? OverviewWords.Joined(scene, [title, OverviewWords.Of(scene, named)]) : title;
        return all.Count == 0
            ? Message.Of(OverviewWords.Say(scene, "deals.none"))
            : OverviewWords.Card(
                scene, OverviewWords.Title(scene, scope, title),
                OverviewWords.Lines(scene, all, d => OverviewWords.Name(scene, scope, d.Opportunity) + Marks.Line + StandingOf(scene, d), d => d.Opportunity, beside: holdings.Beside),
                status == AskedStatus.Open ? [OverviewWords.AtRisk(scene), OverviewWords.Stuck(scene)] : []);
    }

    private Message BidsOf(Scene scene, Asked asked, PortfolioScope scope, Holdings holdings)
    {
        var period = AskedSlots.PeriodOf(scene, asked);
        List<(Dossier Dossier, DateOnly Due)> due = [.. holdings.Dossiers
            .Select(d => (Dossier: d, Due: RiskReasons.BidDueOf(d.Opportunity.Facts, playbook)))
            .Where(d => d.Due is { } on && (period is not { } within || within.Contains(on)))
            .Select(d => (d.Dossier, d.Due!.Value)).OrderBy(d => d.Item2)];
        return due.Count == 0
            ? Message.Of(period is { } none ? OverviewWords.Say(scene, "bids.none-in", OverviewWords.Of(scene, none)) : OverviewWords.Say(scene, "bids.none"))
            : OverviewWords.Card(
                scene, OverviewWords.Title(scene, scope, OverviewWords.Say(scene, "bids.title", due.Count)),
                OverviewWords.Lines(scene, due, d => OverviewWords.Joined(scene, [OverviewWords.Day(scene, d.Due), OverviewWords.Name(scene, scope, d.Dossier.Opportunity)]), d => d.Dossier.Opportunity));
    }

    private static bool Passes(string? filter, Dossier dossier) => filter switch
    {
        "noNextStep" => dossier.Opportunity.Facts.NextStep is null,
        "noDecisionMaker" => !dossier.Contacts.Any(c => c.IsDecisionMaker),
        _ => true,
    };

    // where it stands and what is next; of what is over, when and why
    private string StandingOf(Scene scene, Dossier dossier)
    {
        var facts = dossier.Opportunity.Facts;
        var closed = facts.ClosedOn is { } on ? OverviewWords.Say(scene, "deals.on", scene.Say("status." + facts.Status), OverviewWords.Day(scene, on)) : scene.Say("status." + facts.Status);
        return facts.Status switch
        {
            OpportunityStatus.Lost or OpportunityStatus.Completed => Because(scene, closed, facts.StatusReason),
            OpportunityStatus.OnHold => Because(scene, OverviewWords.Say(scene, "deals.held-since", Day(scene, dossier, Holds.Since(facts)), OverviewWords.Day(scene, Holds.LookAgainOn(facts, playbook.FollowUps, dossier.Calendar(scene.Company, playbook)))), facts.StatusReason),
            OpportunityStatus.Open => OverviewWords.Joined(
                scene,
                [
                    facts.WonAt is { } won ? OverviewWords.Say(scene, "deals.on", scene.Say("status.Won"), Day(scene, dossier, won)) : null,
                    Words.StageOf(playbook, facts.Stage, scene.Culture),
                    facts.NextStep is { } step ? OverviewWords.Say(scene, "deals.step", step.What, OverviewWords.Day(scene, step.Due)) : OverviewWords.Say(scene, "risk.no-step"),
                    OverviewWords.Warning(scene, LateMatters.Of(dossier.Opportunity, dossier.Account, playbook, scene.Company, scene.Now)),
                ]),
            _ => throw new ArgumentOutOfRangeException(nameof(dossier)),
        };
    }

    private string Day(Scene scene, Dossier dossier, DateTimeOffset at) => OverviewWords.Day(scene, dossier.Calendar(scene.Company, playbook).DateAt(at));

    private static string Because(Scene scene, string what, string? why) => why is { Length: > 0 } ? scene.Say("fact", what, why) : what;

    // the day that a period speaks of
    private DateOnly? DayOf(Scene scene, Dossier dossier, AskedStatus status)
    {
        var (facts, calendar) = (dossier.Opportunity.Facts, FollowUpPolicy.CalendarOf(scene.Company.Find(dossier.Opportunity.Facts.Owner), playbook.FollowUps));
        return status switch
        {
            AskedStatus.Won => facts.WonAt is { } won ? calendar.DateAt(won) : null,
            AskedStatus.OnHold => calendar.DateAt(Holds.Since(facts)),
            AskedStatus.Lost or AskedStatus.Completed => facts.ClosedOn,
            _ => facts.ClosedOn ?? facts.ExpectedClose,
        };
    }
}
