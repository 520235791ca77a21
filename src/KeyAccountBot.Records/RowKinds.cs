using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Records;

/// <summary>The kinds of rows of the records; raise a kind's version where an older program would misread what is written from then on.</summary>
public static class RowKinds
{
    private const string Event = "event|";

    /// <summary>An opportunity's entries folded.</summary>
    public static RowKind<OpportunitySnapshot> Opportunity { get; } = new(
        RowKeys.Opportunities, r => r.RowKey == RowKeys.Snapshot, StoredJson.Default.OpportunitySnapshot,
        s => s.Opportunity is
        {
            Id.Value: not null, FollowUps: not null,
            Facts: { Account: not null, Name: not null, Amount.Currency: not null, Owner.Value: not null, Stage.Value: not null, StartedIn.Value: not null, Reached: not null },
        });

    /// <summary>An entry of an opportunity.</summary>
    public static RowKind<OpportunityEntry> OpportunityEntry { get; } = new(
        RowKeys.Opportunities, r => r.RowKey.StartsWith(Event, StringComparison.Ordinal), StoredJson.Default.OpportunityEntry,
        e => e is { Command.Value: not null, What: not null });

    /// <summary>A delivery.</summary>
    public static RowKind<DeliveryRecord> Delivery { get; } = new(
        RowKeys.Opportunities, r => r.RowKey.StartsWith("delivery|", StringComparison.Ordinal), StoredJson.Default.DeliveryRecord,
        d => d.Delivery is { Key: not null, To.Value: not null });

    /// <summary>A line of an owner's list.</summary>
    public static RowKind<OpportunityListing> Line { get; } = new(
        RowKeys.Index, r => r.PartitionKey.Contains("|owner|", StringComparison.Ordinal), StoredJson.Default.OpportunityListing,
        l => l is { Id.Value: not null, Owner.Value: not null, Account: not null, Name: not null, Stage.Value: not null, Amount.Currency: not null }, namesSomebody: true);

    /// <summary>An account that a person maintains contacts of.</summary>
    public static RowKind<MaintainedAccount> Maintained { get; } = new(
        RowKeys.Index, r => r.PartitionKey.Contains("|maintainer|", StringComparison.Ordinal), StoredJson.Default.MaintainedAccount,
        m => m.Account.Value is not null, namesSomebody: true);

    /// <summary>An account's entries folded.</summary>
    public static RowKind<Account> Account { get; } = new(
        RowKeys.Accounts, r => r.RowKey == RowKeys.Snapshot, StoredJson.Default.Account,
        a => a is { Id.Value: not null, Name: not null, Contacts: not null } && a.Contacts.All(c => c is { Data.Name: not null, Touches: not null }), namesSomebody: true);

    /// <summary>An entry of an account.</summary>
    public static RowKind<AccountEntry> AccountEntry { get; } = new(
        RowKeys.Accounts, r => r.RowKey.StartsWith(Event, StringComparison.Ordinal), StoredJson.Default.AccountEntry,
        e => e is { Command.Value: not null, What: not null }, namesSomebody: true);

    /// <summary>One of our people.</summary>
    public static RowKind<Person> Person { get; } = new(
        RowKeys.People, _ => true, StoredJson.Default.Person,
        p => p is { Id.Value: not null, Name: not null, TimeZone: not null, Locale: not null } && Enum.IsDefined(p.Role), namesSomebody: true);

    /// <summary>What was done in the name of somebody who was away.</summary>
    public static RowKind<ActInName> ActInName { get; } = new(
        RowKeys.Mailboxes, r => r.RowKey.StartsWith(ActsInName.Prefix, StringComparison.Ordinal), StoredJson.Default.ActInName,
        a => a is { Opportunity.Value: not null, Command.Value: not null, By.Value: not null }, namesSomebody: true);

    /// <summary>All of these.</summary>
    public static IReadOnlyList<IRowKind> All { get; } = [Opportunity, OpportunityEntry, Delivery, Line, Maintained, Account, AccountEntry, Person, ActInName];
}
