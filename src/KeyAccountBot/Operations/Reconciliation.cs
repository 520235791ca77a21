using System.Globalization;
using KeyAccountBot.Deliveries;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Reminders;
using KeyAccountBot.StandIns;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Operations;

/// <summary>What one reconciliation saw and repaired.</summary>
/// <param name="At">When it began, UTC.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Opportunities">How many open opportunities it looked at.</param>
/// <param name="WakeUps">How many lost wake-ups were put on the queue again.</param>
/// <param name="Deliveries">How many lost deliveries were put on their lanes again.</param>
/// <param name="Lines">How many lines of lists were brought in line with the record.</param>
internal sealed record ReconciliationResult(DateTimeOffset At, TimeSpan Took, int Opportunities, int WakeUps, int Deliveries, int Lines)
{
    /// <summary>In a sentence, for the operator.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Looked at {Opportunities} open opportunities in {Took.TotalSeconds:0.0} s; put {WakeUps} lost wake-ups and {Deliveries} lost deliveries on their queues again, mended {Lines} lines of lists.");
}

/// <summary>
/// Compares the record with what should be waiting on the queues, and puts back what was lost. It may run at any time and beside the
/// workers: whatever is put back twice is done once.
/// </summary>
internal sealed class Reconciliation(
    Tables tables, IDelayedQueue queues, OpportunityLedger ledger, AccountLedger accounts, DeliveryRows rows, Notices notices, PersonalReminders reminders, Outages outages, CompanyDirectory directory, Playbook playbook, TimeProvider clock,
    WorkSignal signal)
{
    private const int AtOnce = 16;
    private readonly Table<LineKey, OpportunityListing> lines = tables.Of(RowKinds.Line, RecordKeys.Line);
    private readonly Table<OpportunityKey, OpportunitySnapshot> opportunities = tables.Of(RowKinds.Opportunity, RecordKeys.Opportunity);

    /// <summary>What should have come so long ago is lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>Looks at everything once.</summary>
    /// <param name="progress">Told now and then, so that who has claimed the run can say they are alive.</param>
    /// <param name="cancellationToken">Stops between two opportunities.</param>
    public async Task<ReconciliationResult> RunAsync(Func<ValueTask>? progress, CancellationToken cancellationToken)
    {
        var (began, counts) = (clock.GetUtcNow(), new Counts());
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(lines.ScanAsync(null, cancellationToken), options, async (line, stop) =>
        {
            await LookAsync(line, counts, stop);
            if (progress is not null && Interlocked.Increment(ref counts.Seen) % 5000 == 0)
            {
                await progress();
            }
        });
        HashSet<Channel> paused = [.. (await outages.OpenAsync(cancellationToken)).Select(o => o.Channel)];
        await Parallel.ForEachAsync(rows.UnsentAsync(cancellationToken), options, (row, stop) => ResendAsync(row, paused, counts, stop));
        counts.Deliveries += await notices.ResendAsync(Patience, cancellationToken);
        counts.Deliveries += await reminders.ResendAsync(Patience, cancellationToken);
        signal.Set();
        return new ReconciliationResult(began, clock.GetUtcNow() - began, counts.Opportunities, counts.WakeUps, counts.Deliveries, counts.Lines);
    }

    /// <summary>Whether the wake-up of an opportunity is lost: something is or will be due, and none is queued for that moment or it should have come long ago. Pure.</summary>
    public static bool IsLost(FollowUpPlan plan, DateTimeOffset? wakeUpAt, DateTimeOffset now) =>
        (plan.IsDue ? now : plan.NextAttention) is { } attention
        && (wakeUpAt is not { } at || at > attention || at < now - Patience);

    private async ValueTask LookAsync(RowAsRead<LineKey, OpportunityListing> line, Counts counts, CancellationToken cancellationToken)
    {
        var (tenant, owner, id) = line.Key;
        var listed = line.Record?.Now(playbook);
        if ((listed is not null && listed.Status is not (OpportunityStatus.Open or OpportunityStatus.OnHold))
            || await StoredAsync(tenant, id, cancellationToken) is not { } stored)
        {
            return;
        }

        Interlocked.Increment(ref counts.Opportunities);
        var company = await directory.GetAsync(tenant, cancellationToken);
        var customer = KnownCustomer.NotRead;
        var plan = FollowUpPolicy.Plan(stored.Opportunity, customer, playbook, company, clock.GetUtcNow());
        if (plan.IsUncertain)
        {
            // a gap that came of a change at the customer is noticed here
            customer = await accounts.KnownOfAsync(tenant, stored.Opportunity, cancellationToken);
            plan = FollowUpPolicy.Plan(stored.Opportunity, customer, playbook, company, clock.GetUtcNow());
        }

        var lost = IsLost(plan, stored.WakeUpAt, clock.GetUtcNow());
        var stale = listed?.DoesFor(OpportunityListing.Of(stored.Opportunity, playbook)) != true;
        if (lost || stale || stored.IsFolded)
        {
            // a snapshot that could not be read is written anew with it
            await ledger.RearmAsync(tenant, id, company, customer, cancellationToken);
        }

        if (stored.Opportunity.Facts.Owner != owner)
        {
            await lines.DeleteAsync(line.Key, cancellationToken);
        }

        if (lost)
        {
            Interlocked.Increment(ref counts.WakeUps);
        }

        if (stale)
        {
            Interlocked.Increment(ref counts.Lines);
        }
    }

    // apart from the ledger, whose memory is for those at work
    private async ValueTask<StoredOpportunity?> StoredAsync(TenantId tenant, OpportunityId id, CancellationToken cancellationToken) =>
        await opportunities.FindAsync(new OpportunityKey(tenant, id), cancellationToken) switch
        {
            { ETag: null } => null,
            { Record: { } snapshot, ETag: var etag } => new StoredOpportunity(playbook.Former.Now(snapshot.Opportunity), snapshot.WakeUpAt, etag),
            _ => await ledger.FindAsync(tenant, id, cancellationToken),
        };

    private async ValueTask ResendAsync(RowAsRead<DeliveryDue, DeliveryRecord> row, HashSet<Channel> paused, Counts counts, CancellationToken cancellationToken)
    {
        if (row.Record is not { } record)
        {
            return;
        }

        var due = row.Key;
        var reader = (await directory.GetAsync(due.Tenant, cancellationToken)).Find(record.Delivery.To);
        if (record.IsFinal || ExpectedAt(record, reader) + Patience > clock.GetUtcNow())
        {
            return;
        }

        // what waits for its channel is not lost; whether a message of it was is looked at once it works again
        if (DeliveryLanes.ChannelOf(record.Delivery, reader, record.Refused, record.Instead) is { } channel && paused.Contains(channel))
        {
            return;
        }

        await queues.SendAsync(DeliveryLanes.Of(record.Delivery, reader, record.Refused, record.Instead), DeliveryRows.MessageOf(due), clock.GetUtcNow(), cancellationToken);
        Interlocked.Increment(ref counts.Deliveries);
    }

    // what waits for the morning is not lost
    private DateTimeOffset ExpectedAt(DeliveryRecord record, Person? reader) => record.At is not { } at ? DateTimeOffset.MinValue
        : record.Delivery.Urgent ? at
        : FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).NextWorkingMoment(at);

    private sealed class Counts
    {
        public int Seen;
        public int Opportunities;
        public int WakeUps;
        public int Deliveries;
        public int Lines;
    }
}
