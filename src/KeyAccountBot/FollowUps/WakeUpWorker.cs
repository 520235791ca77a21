using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KeyAccountBot.Deliveries;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.FollowUps;

/// <summary>Looks at an opportunity when its time has come, and takes the steps that are due. A wake-up that finds nothing due does nothing.</summary>
internal sealed partial class WakeUpWorker(
    IDelayedQueue queues, OpportunityLedger ledger, AccountLedger accounts, CompanyDirectory directory, Playbook playbook, DeadLetters deadLetters,
    WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger<WakeUpWorker> logger)
    : QueueWorker(RowKeys.WakeUps, queues, deadLetters, times, clock, signal, logger, Slots)
{
    private const int Slots = 128;

    /// <inheritdoc/>
    protected override TimeSpan Lease => Times.Lease;

    /// <inheritdoc/>
    protected override async Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        var wakeUp = JsonSerializer.Deserialize(message.Body.Span, StoredJson.Default.WakeUp)!;
        if (await ledger.FindAsync(wakeUp.Tenant, wakeUp.Opportunity, cancellationToken) is { } stored)
        {
            if (stored.Opportunity.IsOpen && playbook.Find(stored.Opportunity.Facts.Stage) is null)
            {
                StageNotInPlaybook(stored.Opportunity.Id, stored.Opportunity.Facts.Stage);
            }

            var company = await directory.GetAsync(wakeUp.Tenant, cancellationToken);
            var now = Clock.GetUtcNow();
            var customer = KnownCustomer.NotRead;
            var plan = FollowUpPolicy.Plan(stored.Opportunity, customer, playbook, company, now);
            if (plan.IsUncertain)
            {
                // most wake-ups have nothing to do with the customer's people, and are spared this read
                customer = await accounts.KnownOfAsync(wakeUp.Tenant, stored.Opportunity, cancellationToken);
                plan = FollowUpPolicy.Plan(stored.Opportunity, customer, playbook, company, now);
            }

            var armed = false;
            if (plan.IsDue)
            {
                var owner = company.Find(stored.Opportunity.Facts.Owner);
                var today = FollowUpPolicy.CalendarOf(owner, playbook.FollowUps).DateAt(now);
                var outcome = await ledger.RecordAsync(
                    wakeUp.Tenant, wakeUp.Opportunity, new OpportunityCommand.TakeFollowUpSteps(plan.Due, plan.Briefs),
                    new CommandContext(CommandOf(plan), null, now, today, "clock"), company, cancellationToken, stored, customer);
                Signal.Set();

                // the commit armed the next wake-up in the same batch
                armed = outcome is { Entries.Count: > 0, Repeated: false };
            }

            if (!armed || wakeUp.Mends)
            {
                await ledger.RearmAsync(wakeUp.Tenant, wakeUp.Opportunity, company, customer, cancellationToken, plan.IsDue ? null : stored);
            }
        }

        // where the clock was set back meanwhile, this one counted as still to come when the next was armed: so it has to come
        await (wakeUp.At is { } at && at > Clock.GetUtcNow()
            ? Queues.PutOffAsync(message, at, cancellationToken)
            : Queues.CompleteAsync(message, cancellationToken));
    }

    // the same steps decided twice, by two wake-ups at once, are one command; hashed, for visits' ids may be long
    private static CommandId CommandOf(FollowUpPlan plan)
    {
        var due = plan.Due.Select(s => Delivery.KeyOf(s.Chain, s.Step, s.Repeat)).Concat(plan.Briefs.Select(b => $"{b.Visit}@{b.VisitAt.UtcTicks}~{b.To}"));
        return new CommandId("due~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('~', due)))));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The opportunity {Opportunity} stands in the stage '{Stage}', which this replica's playbook does not know: its silence is followed up, its stage is not.")]
    private partial void StageNotInPlaybook(OpportunityId opportunity, StageId stage);
}
