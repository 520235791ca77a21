using System.Collections.Frozen;
using System.Runtime.CompilerServices;

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

    private static FrozenDictionary<TId, TId> Now<TId>(IEnumerable<(TId Was, TId Is)> names) where TId : notnull =>
        names.DistinctBy(n => n.Was).ToFrozenDictionary(n => n.Was, n => n.Is);
}
