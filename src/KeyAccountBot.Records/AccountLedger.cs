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
public sealed class AccountLedger(Tables tables, Playbook playbook)
{
    private readonly Table<AccountKey, Account> snapshots = tables.Of(RowKinds.Account, RecordKeys.Account);
    private readonly Table<AccountEntryKey, AccountEntry> entryRows = tables.Of(RowKinds.AccountEntry, RecordKeys.AccountEntry);
    private readonly Table<MaintainedKey, MaintainedAccount> maintained = tables.Of(RowKinds.Maintained, RecordKeys.Maintained);

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
        await foreach (var row in entryRows.QueryAsync(RecordKeys.EntriesOf(new AccountKey(tenant, id)), cancellationToken))
        {
            if (row.Record is { } entry)
            {
                yield return entry;
            }
        }
    }

    /// <summary>The accounts in which a person maintains a contact who counts, in no order.</summary>
    public async IAsyncEnumerable<Account> MaintainedByAsync(
        TenantId tenant, PersonId maintainer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in maintained.QueryAsync(RecordKeys.MaintainedBy(tenant, maintainer), cancellationToken))
        {
            // the line's key says as much as the line
            var id = row.Record?.Account ?? row.Key.Id;
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
        return await OptimisticLoop.RunAsync(async again =>
        {
            var (stored, isThere) = !again && known is not null ? (known, true) : await LookAsync(tenant, id, cancellationToken);
            if (stored is null ? isThere : stored.IsNewer)
            {
                return new AccountOutcome(stored?.Account, [], new AccountRefusal.CannotBeRead());
            }

            var decision = AccountDecider.Decide(command, stored?.Account, context, playbook);
            if (decision is not AccountDecision.Accepted { Events: { Count: > 0 } events }
                || (again && await IsRecordedAsync(partition, context.Command, cancellationToken)))
            {
                var repeated = await IsRecordedAsync(partition, context.Command, cancellationToken);
                return new AccountOutcome(stored?.Account, [], repeated ? null : (decision as AccountDecision.Refused)?.Reason, repeated);
            }

            var version = stored?.Account.Version ?? 0;
            List<AccountEntry> entries =
                [.. events.Select((what, i) => new AccountEntry(version + 1 + i, context.Command, context.By, context.At, context.Channel, what))];
            var after = AccountDecider.Fold(id, stored?.Account, entries)!;
            var key = new AccountKey(tenant, id);
            await ListAsync(tenant, id, entries);
            await tables.SubmitAsync(
                [
                    snapshots.Writing(key, after, stored?.ETag),
                    RecordRows.Command(RowKeys.Accounts, partition, context.Command),
                    .. entries.Select(e => entryRows.Writing(new AccountEntryKey(key, e.Number), e, null)),
                ],
                CancellationToken.None);
            return new AccountOutcome(after, entries);
        });
    }

    private async ValueTask<(StoredAccount? Stored, bool IsThere)> LookAsync(TenantId tenant, AccountId id, CancellationToken cancellationToken)
    {
        var row = await snapshots.FindAsync(new AccountKey(tenant, id), cancellationToken);
        return row.ETag is not { } etag ? (null, false)
            : row.Record is { } account ? (new StoredAccount(account, etag), true)
            : await FoldAsync(row.Key, cancellationToken) is { } folded ? (new StoredAccount(folded, etag, row.IsNewer), true)
            : (null, true);
    }

    // all of them or nothing: an account without one of its entries is another one
    private async ValueTask<Account?> FoldAsync(AccountKey key, CancellationToken cancellationToken)
    {
        List<AccountEntry> entries = [];
        await foreach (var row in entryRows.QueryAsync(RecordKeys.EntriesOf(key), cancellationToken))
        {
            if (row.Record is not { } entry)
            {
                return null;
            }

            entries.Add(entry);
        }

        return RecordRows.AreWhole(entries.Select(e => e.Number)) ? RecordRows.Folded(() => AccountDecider.Fold(key.Id, null, entries)) : null;
    }

    // listed first: a line without a record behind it is passed over, a record without a line would be missed
    private async ValueTask ListAsync(TenantId tenant, AccountId id, IEnumerable<AccountEntry> entries)
    {
        foreach (var maintainer in entries.Select(e => (e.What as AccountEvent.MaintainerAssigned)?.Maintainer).OfType<PersonId>().Distinct())
        {
            await maintained.PutAsync(new MaintainedKey(tenant, maintainer, id), new MaintainedAccount(id), CancellationToken.None);
        }
    }

    private ValueTask<bool> IsRecordedAsync(string partition, CommandId command, CancellationToken cancellationToken) =>
        RecordRows.IsRecordedAsync(tables, RowKeys.Accounts, partition, command, cancellationToken);
}
