using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Storage.Records;

/// <summary>What came of a command.</summary>
/// <param name="Opportunity">As it stands now; <c>null</c> where nothing is on record.</param>
/// <param name="Before">As it stood before; <c>null</c> where it was opened.</param>
/// <param name="Entries">What the command recorded, now or earlier.</param>
/// <param name="Refusal">Why nothing was.</param>
/// <param name="Repeated">It was earlier: the command came again, and nothing was recorded now.</param>
public sealed record LedgerOutcome(
    Opportunity? Opportunity, Opportunity? Before, IReadOnlyList<OpportunityEntry> Entries, Refusal? Refusal = null, bool Repeated = false);

/// <summary>
/// The record of opportunities. A command's entries, the snapshot, the command's own row and its deliveries are written in
/// one atomic batch guarded by the snapshot's ETag; before it, the wake-up and the deliveries' messages go on their queues,
/// so what is on record is told even if the process dies right after.
/// </summary>
public sealed class OpportunityLedger(ITableStore tables, IDelayedQueue queues, Playbook playbook, TimeProvider clock)
{
    private const int Tries = 8;
    private const int Remembered = 2_000;
    private static readonly TimeSpan Heal = TimeSpan.FromMinutes(1);

    // as last read or written: a command that follows need not read again, since the ETag tells whether it still holds
    private readonly ConcurrentDictionary<(TenantId, OpportunityId), StoredOpportunity> seen = new();

    private readonly OpportunityLists lists = new(tables, playbook);

