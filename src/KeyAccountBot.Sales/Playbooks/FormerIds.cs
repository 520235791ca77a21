using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using KeyAccountBot.Sales.Opportunities;
using static KeyAccountBot.Sales.Opportunities.OpportunityCommand;
using static KeyAccountBot.Sales.Opportunities.OpportunityEvent;

namespace KeyAccountBot.Sales.Playbooks;

/// <summary>
/// What the ids of earlier playbooks are called now. What is on record stays as it was written; it is read through this, and so is
/// what a card or a file of an earlier day still says. Pure.
/// </summary>
public sealed class FormerIds
{
    private static readonly ConditionalWeakTable<IReadOnlyList<Stage>, FormerIds> Known = [];

    private readonly FrozenDictionary<StageId, StageId> stages;
    private readonly FrozenDictionary<MilestoneId, MilestoneId> milestones;
    private readonly FrozenDictionary<QuestionId, QuestionId> questions;

    private FormerIds(IReadOnlyList<Stage> all)
    {
        // where a name is given twice, the playbook's rules refuse it: here the first counts
        stages = Now(all.SelectMany(s => s.Was.Select(was => (was, s.Id))));
        milestones = Now(all.SelectMany(s => s.Milestones).SelectMany(m => m.Was.Select(was => (was, m.Id))));
        questions = Now(all.SelectMany(s => s.Questions).SelectMany(q => q.Was.Select(was => (was, q.Id))));
    }

    /// <summary>Nothing was ever called otherwise.</summary>
    public bool IsEmpty => stages.Count + milestones.Count + questions.Count == 0;

    /// <summary>The former ids that these stages name; worked out once for the same stages.</summary>
    public static FormerIds Of(IReadOnlyList<Stage> stages) => Known.GetValue(stages, static s => new FormerIds(s));

    /// <summary>What a stage is called now; its own id where it was never called otherwise.</summary>
    public StageId Now(StageId id) => stages.GetValueOrDefault(id, id);

    /// <summary>What a milestone is called now.</summary>
    public MilestoneId Now(MilestoneId id) => milestones.GetValueOrDefault(id, id);

    /// <summary>What a question is called now.</summary>
    public QuestionId Now(QuestionId id) => questions.GetValueOrDefault(id, id);

    /// <summary>An opportunity in today's ids, what an undo would restore too.</summary>
    public Opportunity Now(Opportunity opportunity) => IsEmpty ? opportunity : opportunity with
    {
        Facts = Now(opportunity.Facts),
        LastEntry = opportunity.LastEntry is { } last ? last with { Before = Now(last.Before) } : null,
    };

    /// <summary>An entry in today's ids: folded together with later ones, it speaks of the same things as they do.</summary>
    public OpportunityEntry Now(OpportunityEntry entry) => IsEmpty ? entry : entry.What switch
    {
        Opened e => entry with { What = e with { Stage = Now(e.Stage) } },
        StageChanged e => entry with { What = new StageChanged(Now(e.From), Now(e.To)) },
        MilestoneReached e => entry with { What = e with { Milestone = Now(e.Milestone) } },
        MilestoneTakenBack e => entry with { What = e with { Milestone = Now(e.Milestone) } },
        QuestionAdded e => entry with { What = e with { Stage = Now(e.Stage) } },
        QuestionAnswered e => entry with { What = e with { Question = Now(e.Question) } },
        QuestionReopened e => entry with { What = e with { Question = Now(e.Question) } },
        _ => entry,
    };

    /// <summary>A command in today's ids: a card or a question of before may still be answered.</summary>
    public OpportunityCommand Now(OpportunityCommand command) => IsEmpty ? command : command switch
    {
        Open { Stage: { } stage } c => c with { Stage = Now(stage) },
        CheckIn c => c with { Milestones = Now(c.Milestones) },
        TakeBack c => c with { Milestone = Now(c.Milestone) },
        AddQuestion c => c with { Stage = Now(c.Stage) },
        AnswerQuestion c => c with { Answer = c.Answer with { Question = Now(c.Answer.Question) } },
        ReopenQuestion c => c with { Question = Now(c.Question) },
        ReportVisit c => c with
        {
            Milestones = Now(c.Milestones), Answers = [.. c.Answers.Select(a => a with { Question = Now(a.Question) })],
        },
        _ => command,
    };

    private OpportunityFacts Now(OpportunityFacts facts) => facts with
    {
        StartedIn = Now(facts.StartedIn),
        Stage = Now(facts.Stage),
        Reached = Now(facts.Reached, Now, m => m.On),
        Answers = Now(facts.Answers, Now, a => a.On),
        OwnQuestions = [.. facts.OwnQuestions.Select(q => q with { Stage = Now(q.Stage) })],
    };

    private List<MilestoneClaim> Now(IReadOnlyList<MilestoneClaim> claims) =>
        [.. claims.Select(c => c with { Milestone = Now(c.Milestone) }).DistinctBy(c => c.Milestone)];

    // two that became one hold since the later of them, as if they had been one when they were recorded
    private static SortedDictionary<TId, T> Now<TId, T>(IReadOnlyDictionary<TId, T> before, Func<TId, TId> now, Func<T, DateOnly> on)
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

    private static FrozenDictionary<TId, TId> Now<TId>(IEnumerable<(TId Was, TId Is)> names) where TId : notnull =>
        names.DistinctBy(n => n.Was).ToFrozenDictionary(n => n.Was, n => n.Is);

    private sealed class ById<TId> : IComparer<TId> where TId : struct, IId<TId>
    {
        public static readonly ById<TId> Instance = new();

        public int Compare(TId x, TId y) => string.CompareOrdinal(x.Value, y.Value);
    }
}
