using KeyAccountBot.Records;

namespace KeyAccountBot.Playbooks;

/// <summary>The kinds of rows that the check of a playbook keeps.</summary>
internal static class PlaybookRowKinds
{
    /// <summary>The ids that may stand on record.</summary>
    public static RowKind<IdsOnRecord> IdsOnRecord { get; } = new(
        PlaybookAtStart.Table, r => r.PartitionKey == PlaybookAtStart.Partition, PlaybookJson.Default.IdsOnRecord,
        i => i is { Stages: not null, Milestones: not null, Questions: not null });

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IRowKind> All { get; } = [IdsOnRecord];
}
