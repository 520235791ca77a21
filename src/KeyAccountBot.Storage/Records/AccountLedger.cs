using System.Runtime.CompilerServices;
using System.Text.Json;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Storage.Records;

/// <summary>An account and the ETag it was read with.</summary>
/// <param name="Account">Its entries folded.</param>
/// <param name="ETag">A commit on this state succeeds only while it holds.</param>
public sealed record StoredAccount(Account Account, string ETag);

/// <summary>What came of a command to an account.</summary>
/// <param name="Account">As it stands now; <c>null</c> where nothing is on record.</param>
/// <param name="Entries">What was recorded by this call.</param>
/// <param name="Refusal">Why nothing was.</param>
/// <param name="Repeated">The command had been recorded earlier; nothing was recorded now.</param>
public sealed record AccountOutcome(Account? Account, IReadOnlyList<AccountEntry> Entries, AccountRefusal? Refusal = null, bool Repeated = false);

/// <summary>
/// The record of accounts. A command's entries, the snapshot and the command's own row are written in one atomic batch
/// guarded by the snapshot's ETag.
/// </summary>
public sealed class AccountLedger(ITableStore tables, Playbook playbook)
{
    private const int Tries = 24;

    /// <summary>An account as it stands, or <c>null</c>.</summary>
    public async ValueTask<StoredAccount?> FindAsync(TenantId tenant, AccountId id, CancellationToken cancellationToken) =>
        await tables.GetAsync(RowKeys.Accounts, RowKeys.Partition(tenant, id), RowKeys.Snapshot, cancellationToken) is { } row
            ? new StoredAccount(JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.Account)!, row.ETag)
            : null;

    /// <summary>The account of an opportunity as it stands; <c>null</c> while it has none, or nobody there is on record.</summary>
    public async ValueTask<Account?> OfAsync(TenantId tenant, Opportunity opportunity, CancellationToken cancellationToken) =>
        opportunity.Facts.AccountId is { } id ? (await FindAsync(tenant, id, cancellationToken))?.Account : null;

    /// <summary>All entries of an account, oldest first.</summary>
    public async IAsyncEnumerable<AccountEntry> EntriesAsync(
        TenantId tenant, AccountId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in RecordRows.EntriesAsync(tables, RowKeys.Accounts, RowKeys.Partition(tenant, id), cancellationToken))
        {
            yield return JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.AccountEntry)!;
        }
    }

    /// <summary>The accounts in which a person maintains a contact who counts, in no order.</summary>
    public async IAsyncEnumerable<Account> MaintainedByAsync(
        TenantId tenant, PersonId maintainer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in tables.QueryAsync(RowKeys.Index, RowKeys.Maintainer(tenant, maintainer), "", "\uffff", cancellationToken))
        {
            var id = JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.MaintainedAccount)!.Account;
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
            var stored = attempt == 1 && known is not null ? known : await FindAsync(tenant, id, cancellationToken);
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
                        context.Command, JsonSerializer.SerializeToUtf8Bytes(after, StoredJson.Default.Account), stored?.ETag,
                        entries.Select(e => (e.Number, JsonSerializer.SerializeToUtf8Bytes(e, StoredJson.Default.AccountEntry)))),
                    CancellationToken.None);
                return new AccountOutcome(after, entries);
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // somebody wrote first, or this very command is on record: look again
            }
        }
    }

    // listed first: a line without a record behind it is passed over, a record without a line would be missed
    private async ValueTask ListAsync(TenantId tenant, AccountId id, IEnumerable<AccountEntry> entries)
    {
        foreach (var maintainer in entries.Select(e => (e.What as AccountEvent.MaintainerAssigned)?.Maintainer).OfType<PersonId>().Distinct())
        {
            var line = JsonSerializer.SerializeToUtf8Bytes(new MaintainedAccount(id), StoredJson.Default.MaintainedAccount);
            await tables.SubmitAsync(
                RowKeys.Index, RowKeys.Maintainer(tenant, maintainer), [new TableOperation.Put(RowKeys.Escape(id.Value), line)], CancellationToken.None);
        }
    }

    private ValueTask<bool> IsRecordedAsync(string partition, CommandId command, CancellationToken cancellationToken) =>
        RecordRows.IsRecordedAsync(tables, RowKeys.Accounts, partition, command, cancellationToken);
}
