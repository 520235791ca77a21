namespace KeyAccountBot.Sales.Playbooks;

/// <summary>What earlier versions of a playbook had and this one does without. It stays on record, and no longer counts.</summary>
public sealed record RemovedIds
{
    /// <summary>Nothing was removed.</summary>
    public static RemovedIds None { get; } = new();

    /// <summary>Milestones that are no longer part of the method.</summary>
    public IReadOnlyList<MilestoneId> Milestones { get => field ?? []; init; }

    /// <summary>Questions that are no longer part of the method.</summary>
    public IReadOnlyList<QuestionId> Questions { get => field ?? []; init; }
}
