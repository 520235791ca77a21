using System.Runtime.CompilerServices;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Records;

/// <summary>An account and the ETag it was read with.</summary>
/// <param name="Account">Its entries folded.</param>
/// <param name="ETag">A commit on this state succeeds only while it holds.</param>
/// <param name="IsNewer">A newer version of the program wrote the snapshot: nothing may be written over it.</param>
public sealed record StoredAccount(Account Account, string ETag, bool IsNewer = false);

/// <summary>What came of a command to an account.</summary>
/// <param name="Account">As it stands now; <c>null</c> where nothing is on record.</param>
/// <param name="Entries">What was recorded by this call.</param>
/// <param name="Refusal">Why nothing was.</param>
/// <param name="Repeated">The command had been recorded earlier; nothing was recorded now.</param>
public sealed record AccountOutcome(Account? Account, IReadOnlyList<AccountEntry> Entries, AccountRefusal? Refusal = null, bool Repeated = false);

/// <summary>
/// The record of accounts. A command's entries, the snapshot and the command's own row are written in one atomic batch
/// guarded by the snapshot's ETag. A snapshot that cannot be read is folded anew from the entries.
/// </summary>
/// <param name="tables">The rows.</param>
/// <param name="playbook">The method.</param>
/// <param name="rows">Reads the rows; one of its own where none is given.</param>
public sealed class AccountLedger(ITableStore tables, Playbook playbook, RowReader? rows = null)
{
    private const int Tries = 24;
    private readonly RowReader rows = rows ?? new RowReader();

    /// <summary>An account as it stands; <c>null</c> where there is none, or its record cannot be read.</summary>
    public async ValueTask<StoredAccount?> FindAsync(TenantId tenant, AccountId id, CancellationToken cancellationToken) =>
        (await LookAsync(tenant, id, cancellationToken)).Stored;

    /// <summary>What is known of an opportunity's customer: nothing where the account's record cannot be read, so that no gap is seen where there may be none.</summary>
    public async ValueTask<KnownCustomer> KnownOfAsync(TenantId tenant, Opportunity opportunity, CancellationToken cancellationToken) =>
        opportunity.Facts.AccountId is not { } id ? KnownCustomer.Of(null)
        : await LookAsync(tenant, id, cancellationToken) is var (stored, isThere) && (stored is not null || !isThere) ? KnownCustomer.Of(stored?.Account)
        : KnownCustomer.NotRead;

    /// <summary>The account of an opportunity as it stands; <c>null</c> while it has none, or nobody there is on record.</summary>
    public async ValueTask<Account?> OfAsync(TenantId tenant, Opportunity opportunity, CancellationToken cancellationToken) =>
        opportunity.Facts.AccountId is { } id ? (await FindAsync(tenant, id, cancellationToken))?.Account : null;

