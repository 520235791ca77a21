using KeyAccountBot.Conversations.Reminders;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Overviews;

/// <summary>Questions about many opportunities at once: a rep's own, a team's, all.</summary>
internal sealed class OverviewsFeature : Feature
{
    private readonly IReadOnlyList<(string Wish, Func<Scene, Asked, CancellationToken, ValueTask<Message>> Answer)> answers;

    /// <summary>The feature on what is on record.</summary>
    public OverviewsFeature(Portfolio portfolio, Dossiers dossiers, OwnReminders reminders, Playbook playbook)
    {
        var (risks, sales, deals) = (new RiskOverview(portfolio, playbook), new SalesOverview(portfolio, playbook), new DealsOverview(portfolio, playbook));
        var (visits, steps) = (new VisitsOverview(portfolio, dossiers, playbook), new StepsOverview(portfolio, playbook));
        answers =
        [
            ("today", new TodayOverview(portfolio, dossiers, reminders, playbook).OfAsync),
            ("at-risk", risks.AtRiskAsync),
            ("stuck", risks.StuckAsync),
            ("forecast", sales.ForecastAsync),
            ("pipeline", (scene, asked, cancellationToken) => IsListed(asked) ? deals.OfAsync(scene, asked, cancellationToken) : sales.PipelineAsync(scene, asked, cancellationToken)),
            ("deals", deals.OfAsync),
            ("unvisited", new CustomersOverview(portfolio, playbook).UnvisitedAsync),
            ("next-visit", visits.NextAsync),
            ("visits", visits.OfAsync),
            ("visit-history", visits.HistoryAsync),
            ("next-steps", steps.NextStepsAsync),
            ("check-in-status", steps.CheckInsAsync),
            ("follow-ups", new FollowUpsOverview(portfolio, playbook).OfAsync),
        ];
    }

    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.Overviews.OverviewPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes =>
        answers.Select(a => Wish.AnswersAlone(a.Wish, (_, scene, words, cancellationToken) => a.Answer(scene, new Asked(a.Wish, words), cancellationToken)));

    /// <inheritdoc/>
    public override IEnumerable<Grant> Grants => answers.Select(a => Grant.Answers(a.Wish, (_, scene, asked, cancellationToken) => a.Answer(scene, asked, cancellationToken)));

    // "how many over a million are in negotiation?" wants to see them
    private static bool IsListed(Asked asked) => asked.One("stage") is not null || asked.One("minAmount") is not null || asked.One("maxAmount") is not null;
}
