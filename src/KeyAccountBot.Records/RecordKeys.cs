using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;

namespace KeyAccountBot.Records;

/// <summary>The key of an opportunity's snapshot.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Id">Which.</param>
public sealed record OpportunityKey(TenantId Tenant, OpportunityId Id);

/// <summary>The key of an account's snapshot.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Id">Which.</param>
public sealed record AccountKey(TenantId Tenant, AccountId Id);

/// <summary>The key of a line on a rep's list.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Owner">The rep.</param>
/// <param name="Id">The opportunity.</param>
public sealed record LineKey(TenantId Tenant, PersonId Owner, OpportunityId Id);

/// <summary>The key of a line on the list of accounts whose contacts somebody maintains.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Maintainer">Who maintains them.</param>
/// <param name="Id">The account.</param>
public sealed record MaintainedKey(TenantId Tenant, PersonId Maintainer, AccountId Id);

/// <summary>The key of what is kept once for each of our people.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Person">Which.</param>
public sealed record PersonKey(TenantId Tenant, PersonId Person);

/// <summary>The key of an entry of an opportunity.</summary>
/// <param name="Of">Which opportunity.</param>
/// <param name="Number">Counted from 1.</param>
public sealed record OpportunityEntryKey(OpportunityKey Of, long Number);

/// <summary>The key of an entry of an account.</summary>
/// <param name="Of">Which account.</param>
/// <param name="Number">Counted from 1.</param>
public sealed record AccountEntryKey(AccountKey Of, long Number);

/// <summary>The key of an act in somebody's name, in their mailbox.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Absent">Who was away.</param>
/// <param name="Act">Stands for the act.</param>
public sealed record ActKey(TenantId Tenant, PersonId Absent, string Act)
{
    /// <summary>The key of an act; hashed, since a command's id may be long, and a repeated one is the same act.</summary>
    public static ActKey Of(TenantId tenant, PersonId absent, ActInName act) =>
        new(tenant, absent, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{act.Opportunity}|{act.Command}")))[..32]);
}

/// <summary>The shapes of the keys of everything on record.</summary>
public static class RecordKeys
{
    private const string DeliveryPrefix = "delivery|";
    private const string EntryPrefix = "event|";

    /// <summary>Snapshots of opportunities.</summary>
    public static KeyShape<OpportunityKey> Opportunity { get; } = new(
        k => new RowPlace(PartitionOf(k), RowKeys.Snapshot), p => p.Row == RowKeys.Snapshot ? OpportunityOf(p.Partition) : null);

    /// <summary>Entries of opportunities.</summary>
    public static KeyShape<OpportunityEntryKey> OpportunityEntry { get; } = new(
        k => new RowPlace(PartitionOf(k.Of), RowKeys.Entry(k.Number)),
        p => NumberOf(p.Row) is { } number && OpportunityOf(p.Partition) is { } of ? new OpportunityEntryKey(of, number) : null);

    /// <summary>Snapshots of accounts.</summary>
    public static KeyShape<AccountKey> Account { get; } = new(
        k => new RowPlace(PartitionOf(k), RowKeys.Snapshot), p => p.Row == RowKeys.Snapshot ? AccountOf(p.Partition) : null);

    /// <summary>Entries of accounts.</summary>
    public static KeyShape<AccountEntryKey> AccountEntry { get; } = new(
        k => new RowPlace(PartitionOf(k.Of), RowKeys.Entry(k.Number)),
        p => NumberOf(p.Row) is { } number && AccountOf(p.Partition) is { } of ? new AccountEntryKey(of, number) : null);

    /// <summary>Deliveries, each in its opportunity's partition.</summary>
    public static KeyShape<DeliveryDue> Delivery { get; } = new(
        k => new RowPlace(RowKeys.Partition(k.Tenant, k.Opportunity), RowKeys.Delivery(k.Key)),
        p => p.Row.StartsWith(DeliveryPrefix, StringComparison.Ordinal) && OpportunityOf(p.Partition) is var (tenant, id)
            ? new DeliveryDue(tenant, id, RowKeys.Unescape(p.Row[DeliveryPrefix.Length..]))
            : null);

