using KeyAccountBot.Conversations.Replies;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.StandIns;

namespace KeyAccountBot.Operations;

/// <summary>The kinds of rows that the service keeps beside the records.</summary>
internal static class ServiceRowKinds
{
    /// <summary>Where a person is reached.</summary>
    public static RowKind<AddressRecord> Address { get; } = new("addresses", _ => true, DeliveryJson.Default.AddressRecord, _ => true, namesSomebody: true);

    /// <summary>When a person's next weekly digest is due.</summary>
    public static RowKind<WeeklyDigestState> Weekly { get; } = new(
        "mailboxes", r => r.RowKey == "weekly", DeliveryJson.Default.WeeklyDigestState, w => w.NextAt != default, namesSomebody: true);

    /// <summary>What a person is told on a day.</summary>
    public static RowKind<MailboxDay> Day { get; } = new(
        "mailboxes", r => r.RowKey.Length > 0 && char.IsAsciiDigit(r.RowKey[0]), DeliveryJson.Default.MailboxDay, d => d is { Separate: not null, Digest: not null }, namesSomebody: true);

    /// <summary>A delivery that gathers with others, or waits for a digest.</summary>
    public static RowKind<MailboxLine> Waiting { get; } = new(
        "mailboxes", r => r.RowKey.StartsWith(Mailboxes.Gathers + "|", StringComparison.Ordinal) || r.RowKey.StartsWith(Mailboxes.InDigest + "|", StringComparison.Ordinal),
        DeliveryJson.Default.MailboxLine, l => l is { Item: { Opportunity.Value: not null, Key: not null }, Amount.Currency: not null }, namesSomebody: true);

    /// <summary>What a person is told about an absence.</summary>
    public static RowKind<NoticeRecord> Notice { get; } = new(
        "mailboxes", r => r.RowKey.StartsWith(Notices.Prefix, StringComparison.Ordinal), NoticeJson.Default.NoticeRecord,
        n => n.Notice is { To.Value: not null, Absent.Value: not null }, namesSomebody: true);

    /// <summary>What was given up.</summary>
    public static RowKind<DeadLetter> DeadLetter { get; } = new(
        "deadletters", _ => true, DeliveryJson.Default.DeadLetter, d => d.Reason is not null, namesSomebody: true);

    /// <summary>When the next reconciliation is due.</summary>
    public static RowKind<ReconciliationState> Reconciliation { get; } = new(
        "operations", r => r.RowKey == "reconciliation", DeliveryJson.Default.ReconciliationState, r => r.NextAt != default);

    /// <summary>A channel's last outage.</summary>
    public static RowKind<OutageRecord> Outage { get; } = new(
        "operations", r => r.PartitionKey == Outages.Partition, DeliveryJson.Default.OutageRecord, o => o is { Number: > 0, Reason: not null } && o.Since != default);

    /// <summary>The ids that may stand on record.</summary>
    public static RowKind<IdsOnRecord> IdsOnRecord { get; } = new(
        PlaybookAtStart.Table, r => r.PartitionKey == PlaybookAtStart.Partition, PlaybookJson.Default.IdsOnRecord,
        i => i is { Stages: not null, Milestones: not null, Questions: not null });

    /// <summary>Where a conversation's dialogs stand.</summary>
    public static RowKind<ConversationRecord> Conversation { get; } = new(
        TurnEngine.Table, r => r.RowKey == TurnEngine.Row, ConversationJson.Default.ConversationRecord,
        c => c is { Dialogs: not null, Members: not null, Claims: not null, Answered: not null }, namesSomebody: true);

    /// <summary>Replies of a conversation that are still owed.</summary>
    public static RowKind<OwedReplies> Replies { get; } = new(
        TurnEngine.Table, r => r.RowKey.StartsWith(OwedRows.Prefix, StringComparison.Ordinal), ConversationJson.Default.OwedReplies,
        o => o is { Id.Length: > 0, Replies: not null }, namesSomebody: true);

    /// <summary>All kinds there are, those of the records too.</summary>
    public static IReadOnlyList<IRowKind> All { get; } = [.. RowKinds.All, Address, Weekly, Day, Waiting, Notice, DeadLetter, Reconciliation, Outage, IdsOnRecord, Conversation, Replies];
}
