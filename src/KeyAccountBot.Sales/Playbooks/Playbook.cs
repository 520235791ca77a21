using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales.Playbooks;

/// <summary>The method a company sells by: stages in order, their milestones and gates, and who hears of what is stuck.</summary>
/// <param name="Id">Of this playbook.</param>
/// <param name="Version">Raised by who edits it.</param>
/// <param name="WonBy">The milestone that means the opportunity is won.</param>
/// <param name="Stages">In the order they are passed; never empty.</param>
/// <param name="FollowUps">When and whom the bot reminds, nudges and alerts.</param>
/// <param name="Coverage">How a customer's people are looked after.</param>
/// <param name="Evaluation">How customers are scored.</param>
public sealed record Playbook(
    string Id, int Version, MilestoneId WonBy, IReadOnlyList<Stage> Stages, FollowUpSettings FollowUps, CoverageSettings Coverage, EvaluationSettings Evaluation)
{
    /// <summary>The milestones and questions that earlier versions had and this one does without; their progress no longer counts.</summary>
    public RemovedIds Removed { get => field ?? RemovedIds.None; init; }

    /// <summary>The currency of amounts that somebody names without one, in three letters (ISO 4217).</summary>
    public string Currency { get => field ?? "EUR"; init; }

    /// <summary>Who else sells what the company sells, by name; may be none. What is read as a name in a report is looked for here too.</summary>
    public IReadOnlyList<string> Competitors { get => field ?? []; init; }

    /// <summary>What the ids of earlier versions are called now.</summary>
    [JsonIgnore]
    public FormerIds Former => FormerIds.Of(Stages);

    /// <summary>The stage every opportunity begins in.</summary>
    public Stage First => Stages[0];

    /// <summary>The stage with this id, present or former.</summary>
    /// <exception cref="UnknownStageException">The playbook has no such stage, and had none.</exception>
    public Stage Stage(StageId id) => Find(id) ?? throw new UnknownStageException(Id, id);

    /// <summary>The stage with this id, present or former, or <c>null</c>.</summary>
    public Stage? Find(StageId id)
    {
        var now = Former.Now(id);
        return Stages.FirstOrDefault(s => s.Id == now);
    }

    /// <summary>The milestone with this id, present or former, or <c>null</c>.</summary>
    public Milestone? Find(MilestoneId id)
    {
        var now = Former.Now(id);
        return Stages.SelectMany(s => s.Milestones).FirstOrDefault(m => m.Id == now);
    }

    /// <summary>The stage this milestone belongs to, or <c>null</c>.</summary>
    public Stage? StageOf(MilestoneId id)
    {
        var now = Former.Now(id);
        return Stages.FirstOrDefault(s => s.Milestones.Any(m => m.Id == now));
    }

    /// <summary>The question with this id, present or former, or <c>null</c>.</summary>
    public StageQuestion? Find(QuestionId id)
    {
        var now = Former.Now(id);
        return Stages.SelectMany(s => s.Questions).FirstOrDefault(q => q.Id == now);
    }

    /// <summary>Counted from 1; <c>null</c> where the playbook has no such stage, so that nobody takes it for one before the first.</summary>
    public int? NumberOf(StageId id)
    {
        var now = Former.Now(id);
        for (var i = 0; i < Stages.Count; i++)
        {
            if (Stages[i].Id == now)
            {
                return i + 1;
            }
        }

        return null;
    }

    /// <summary>
    /// How many of a hundred opportunities in a stage are won in the end. Where nobody has said, each stage is a step of the same height up
    /// to the one after it is won; what stands in no stage of ours has no chance that anybody knows.
    /// </summary>
    public int ChanceIn(StageId id) => Find(id) is not { } stage || NumberOf(id) is not { } number ? 0
        : stage.Chance ?? (NumberOf(StageOf(WonBy)!.Id) is { } wonIn && number <= wonIn ? 100 * number / (wonIn + 1) : 100);

    /// <summary>
    /// Where an opportunity with these milestones stands: the first stage whose gate is shut, else the last one.
    /// Nothing is skipped: a later stage's milestones never open an earlier gate.
    /// </summary>
    /// <exception cref="UnknownStageException">The playbook has no stage <paramref name="atLeast"/>.</exception>
    public StageId StandingAt(IReadOnlySet<MilestoneId> reached, StageId atLeast)
    {
        var from = NumberOf(atLeast) ?? throw new UnknownStageException(Id, atLeast);
        for (var i = from - 1; i < Stages.Count; i++)
        {
            if (!Stages[i].Gate.IsOpen(reached))
            {
                return Stages[i].Id;
            }
        }

        return Stages[^1].Id;
    }
}

