using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using Microsoft.Extensions.Caching.Memory;

namespace KeyAccountBot.Records;

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
/// so what is on record is told even if the process dies right after. Ids of earlier playbooks stay as they were written and are
/// read as what they are called now: here, and nowhere else. A snapshot that cannot be read is folded anew from the entries.
/// </summary>
/// <param name="tables">The rows.</param>
/// <param name="queues">The wake-ups and deliveries.</param>
/// <param name="playbook">The method.</param>
/// <param name="clock">All time comes from here.</param>
[SuppressMessage("Design", "CA1001", Justification = "What it owns holds memory alone.")]
public sealed partial class OpportunityLedger(Tables tables, IDelayedQueue queues, Playbook playbook, TimeProvider clock)
{
    private const int Remembered = 2_000;
    private static readonly TimeSpan Heal = TimeSpan.FromMinutes(1);

    // as last read or written: a command that follows need not read again, since the ETag tells whether it still holds
    private readonly MemoryCache seen = new(new MemoryCacheOptions { SizeLimit = Remembered });

    private readonly OpportunityLists lists = new(tables, playbook);
    private readonly ActsInName acts = new(tables);
    private readonly Table<OpportunityKey, OpportunitySnapshot> snapshots = tables.Of(RowKinds.Opportunity, RecordKeys.Opportunity);
    private readonly Table<OpportunityEntryKey, OpportunityEntry> entryRows = tables.Of(RowKinds.OpportunityEntry, RecordKeys.OpportunityEntry);
    private readonly Table<DeliveryDue, DeliveryRecord> deliveryRows = tables.Of(RowKinds.Delivery, RecordKeys.Delivery, r => r.Label);
    private readonly Table<LineKey, OpportunityListing> lineRows = tables.Of(RowKinds.Line, RecordKeys.Line);

