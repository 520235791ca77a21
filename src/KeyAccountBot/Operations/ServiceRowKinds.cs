using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Reminders;
using KeyAccountBot.StandIns;

namespace KeyAccountBot.Operations;

/// <summary>The kinds of rows that the service keeps beside the records.</summary>
internal static class ServiceRowKinds
{
    /// <summary>When the next reconciliation is due.</summary>
    public static RowKind<ReconciliationState> Reconciliation { get; } = new(
        "operations", r => r.RowKey == "reconciliation", ReconciliationJson.Default.ReconciliationState, r => r.NextAt != default);

    /// <summary>All kinds there are, those of the records too.</summary>
    public static IReadOnlyList<IRowKind> All { get; } =
        [.. RowKinds.All, .. DeliveryRowKinds.All, .. StandInRowKinds.All, .. ReminderRowKinds.All, Reconciliation, .. PlaybookRowKinds.All, .. ConversationRowKinds.All];
}