/// <summary>One of the steps of a sale, mirroring a step of the customer's procurement.</summary>
/// <param name="Id">Used in storage; never shown.</param>
/// <param name="Name">As shown.</param>
/// <param name="CustomerStep">What the customer does meanwhile.</param>
/// <param name="Milestones">Key and ordinary ones, in the order they usually come.</param>
/// <param name="Gate">What must be reached before the next stage.</param>
/// <param name="CheckInEvery">Business days within which the rep is expected to say where it stands.</param>
/// <param name="ExpectedDays">Business days after which the stage is overdue.</param>
/// <param name="Questions">What the customer must have answered to decide, in the order it usually comes up.</param>
public sealed record Stage(
    StageId Id,
    LocalizedText Name,
    LocalizedText CustomerStep,
    IReadOnlyList<Milestone> Milestones,
    Gate Gate,
    int CheckInEvery,
    int ExpectedDays,
    IReadOnlyList<StageQuestion> Questions)
{
    /// <summary>How many of a hundred opportunities in this stage are won in the end; <c>null</c> where nobody has said.</summary>
    public int? Chance { get; init; }

    /// <summary>What it was called in earlier versions, and the stages of those whose opportunities now stand here.</summary>
    public IReadOnlyList<StageId> Was { get => field ?? []; init; }

    /// <summary>Whether the gate names this milestone.</summary>
    public bool IsKey(MilestoneId id) => Gate.All.Contains(id) || Gate.Any.Contains(id);
}

/// <summary>Something that has to happen before the customer decides.</summary>
/// <param name="Id">Used in storage; never shown.</param>
/// <param name="Name">As shown.</param>
public sealed record Milestone(MilestoneId Id, LocalizedText Name)
{
    /// <summary>What it was called in earlier versions.</summary>
    public IReadOnlyList<MilestoneId> Was { get => field ?? []; init; }

    /// <summary>How people say that it was reached; may be none.</summary>
    public LocalizedPhrases Phrases { get => field ?? []; init; }
}

/// <summary>A question that customers must have answered before they decide, as they would ask it.</summary>
/// <param name="Id">Used in storage; never shown.</param>
/// <param name="Text">As asked.</param>
/// <param name="AskedBy">Who at the customer usually asks it.</param>
public sealed record StageQuestion(QuestionId Id, LocalizedText Text, BuyingRole AskedBy)
{
    /// <summary>What it was called in earlier versions.</summary>
    public IReadOnlyList<QuestionId> Was { get => field ?? []; init; }

    /// <summary>How people speak of what it is about; may be none.</summary>
    public LocalizedPhrases Phrases { get => field ?? []; init; }
}

/// <summary>A rule over milestones: every one of <paramref name="All"/>, and one of <paramref name="Any"/> where it names any.</summary>
/// <param name="All">Each of these is needed.</param>
/// <param name="Any">One of these is enough.</param>
public sealed record Gate(IReadOnlyList<MilestoneId> All, IReadOnlyList<MilestoneId> Any)
{
    /// <summary>Whether an opportunity with these milestones may pass.</summary>
    public bool IsOpen(IReadOnlySet<MilestoneId> reached) =>
        All.All(reached.Contains) && (Any.Count == 0 || Any.Any(reached.Contains));

    /// <summary>What is still missing, each of <see cref="All"/> first; of <see cref="Any"/> all, while none is reached.</summary>
    public IReadOnlyList<MilestoneId> Missing(IReadOnlySet<MilestoneId> reached) =>
        [.. All.Where(m => !reached.Contains(m)), .. Any.Any(reached.Contains) ? [] : Any];
}