    /// <summary>All entries of an opportunity that can be read, oldest first.</summary>
    public async IAsyncEnumerable<OpportunityEntry> EntriesAsync(
        TenantId tenant, OpportunityId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in entryRows.QueryAsync(RecordKeys.EntriesOf(new OpportunityKey(tenant, id)), cancellationToken))
        {
            if (row.Record is { } entry)
            {
                yield return playbook.Former.Now(entry);
            }
        }
    }

    /// <summary>A rep's list, in no order.</summary>
    public async IAsyncEnumerable<OpportunityListing> OfOwnerAsync(
        TenantId tenant, PersonId owner, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await lists.SettleAsync(owner, cancellationToken);
        await foreach (var row in lineRows.QueryAsync(RecordKeys.LinesOf(tenant, owner), cancellationToken))
        {
            if (await LineOfAsync(tenant, row, cancellationToken) is { } line)
            {
                yield return line;
            }
        }
    }

    /// <summary>Every list's lines of a company, in no order; reads the whole index.</summary>
    public async IAsyncEnumerable<OpportunityListing> AllAsync(TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await lists.SettleAsync(null, cancellationToken);
        await foreach (var row in lineRows.ScanAsync(null, cancellationToken, k => k.Tenant == tenant))
        {
            if (await LineOfAsync(tenant, row, cancellationToken) is { } line)
            {
                yield return line;
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
    /// <exception cref="StoreConflictException">Others kept writing first, again and again.</exception>
    public async ValueTask<LedgerOutcome> RecordAsync(
        TenantId tenant, OpportunityId id, OpportunityCommand command, CommandContext context, Company company,
        CancellationToken cancellationToken, StoredOpportunity? known = null, KnownCustomer customer = default)
    {
        command = playbook.Former.Now(command);
        var earlier = known ?? TakeLast(tenant, id);

        // in a conflict somebody wrote first, or this very command is on record
        return await OptimisticLoop.RunAsync(async again =>
        {
            var state = again ? null : earlier;
            LedgerOutcome? outcome;
            while ((outcome = await RecordOnceAsync(tenant, id, command, context, company, customer, state, again, cancellationToken)) is null)
            {
                (state, again) = (null, true);
            }

            return outcome;
        });
    }

    // null where an earlier state does not tell: look again
    private async ValueTask<LedgerOutcome?> RecordOnceAsync(
        TenantId tenant, OpportunityId id, OpportunityCommand command, CommandContext context, Company company, KnownCustomer customer,
        StoredOpportunity? earlier, bool again, CancellationToken cancellationToken)
    {
        var (stored, isThere) = earlier is not null ? (earlier, true) : await LookAsync(tenant, id, cancellationToken);
        if (stored is null ? isThere : stored.IsNewer)
        {
            return new LedgerOutcome(stored?.Opportunity, stored?.Opportunity, [], new Refusal.CannotBeRead());
        }

        if (again && await IsRecordedAsync(tenant, id, context.Command, cancellationToken))
        {
            return await RepeatedAsync(tenant, stored, id, context.Command, cancellationToken);
        }

        var decision = context.By is { } by && stored is not null && !Authority.Allows(by, company, stored.Opportunity, new Access.Record(command))
            ? new Decision.Refused(new Refusal.NotTheirs())
            : OpportunityDecider.Decide(command, stored?.Opportunity, context, playbook);
        if (earlier is not null && decision is Decision.Refused or Decision.Accepted { Events.Count: 0 })
        {
            // nothing would be written, so no ETag tells whether the state still holds
            return null;
        }

        if (decision is Decision.Refused refused)
        {
            return await IsRecordedAsync(tenant, id, context.Command, cancellationToken)
                ? await RepeatedAsync(tenant, stored, id, context.Command, cancellationToken)
                : new LedgerOutcome(stored?.Opportunity, stored?.Opportunity, [], refused.Reason);
        }

        var entries = EntriesOf(((Decision.Accepted)decision).Events, stored?.Opportunity, context, company);
        if (entries.Count == 0)
        {
            return new LedgerOutcome(stored?.Opportunity, stored?.Opportunity, []);
        }

        var after = OpportunityDecider.Fold(id, stored?.Opportunity, entries)!;
        await CommitAsync(tenant, stored, after, entries, context.Command, company, customer, cancellationToken);
        return new LedgerOutcome(after, stored?.Opportunity, entries);
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
        // in a conflict a command came in between and armed its own wake-up, or will be seen on the next round
        await OptimisticLoop.RunAsync(async again =>
        {
            if (((again ? null : known) ?? await FindAsync(tenant, id, cancellationToken)) is not { } stored)
            {
                return;
            }

            await lists.WriteAsync(tenant, null, stored.Opportunity, cancellationToken);
            if (stored.IsNewer)
            {
                return;
            }

            var wakeUpAt = await ArmAsync(tenant, stored.Opportunity, stored.WakeUpAt, company, customer, cancellationToken);
            if (wakeUpAt == stored.WakeUpAt && !stored.IsFolded)
            {
                return;
            }

            var etag = await snapshots.WriteAsync(new OpportunityKey(tenant, id), new OpportunitySnapshot(stored.Opportunity, wakeUpAt), stored.ETag, cancellationToken);
            Remember(tenant, new StoredOpportunity(stored.Opportunity, wakeUpAt, etag));
        });
    }

    private StoredOpportunity Remember(TenantId tenant, StoredOpportunity stored)
    {
        // once it is full, those used longest ago make room
        return seen.Set((tenant, stored.Opportunity.Id), stored, new MemoryCacheEntryOptions { Size = 1 });
    }

    // for one command: what the next one needs is what this one writes
    private StoredOpportunity? TakeLast(TenantId tenant, OpportunityId id)
    {
        var last = seen.Get<StoredOpportunity>((tenant, id));
        if (last is not null)
        {
            seen.Remove((tenant, id));
        }

        return last;
    }

    private ValueTask<bool> IsRecordedAsync(TenantId tenant, OpportunityId id, CommandId command, CancellationToken cancellationToken) =>
        RecordRows.IsRecordedAsync(tables, RowKeys.Opportunities, RowKeys.Partition(tenant, id), command, cancellationToken);

    // with what the command recorded then, so that who repeats it is answered as they would have been
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
        await acts.NoteAsync(tenant, after.Id, entries, cancellationToken);
        var deliveries = Delivery.For(before?.Opportunity, entries, playbook, company);
        foreach (var delivery in deliveries)
        {
            var due = JsonSerializer.SerializeToUtf8Bytes(new DeliveryDue(tenant, after.Id, delivery.Key), StoredJson.Default.DeliveryDue);
            await queues.SendAsync(DeliveryLanes.Of(delivery, company.Find(delivery.To)), due, now, cancellationToken);
        }

        // a follow-up's step changes no fact, and so no line
        var (unlisted, changed) = before is null || ReferenceEquals(before.Opportunity.Facts, after.Facts)
            ? (false, false)
            : Unlisted(OpportunityListing.Of(before.Opportunity, playbook), OpportunityListing.Of(after, playbook));
        if (before is null)
        {
            // listed first: a line without a record behind it is passed over, a record without a line would be missed
            await lists.WriteAsync(tenant, null, after, cancellationToken);
        }

        // should the process die between the record and the list, a wake-up mends the list
        var mendAt = unlisted ? now + Heal : (DateTimeOffset?)null;
        var known = before is { Opportunity.IsFollowedUp: true } ? before.WakeUpAt : null;
        var wakeUpAt = await ArmAsync(tenant, after, known, company, customer, cancellationToken, mendAt);
        var key = new OpportunityKey(tenant, after.Id);
        List<RowWrite> batch =
        [
            snapshots.Writing(key, new OpportunitySnapshot(after, wakeUpAt), before?.ETag),
            RecordRows.Command(RowKeys.Opportunities, RowKeys.Partition(tenant, after.Id), command),
            .. entries.Select(e => entryRows.Writing(new OpportunityEntryKey(key, e.Number), e, null)),
            .. deliveries.Select(d => deliveryRows.Putting(new DeliveryDue(tenant, after.Id, d.Key), new DeliveryRecord(d, DeliveryStatus.Pending, At: now))),
        ];
        var etags = await tables.SubmitAsync(batch, CancellationToken.None);
        if (before is null)
        {
            return;
        }

        Remember(tenant, new StoredOpportunity(after, wakeUpAt, etags[0]));
        if (changed)
        {
            lists.Follow(tenant, before.Opportunity, after);
        }
    }

    // what only a weekly digest reads follows without a wake-up of its own: the next one, or the next reconciliation, mends it
    private static (bool Unlisted, bool Changed) Unlisted(OpportunityListing before, OpportunityListing after) =>
        (!before.FindsAs(after), !before.DoesFor(after));

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

    private static List<OpportunityEntry> EntriesOf(IReadOnlyList<OpportunityEvent> events, Opportunity? before, CommandContext context, Company company)
    {
        var absent = before is not null && context.By is { } by ? company.InNameOf(by, before.Facts.Owner) : null;
        return [.. events.Select((what, i) => new OpportunityEntry((before?.Version ?? 0) + 1 + i, context.Command, context.By, context.At, context.Channel, what, absent))];
    }
}