    /// <summary>Lines of reps' lists: <c>TENANT|owner|PERSON</c>.</summary>
    public static KeyShape<LineKey> Line { get; } = new(
        k => new RowPlace(RowKeys.Owner(k.Tenant, k.Owner), RowKeys.Escape(k.Id.Value)),
        p => p.Partition.Split('|') is [var tenant, "owner", var owner]
            ? new LineKey(new TenantId(RowKeys.Unescape(tenant)), new PersonId(RowKeys.Unescape(owner)), new OpportunityId(RowKeys.Unescape(p.Row)))
            : null);

    /// <summary>Accounts whose contacts somebody maintains: <c>TENANT|maintainer|PERSON</c>.</summary>
    public static KeyShape<MaintainedKey> Maintained { get; } = new(
        k => new RowPlace(RowKeys.Maintainer(k.Tenant, k.Maintainer), RowKeys.Escape(k.Id.Value)),
        p => p.Partition.Split('|') is [var tenant, "maintainer", var maintainer]
            ? new MaintainedKey(new TenantId(RowKeys.Unescape(tenant)), new PersonId(RowKeys.Unescape(maintainer)), new AccountId(RowKeys.Unescape(p.Row)))
            : null);

    /// <summary>A row a person in the partition of their company: our people, and where they are reached.</summary>
    public static KeyShape<PersonKey> Person { get; } = new(
        k => new RowPlace(RowKeys.Escape(k.Tenant.Value), RowKeys.Escape(k.Person.Value)),
        p => new PersonKey(new TenantId(RowKeys.Unescape(p.Partition)), new PersonId(RowKeys.Unescape(p.Row))));

    /// <summary>Acts in somebody's name, in their mailbox.</summary>
    public static KeyShape<ActKey> Act { get; } = new(
        k => new RowPlace(RowKeys.Mailbox(k.Tenant, k.Absent), ActsInName.Prefix + k.Act),
        p => p.Row.StartsWith(ActsInName.Prefix, StringComparison.Ordinal) && p.Partition.Split('|') is [var tenant, var absent]
            ? new ActKey(new TenantId(RowKeys.Unescape(tenant)), new PersonId(RowKeys.Unescape(absent)), p.Row[ActsInName.Prefix.Length..])
            : null);

    /// <summary>All entries of an opportunity, oldest first.</summary>
    public static RowRange EntriesOf(OpportunityKey of) => RowRange.Starting(PartitionOf(of), EntryPrefix);

    /// <summary>All entries of an account, oldest first.</summary>
    public static RowRange EntriesOf(AccountKey of) => RowRange.Starting(PartitionOf(of), EntryPrefix);

    /// <summary>All acts in somebody's name.</summary>
    public static RowRange ActsOf(TenantId tenant, PersonId absent) => RowRange.Starting(RowKeys.Mailbox(tenant, absent), ActsInName.Prefix);

    /// <summary>All deliveries of an opportunity.</summary>
    public static RowRange DeliveriesOf(TenantId tenant, OpportunityId id) => RowRange.Starting(RowKeys.Partition(tenant, id), DeliveryPrefix);

    /// <summary>A rep's list.</summary>
    public static RowRange LinesOf(TenantId tenant, PersonId owner) => RowRange.Whole(RowKeys.Owner(tenant, owner));

    /// <summary>The accounts whose contacts somebody maintains.</summary>
    public static RowRange MaintainedBy(TenantId tenant, PersonId maintainer) => RowRange.Whole(RowKeys.Maintainer(tenant, maintainer));

    /// <summary>Our people at a company.</summary>
    public static RowRange PeopleOf(TenantId tenant) => RowRange.Whole(RowKeys.Escape(tenant.Value));

    private static string PartitionOf(OpportunityKey key) => RowKeys.Partition(key.Tenant, key.Id);

    private static string PartitionOf(AccountKey key) => RowKeys.Partition(key.Tenant, key.Id);

    private static OpportunityKey? OpportunityOf(string partition) =>
        partition.Split('|') is [var tenant, var id] ? new OpportunityKey(new TenantId(RowKeys.Unescape(tenant)), new OpportunityId(RowKeys.Unescape(id))) : null;

    private static AccountKey? AccountOf(string partition) =>
        partition.Split('|') is [var tenant, var id] ? new AccountKey(new TenantId(RowKeys.Unescape(tenant)), new AccountId(RowKeys.Unescape(id))) : null;

    private static long? NumberOf(string row) =>
        row.StartsWith(EntryPrefix, StringComparison.Ordinal) && long.TryParse(row.AsSpan(EntryPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