    /// <summary>An opportunity as it stands, or <c>null</c>.</summary>
    public async ValueTask<StoredOpportunity?> FindAsync(TenantId tenant, OpportunityId id, CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(RowKeys.Opportunities, RowKeys.Partition(tenant, id), RowKeys.Snapshot, cancellationToken);
        if (row is null)
        {
            return null;
        }

        var snapshot = JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.OpportunitySnapshot)!;
        return Remember(tenant, new StoredOpportunity(snapshot.Opportunity, snapshot.WakeUpAt, row.ETag));
    }

    /// <summary>All entries of an opportunity, oldest first.</summary>
    public async IAsyncEnumerable<OpportunityEntry> EntriesAsync(
        TenantId tenant, OpportunityId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in RecordRows.EntriesAsync(tables, RowKeys.Opportunities, RowKeys.Partition(tenant, id), cancellationToken))
        {
            yield return JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.OpportunityEntry)!;
        }
    }

    /// <summary>A rep's list, in no order.</summary>
    public async IAsyncEnumerable<OpportunityListing> OfOwnerAsync(
        TenantId tenant, PersonId owner, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await lists.SettleAsync(owner, cancellationToken);
        await foreach (var row in tables.QueryAsync(RowKeys.Index, RowKeys.Owner(tenant, owner), "", "\uffff", cancellationToken))
        {
            yield return JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.OpportunityListing)!;
        }
    }

    /// <summary>Every list's lines of a company, in no order; reads the whole index.</summary>
    public async IAsyncEnumerable<OpportunityListing> AllAsync(TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await lists.SettleAsync(null, cancellationToken);
        var prefix = RowKeys.Owner(tenant, default(PersonId) with { Value = "" });
        await foreach (var row in tables.ScanAsync(RowKeys.Index, null, cancellationToken))
        {
            if (row.PartitionKey.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.OpportunityListing)!;
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
    /// <param name="company">Our people, to know whom to tell.</param>
    /// <param name="cancellationToken">Stops before the commit, never within it.</param>
    /// <param name="known">A state read earlier, to save reading it again; without it, the one this ledger last read or wrote. A stale one costs a second try, never a wrong record.</param>
    /// <param name="customer">The account, where it was read: the next wake-up is then armed by what it says.</param>
    /// <exception cref="StoreConflictException">Others kept writing first, eight times in a row.</exception>
    public async ValueTask<LedgerOutcome> RecordAsync(
        TenantId tenant, OpportunityId id, OpportunityCommand command, CommandContext context, Company company,
        CancellationToken cancellationToken, StoredOpportunity? known = null, KnownCustomer customer = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var earlier = attempt > 1 ? null : known ?? (seen.TryRemove((tenant, id), out var last) ? last : null);
            var stored = earlier ?? await FindAsync(tenant, id, cancellationToken);
            if (attempt > 1 && await IsRecordedAsync(tenant, id, context.Command, cancellationToken))
            {
                return await RepeatedAsync(tenant, stored, id, context.Command, cancellationToken);
            }

            var decision = OpportunityDecider.Decide(command, stored?.Opportunity, context, playbook);
            if (earlier is not null && decision is Decision.Refused or Decision.Accepted { Events.Count: 0 })
            {
                // nothing would be written, so no ETag tells whether the state still holds: look again
                continue;
            }

            if (decision is Decision.Refused refused)
            {
                return await IsRecordedAsync(tenant, id, context.Command, cancellationToken)
                    ? await RepeatedAsync(tenant, stored, id, context.Command, cancellationToken)
                    : new LedgerOutcome(stored?.Opportunity, stored?.Opportunity, [], refused.Reason);
            }

            var entries = EntriesOf(((Decision.Accepted)decision).Events, stored?.Opportunity.Version ?? 0, context);
            if (entries.Count == 0)
            {
                return new LedgerOutcome(stored?.Opportunity, stored?.Opportunity, []);
            }

            var after = OpportunityDecider.Fold(id, stored?.Opportunity, entries)!;
            try
            {
                await CommitAsync(tenant, stored, after, entries, context.Command, company, customer, cancellationToken);
                return new LedgerOutcome(after, stored?.Opportunity, entries);
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // somebody wrote first, or this very command is on record: look again
            }
        }
    }

    /// <summary>
    /// After a wake-up: brings the list in line with the record and puts the next wake-up on the queue where none is waiting.
    /// </summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="company">Our people, to know when they work.</param>
    /// <param name="customer">The account, where it was read: what depends on it is then looked at again only when it falls due.</param>
    /// <param name="cancellationToken">Stops between the steps.</param>
    /// <param name="known">The state as just read, to save reading it again; a stale one costs a second try.</param>
    public async ValueTask RearmAsync(
        TenantId tenant, OpportunityId id, Company company, KnownCustomer customer, CancellationToken cancellationToken, StoredOpportunity? known = null)
    {
        for (var attempt = 1; ((attempt == 1 ? known : null) ?? await FindAsync(tenant, id, cancellationToken)) is { } stored; attempt++)
        {
            await lists.WriteAsync(tenant, null, stored.Opportunity, cancellationToken);
            var wakeUpAt = await ArmAsync(tenant, stored.Opportunity, stored.WakeUpAt, company, customer, cancellationToken);
            if (wakeUpAt == stored.WakeUpAt)
            {
                return;
            }

            try
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(new OpportunitySnapshot(stored.Opportunity, wakeUpAt), StoredJson.Default.OpportunitySnapshot);
                var etags = await tables.SubmitAsync(
                    RowKeys.Opportunities, RowKeys.Partition(tenant, id),
                    [new TableOperation.Replace(RowKeys.Snapshot, body, stored.ETag)], cancellationToken);
                Remember(tenant, new StoredOpportunity(stored.Opportunity, wakeUpAt, etags[0]));
                return;
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // a command came in between and armed its own wake-up, or will be seen on the next round
            }
        }
    }

    private StoredOpportunity Remember(TenantId tenant, StoredOpportunity stored)
    {
        if (seen.Count >= Remembered)
        {
            seen.Clear();
        }

        return seen[(tenant, stored.Opportunity.Id)] = stored;
    }

    private ValueTask<bool> IsRecordedAsync(TenantId tenant, OpportunityId id, CommandId command, CancellationToken cancellationToken) =>
        RecordRows.IsRecordedAsync(tables, RowKeys.Opportunities, RowKeys.Partition(tenant, id), command, cancellationToken);

    // with what the command recorded then, so that whoever repeats it is answered as they would have been
    private async ValueTask<LedgerOutcome> RepeatedAsync(
        TenantId tenant, StoredOpportunity? stored, OpportunityId id, CommandId command, CancellationToken cancellationToken)
    {
        List<OpportunityEntry> entries = [];
        await foreach (var entry in EntriesAsync(tenant, id, cancellationToken))
        {
            if (entry.Command == command)
            {
                entries.Add(entry);
            }
        }

        return new LedgerOutcome(stored?.Opportunity, stored?.Opportunity, entries, Repeated: true);
    }

    private async ValueTask CommitAsync(
        TenantId tenant, StoredOpportunity? before, Opportunity after, IReadOnlyList<OpportunityEntry> entries, CommandId command,
        Company company, KnownCustomer customer, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var deliveries = Delivery.For(before?.Opportunity, entries, playbook, company);
        foreach (var delivery in deliveries)
        {
            var due = JsonSerializer.SerializeToUtf8Bytes(new DeliveryDue(tenant, after.Id, delivery.Key), StoredJson.Default.DeliveryDue);
            await queues.SendAsync(DeliveryLanes.Of(delivery, company.Find(delivery.To)), due, now, cancellationToken);
        }

        var unlisted = before is not null && OpportunityListing.Of(before.Opportunity, playbook) != OpportunityListing.Of(after, playbook);
        if (before is null)
        {
            // listed first: a line without a record behind it is passed over, a record without a line would be missed
            await lists.WriteAsync(tenant, null, after, cancellationToken);
        }

        // should the process die between the record and the list, a wake-up mends the list
        var mendAt = unlisted ? now + Heal : (DateTimeOffset?)null;
        var known = before is { Opportunity.IsFollowedUp: true } ? before.WakeUpAt : null;
        var wakeUpAt = await ArmAsync(tenant, after, known, company, customer, cancellationToken, mendAt);
        var snapshot = JsonSerializer.SerializeToUtf8Bytes(new OpportunitySnapshot(after, wakeUpAt), StoredJson.Default.OpportunitySnapshot);
        List<TableOperation> batch =
        [
            .. RecordRows.Batch(
                command, snapshot, before?.ETag,
                entries.Select(e => (e.Number, JsonSerializer.SerializeToUtf8Bytes(e, StoredJson.Default.OpportunityEntry)))),
            .. deliveries.Select(d => new TableOperation.Put(
                RowKeys.Delivery(d.Key),
                JsonSerializer.SerializeToUtf8Bytes(new DeliveryRecord(d, DeliveryStatus.Pending, At: now), StoredJson.Default.DeliveryRecord),
                DeliveryRecord.Unsent)),
        ];
        var etags = await tables.SubmitAsync(RowKeys.Opportunities, RowKeys.Partition(tenant, after.Id), batch, CancellationToken.None);
        if (before is null)
        {
            return;
        }

        Remember(tenant, new StoredOpportunity(after, wakeUpAt, etags[0]));
        if (unlisted)
        {
            lists.Follow(tenant, before.Opportunity, after);
        }
    }

    private async ValueTask<DateTimeOffset?> ArmAsync(
        TenantId tenant, Opportunity opportunity, DateTimeOffset? armed, Company company, KnownCustomer customer, CancellationToken cancellationToken,
        DateTimeOffset? mendAt = null)
    {
        var now = clock.GetUtcNow();
        var plan = FollowUpPolicy.Plan(opportunity, customer, playbook, company, now);

        // what only the account can tell was looked at by an earlier wake-up, unless there was none
        var attention = plan.IsDue || (plan.IsUncertain && armed is null) ? now : plan.NextAttention;
        var at = armed is { } waiting && waiting > now && waiting <= attention ? null : attention;
        var mends = false;
        if (mendAt is { } mend && at >= mend)
        {
            // one wake-up for both: it mends the list and arms the next
            (at, mendAt, mends) = (mend, null, true);
        }

        if (mendAt is { } alone)
        {
            await SendWakeUpAsync(new WakeUp(tenant, opportunity.Id, Mends: true, alone), cancellationToken);
        }

        if (at is { } needed)
        {
            await SendWakeUpAsync(new WakeUp(tenant, opportunity.Id, mends, needed), cancellationToken);
        }

        return at ?? armed;
    }

    private ValueTask SendWakeUpAsync(WakeUp wakeUp, CancellationToken cancellationToken) =>
        queues.SendAsync(RowKeys.WakeUps, JsonSerializer.SerializeToUtf8Bytes(wakeUp, StoredJson.Default.WakeUp), wakeUp.At ?? clock.GetUtcNow(), cancellationToken);

    private static List<OpportunityEntry> EntriesOf(IReadOnlyList<OpportunityEvent> events, long version, CommandContext context) =>
        [.. events.Select((what, i) => new OpportunityEntry(version + 1 + i, context.Command, context.By, context.At, context.Channel, what))];
}
