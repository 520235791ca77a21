using KeyAccountBot.Sales.Playbooks;
using static KeyAccountBot.Sales.Opportunities.OpportunityCommand;
using static KeyAccountBot.Sales.Opportunities.OpportunityEvent;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>Reads an opportunity, its entries and its commands in the ids of today's playbook. Pure.</summary>
public static class TodaysIds
{
    /// <summary>An opportunity in today's ids, what an undo would restore too.</summary>
    public static Opportunity Now(this FormerIds former, Opportunity opportunity) => former.IsEmpty ? opportunity : opportunity with
    {
        Facts = former.Now(opportunity.Facts),
        LastEntry = opportunity.LastEntry is { } last ? last with { Before = former.Now(last.Before) } : null,
    };

    /// <summary>An entry in today's ids: folded together with later ones, it speaks of the same things as they do.</summary>
    public static OpportunityEntry Now(this FormerIds former, OpportunityEntry entry) => former.IsEmpty ? entry : entry.What switch
    {
        Opened e => entry with { What = e with { Stage = former.Now(e.Stage) } },
        StageChanged e => entry with { What = new StageChanged(former.Now(e.From), former.Now(e.To)) },
        MilestoneReached e => entry with { What = e with { Milestone = former.Now(e.Milestone) } },
        MilestoneTakenBack e => entry with { What = e with { Milestone = former.Now(e.Milestone) } },
        QuestionAdded e => entry with { What = e with { Stage = former.Now(e.Stage) } },
        QuestionAnswered e => entry with { What = e with { Question = former.Now(e.Question) } },
        QuestionReopened e => entry with { What = e with { Question = former.Now(e.Question) } },
        _ => entry,
    };

    /// <summary>A command in today's ids: a card or a question of before may still be answered.</summary>
    public static OpportunityCommand Now(this FormerIds former, OpportunityCommand command) => former.IsEmpty ? command : command switch
    {
        Open { Stage: { } stage } c => c with { Stage = former.Now(stage) },
        CheckIn c => c with { Milestones = former.Now(c.Milestones) },
        TakeBack c => c with { Milestone = former.Now(c.Milestone) },
        AddQuestion c => c with { Stage = former.Now(c.Stage) },
        AnswerQuestion c => c with { Answer = c.Answer with { Question = former.Now(c.Answer.Question) } },
        ReopenQuestion c => c with { Question = former.Now(c.Question) },
        ReportVisit c => c with
        {
            Milestones = former.Now(c.Milestones), Answers = [.. c.Answers.Select(a => a with { Question = former.Now(a.Question) })],
        },
        _ => command,
    };

    private static OpportunityFacts Now(this FormerIds former, OpportunityFacts facts) => facts with
    {
        StartedIn = former.Now(facts.StartedIn),
        Stage = former.Now(facts.Stage),
        Reached = Merged(facts.Reached, former.Now, m => m.On),
        Answers = Merged(facts.Answers, former.Now, a => a.On),
        OwnQuestions = [.. facts.OwnQuestions.Select(q => q with { Stage = former.Now(q.Stage) })],
    };

    private static List<MilestoneClaim> Now(this FormerIds former, IReadOnlyList<MilestoneClaim> claims) =>
        [.. claims.Select(c => c with { Milestone = former.Now(c.Milestone) }).DistinctBy(c => c.Milestone)];

    // two that became one hold since the later of them, as if they had been one when they were recorded
    private static SortedDictionary<TId, T> Merged<TId, T>(IReadOnlyDictionary<TId, T> before, Func<TId, TId> now, Func<T, DateOnly> on)
        where TId : struct, IId<TId>
    {
        var after = new SortedDictionary<TId, T>(ById<TId>.Instance);
        foreach (var (id, value) in before)
        {
            if (!after.TryGetValue(now(id), out var other) || on(other) <= on(value))
            {
                after[now(id)] = value;
            }
        }

        return after;
    }

    private sealed class ById<TId> : IComparer<TId> where TId : struct, IId<TId>
    {
        public static readonly ById<TId> Instance = new();

        public int Compare(TId x, TId y) => string.CompareOrdinal(x.Value, y.Value);
    }
}