    /// <summary>All entries of an account that can be read, oldest first.</summary>
    public async IAsyncEnumerable<AccountEntry> EntriesAsync(
        TenantId tenant, AccountId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in RecordRows.EntriesAsync(tables, RowKeys.Accounts, RowKeys.Partition(tenant, id), cancellationToken))
        {
            if (rows.Read(RowKinds.AccountEntry, row).Record is { } entry)
            {
                yield return entry;
            }
        }
    }

    /// <summary>The accounts in which a person maintains a contact who counts, in no order.</summary>
    public async IAsyncEnumerable<Account> MaintainedByAsync(
        TenantId tenant, PersonId maintainer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in tables.QueryAsync(RowKeys.Index, RowKeys.Maintainer(tenant, maintainer), "", "\uffff", cancellationToken))
        {
            // the line's key says as much as the line
            var id = rows.Read(RowKinds.Maintained, row).Record?.Account ?? new AccountId(RowKeys.Unescape(row.RowKey));
            if (await FindAsync(tenant, id, cancellationToken) is { } stored && stored.Account.Active.Any(c => c.Maintainer == maintainer))
            {
                yield return stored.Account;
            }
        }
    }

    /// <summary>
    /// Decides a command on the state as it stands and records what comes of it; on a conflict reads and decides again.
    /// </summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="command">What.</param>
    /// <param name="context">By whom and when.</param>
    /// <param name="cancellationToken">Stops before the commit, never within it.</param>
    /// <param name="known">A state read earlier, to save reading it again; a stale one costs a second try, never a wrong record.</param>
    /// <exception cref="StoreConflictException">Others kept writing first, again and again.</exception>
    public async ValueTask<AccountOutcome> RecordAsync(
        TenantId tenant, AccountId id, AccountCommand command, CommandContext context, CancellationToken cancellationToken, StoredAccount? known = null)
    {
        var partition = RowKeys.Partition(tenant, id);
        for (var attempt = 1; ; attempt++)
        {
            var (stored, isThere) = attempt == 1 && known is not null ? (known, true) : await LookAsync(tenant, id, cancellationToken);
            if (stored is null ? isThere : stored.IsNewer)
            {
                return new AccountOutcome(stored?.Account, [], new AccountRefusal.CannotBeRead());
            }

            var decision = AccountDecider.Decide(command, stored?.Account, context, playbook);
            if (decision is not AccountDecision.Accepted { Events: { Count: > 0 } events }
                || (attempt > 1 && await IsRecordedAsync(partition, context.Command, cancellationToken)))
            {
                var repeated = await IsRecordedAsync(partition, context.Command, cancellationToken);
                return new AccountOutcome(stored?.Account, [], repeated ? null : (decision as AccountDecision.Refused)?.Reason, repeated);
            }

            var version = stored?.Account.Version ?? 0;
            List<AccountEntry> entries =
                [.. events.Select((what, i) => new AccountEntry(version + 1 + i, context.Command, context.By, context.At, context.Channel, what))];
            var after = AccountDecider.Fold(id, stored?.Account, entries)!;
            try
            {
                await ListAsync(tenant, id, entries);
                await tables.SubmitAsync(
                    RowKeys.Accounts, partition,
                    RecordRows.Batch(
                        context.Command, RowKinds.Account.BytesOf(after), stored?.ETag,
                        entries.Select(e => (e.Number, RowKinds.AccountEntry.BytesOf(e)))),
                    CancellationToken.None);
                return new AccountOutcome(after, entries);
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // somebody wrote first, or this very command is on record: look again
            }
        }
    }

    private async ValueTask<(StoredAccount? Stored, bool IsThere)> LookAsync(TenantId tenant, AccountId id, CancellationToken cancellationToken)
    {
        if (await tables.GetAsync(RowKeys.Accounts, RowKeys.Partition(tenant, id), RowKeys.Snapshot, cancellationToken) is not { } row)
        {
            return (null, false);
        }

        var reading = rows.Read(RowKinds.Account, row);
        return reading.Record is { } account ? (new StoredAccount(account, row.ETag), true)
            : await FoldAsync(id, row, cancellationToken) is { } folded ? (new StoredAccount(folded, row.ETag, reading.IsNewer), true)
            : (null, true);
    }

    // all of them or nothing: an account without one of its entries is another one
    private async ValueTask<Account?> FoldAsync(AccountId id, TableRow snapshot, CancellationToken cancellationToken)
    {
        List<AccountEntry> entries = [];
        await foreach (var row in RecordRows.EntriesAsync(tables, RowKeys.Accounts, snapshot.PartitionKey, cancellationToken))
        {
            if (rows.Read(RowKinds.AccountEntry, row).Record is not { } entry)
            {
                return null;
            }

            entries.Add(entry);
        }

        return RecordRows.AreWhole(entries.Select(e => e.Number)) ? RecordRows.Folded(() => AccountDecider.Fold(id, null, entries)) : null;
    }

    // listed first: a line without a record behind it is passed over, a record without a line would be missed
    private async ValueTask ListAsync(TenantId tenant, AccountId id, IEnumerable<AccountEntry> entries)
    {
        foreach (var maintainer in entries.Select(e => (e.What as AccountEvent.MaintainerAssigned)?.Maintainer).OfType<PersonId>().Distinct())
        {
            var line = RowKinds.Maintained.BytesOf(new MaintainedAccount(id));
            await tables.SubmitAsync(
                RowKeys.Index, RowKeys.Maintainer(tenant, maintainer), [new TableOperation.Put(RowKeys.Escape(id.Value), line)], CancellationToken.None);
        }
    }

    private ValueTask<bool> IsRecordedAsync(string partition, CommandId command, CancellationToken cancellationToken) =>
        RecordRows.IsRecordedAsync(tables, RowKeys.Accounts, partition, command, cancellationToken);
}
