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
/// <param name="Entries">What was recorded by this call.</param>
/// <param name="Refusal">Why nothing was.</param>
/// <param name="Repeated">The command had been recorded earlier; nothing was recorded now.</param>
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
    private static readonly TimeSpan Heal = TimeSpan.FromMinutes(1);

    /// <summary>An opportunity as it stands, or <c>null</c>.</summary>
    public async ValueTask<StoredOpportunity?> FindAsync(TenantId tenant, OpportunityId id, CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(RowKeys.Opportunities, RowKeys.Partition(tenant, id), RowKeys.Snapshot, cancellationToken);
        if (row is null)
        {
            return null;
        }

        var snapshot = JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.OpportunitySnapshot)!;
        return new StoredOpportunity(snapshot.Opportunity, snapshot.WakeUpAt, row.ETag);
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
        await foreach (var row in tables.QueryAsync(RowKeys.Index, RowKeys.Owner(tenant, owner), "", "\uffff", cancellationToken))
        {
            yield return JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.OpportunityListing)!;
        }
    }

    /// <summary>Every list's lines of a company, in no order; reads the whole index.</summary>
    public async IAsyncEnumerable<OpportunityListing> AllAsync(TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
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
    /// <param name="known">A state read earlier, to save reading it again; a stale one costs a second try, never a wrong record.</param>
    /// <exception cref="StoreConflictException">Others kept writing first, eight times in a row.</exception>
    public async ValueTask<LedgerOutcome> RecordAsync(
        TenantId tenant, OpportunityId id, OpportunityCommand command, CommandContext context, Company company,
        CancellationToken cancellationToken, StoredOpportunity? known = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = attempt == 1 && known is not null ? known : await FindAsync(tenant, id, cancellationToken);
            if (attempt > 1 && await IsRecordedAsync(tenant, id, context.Command, cancellationToken))
            {
                return new LedgerOutcome(stored?.Opportunity, stored?.Opportunity, [], Repeated: true);
            }

            var decision = OpportunityDecider.Decide(command, stored?.Opportunity, context, playbook);
            if (decision is Decision.Refused refused)
            {
                return await IsRecordedAsync(tenant, id, context.Command, cancellationToken)
                    ? new LedgerOutcome(stored?.Opportunity, stored?.Opportunity, [], Repeated: true)
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
                await CommitAsync(tenant, stored, after, entries, context.Command, company, cancellationToken);
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
    public async ValueTask RearmAsync(TenantId tenant, OpportunityId id, Company company, CancellationToken cancellationToken)
    {
        for (var attempt = 1; await FindAsync(tenant, id, cancellationToken) is { } stored; attempt++)
        {
            await ProjectAsync(tenant, null, stored.Opportunity, cancellationToken);
            var wakeUpAt = await ArmAsync(tenant, stored.Opportunity, stored.WakeUpAt, company, cancellationToken);
            if (wakeUpAt == stored.WakeUpAt)
            {
                return;
            }

            try
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(new OpportunitySnapshot(stored.Opportunity, wakeUpAt), StoredJson.Default.OpportunitySnapshot);
                await tables.SubmitAsync(
                    RowKeys.Opportunities, RowKeys.Partition(tenant, id),
                    [new TableOperation.Replace(RowKeys.Snapshot, body, stored.ETag)], cancellationToken);
                return;
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // a command came in between and armed its own wake-up, or will be seen on the next round
            }
        }
    }

    private ValueTask<bool> IsRecordedAsync(TenantId tenant, OpportunityId id, CommandId command, CancellationToken cancellationToken) =>
        RecordRows.IsRecordedAsync(tables, RowKeys.Opportunities, RowKeys.Partition(tenant, id), command, cancellationToken);

    private async ValueTask CommitAsync(
        TenantId tenant, StoredOpportunity? before, Opportunity after, IReadOnlyList<OpportunityEntry> entries, CommandId command,
        Company company, CancellationToken cancellationToken)
    {
        var deliveries = Delivery.For(before?.Opportunity, entries, playbook, company);
        foreach (var delivery in deliveries)
        {
            var due = JsonSerializer.SerializeToUtf8Bytes(new DeliveryDue(tenant, after.Id, delivery.Key), StoredJson.Default.DeliveryDue);
            await queues.SendAsync(RowKeys.Deliveries, due, clock.GetUtcNow(), cancellationToken);
        }

        var listed = before is not null && OpportunityListing.Of(before.Opportunity, playbook) == OpportunityListing.Of(after, playbook);
        if (before is null)
        {
            // listed first: a line without a record behind it is passed over, a record without a line would be missed
            await ProjectAsync(tenant, null, after, cancellationToken);
        }
        else if (!listed)
        {
            // should the process die between the record and the list, this wake-up mends the list
            await SendWakeUpAsync(tenant, after.Id, clock.GetUtcNow() + Heal, cancellationToken);
        }

        var wakeUpAt = await ArmAsync(tenant, after, before?.WakeUpAt, company, cancellationToken);
        var snapshot = JsonSerializer.SerializeToUtf8Bytes(new OpportunitySnapshot(after, wakeUpAt), StoredJson.Default.OpportunitySnapshot);
        List<TableOperation> batch =
        [
            .. RecordRows.Batch(
                command, snapshot, before?.ETag,
                entries.Select(e => (e.Number, JsonSerializer.SerializeToUtf8Bytes(e, StoredJson.Default.OpportunityEntry)))),
            .. deliveries.Select(d => new TableOperation.Put(
                RowKeys.Delivery(d.Key),
                JsonSerializer.SerializeToUtf8Bytes(new DeliveryRecord(d, DeliveryStatus.Pending), StoredJson.Default.DeliveryRecord))),
        ];
        await tables.SubmitAsync(RowKeys.Opportunities, RowKeys.Partition(tenant, after.Id), batch, CancellationToken.None);
        if (before is not null && !listed)
        {
            await ProjectAsync(tenant, before.Opportunity, after, CancellationToken.None);
        }
    }

    private async ValueTask ProjectAsync(TenantId tenant, Opportunity? before, Opportunity after, CancellationToken cancellationToken)
    {
        var key = RowKeys.Escape(after.Id.Value);
        var line = JsonSerializer.SerializeToUtf8Bytes(OpportunityListing.Of(after, playbook), StoredJson.Default.OpportunityListing);
        await tables.SubmitAsync(RowKeys.Index, RowKeys.Owner(tenant, after.Facts.Owner), [new TableOperation.Put(key, line)], cancellationToken);
        if (before is not null && before.Facts.Owner != after.Facts.Owner)
        {
            await tables.SubmitAsync(RowKeys.Index, RowKeys.Owner(tenant, before.Facts.Owner), [new TableOperation.Delete(key)], cancellationToken);
        }
    }

    private async ValueTask<DateTimeOffset?> ArmAsync(
        TenantId tenant, Opportunity opportunity, DateTimeOffset? armed, Company company, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var plan = FollowUpPolicy.Plan(opportunity, playbook, company, now);
        var attention = plan.IsDue ? now : plan.NextAttention;
        if (attention is not { } at || (armed is { } waiting && waiting > now && waiting <= at))
        {
            return armed;
        }

        await SendWakeUpAsync(tenant, opportunity.Id, at, cancellationToken);
        return at;
    }

    private ValueTask SendWakeUpAsync(TenantId tenant, OpportunityId id, DateTimeOffset at, CancellationToken cancellationToken) =>
        queues.SendAsync(RowKeys.WakeUps, JsonSerializer.SerializeToUtf8Bytes(new WakeUp(tenant, id), StoredJson.Default.WakeUp), at, cancellationToken);

    private static List<OpportunityEntry> EntriesOf(IReadOnlyList<OpportunityEvent> events, long version, CommandContext context) =>
        [.. events.Select((what, i) => new OpportunityEntry(version + 1 + i, context.Command, context.By, context.At, context.Channel, what))];
}
