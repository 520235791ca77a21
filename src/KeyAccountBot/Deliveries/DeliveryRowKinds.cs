using KeyAccountBot.Records;

namespace KeyAccountBot.Deliveries;

/// <summary>The kinds of rows that sending keeps.</summary>
internal static class DeliveryRowKinds
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

    /// <summary>What was given up.</summary>
    public static RowKind<DeadLetter> DeadLetter { get; } = new(
        "deadletters", _ => true, DeliveryJson.Default.DeadLetter, d => d.Reason is not null, namesSomebody: true);

    /// <summary>A channel's last outage.</summary>
    public static RowKind<OutageRecord> Outage { get; } = new(
        "operations", r => r.PartitionKey == Outages.Partition, DeliveryJson.Default.OutageRecord, o => o is { Number: > 0, Reason: not null } && o.Since != default);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IRowKind> All { get; } = [Address, Weekly, Day, Waiting, DeadLetter, Outage];
}
