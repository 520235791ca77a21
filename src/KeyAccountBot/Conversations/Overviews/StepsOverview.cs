using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Overviews;

/// <summary>What was promised next and by when, and how long nothing was said.</summary>
internal sealed class StepsOverview(Portfolio portfolio, Playbook playbook)
{
    /// <summary>The next steps by their dates, and where none is promised.</summary>
    public async ValueTask<Message> NextStepsAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var period = AskedSlots.PeriodOf(scene, asked);
        var holdings = await portfolio.OpenAsync(scene, asked, l => l.Status == OpportunityStatus.Open, cancellationToken);
        List<Dossier> with = [.. holdings.Dossiers.Where(d => d.Opportunity.Facts.NextStep is { } s && (period is not { } within || within.Contains(s.Due))).OrderBy(d => d.Opportunity.Facts.NextStep!.Due)];
        List<Dossier> without = period is null ? [.. holdings.Dossiers.Where(d => d.Opportunity.Facts.NextStep is null)] : [];
        if (with.Count + without.Count == 0)
        {
            return Message.Of(period is { } none ? OverviewWords.Say(scene, "steps.none-in", OverviewWords.Of(scene, none)) : OverviewWords.Say(scene, "steps.none"));
        }

        return OverviewWords.Card(
            scene, OverviewWords.Title(scene, scope, OverviewWords.Say(scene, "steps.title", with.Count)),
            [
                .. OverviewWords.Lines(scene, with, d => StepOf(scene, d.Opportunity), d => d.Opportunity),
                .. without.Count > 0
                    ? [new Section(OverviewWords.Say(scene, "steps.without"), OverviewWords.Lines(scene, without, d => NameOf(scene, d.Opportunity), d => d.Opportunity, 4)) { Tone = Tone.Warning }]
                    : Array.Empty<Part>(),
            ],
            holdings.Single is { } one && one.Opportunity.Facts.Owner == scene.Person.Id ? [OverviewWords.CheckIn(scene, one.Opportunity)] : [OverviewWords.Today(scene)]);
    }

    /// <summary>How long each opportunity was not spoken of, the longest first, and since when that is too long.</summary>
    public async ValueTask<Message> CheckInsAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var holdings = await portfolio.OpenAsync(scene, asked, l => l.Status == OpportunityStatus.Open, cancellationToken);
        List<(Dossier Dossier, CheckInState State)> all = [.. holdings.Dossiers
            .Select(d => (d, State: CheckInState.Of(d.Opportunity, playbook, scene.Company, scene.Now)!)).Where(s => s.State is not null)
            .OrderByDescending(s => s.State.IsMissed).ThenByDescending(s => s.State.DaysSilent)];
        if (all.Count == 0)
        {
            return Message.Of(OverviewWords.Say(scene, "check-ins.none"));
        }

        var missed = all.Count(s => s.State.IsMissed);
        return OverviewWords.Card(
            scene, OverviewWords.Title(scene, scope, missed > 0 ? OverviewWords.Say(scene, "check-ins.title-missed", missed, all.Count) : OverviewWords.Say(scene, "check-ins.title")),
            OverviewWords.Lines(scene, all, s => NameOf(scene, s.Dossier.Opportunity) + Marks.Line + StateOf(scene, s.State), s => s.Dossier.Opportunity, beside: holdings.Beside),
            all[0].Dossier.Opportunity.Facts.Owner == scene.Person.Id ? [OverviewWords.CheckIn(scene, all[0].Dossier.Opportunity)] : []);
    }

    private static string StepOf(Scene scene, Opportunity opportunity)
    {
        var step = opportunity.Facts.NextStep!;
        var due = OverviewWords.Day(scene, step.Due);
        return OverviewWords.Joined(scene, [step.Due < scene.Today ? OverviewWords.Say(scene, "steps.overdue", due) : due, NameOf(scene, opportunity), step.What]);
    }

    private static string StateOf(Scene scene, CheckInState state)
    {
        var last = state.DaysSilent == 0 ? OverviewWords.Say(scene, "check-ins.last-today") : OverviewWords.Say(scene, "check-ins.last", OverviewWords.Day(scene, state.LastOn), state.DaysSilent);
        return OverviewWords.Joined(
            scene, [last, OverviewWords.Say(scene, state.IsMissed ? "check-ins.missed" : "check-ins.due", OverviewWords.Day(scene, state.DueOn), state.Every)]);
    }

    private static string NameOf(Scene scene, Opportunity opportunity) =>
        OverviewWords.Joined(scene, [OverviewWords.ShortName(opportunity), OverviewWords.OwnerOf(scene, opportunity.Facts.Owner)]);
}
