using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KeyAccountBot.Deliveries;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.FollowUps;

/// <summary>Looks at an opportunity when its time has come, and takes the steps that are due. A wake-up that finds nothing due does nothing.</summary>
internal sealed class WakeUpWorker(
    IDelayedQueue queues, OpportunityLedger ledger, CompanyDirectory directory, Playbook playbook, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger<WakeUpWorker> logger)
    : QueueWorker(RowKeys.WakeUps, queues, times, clock, signal, logger)
{
    private readonly WorkSignal signal = signal;

    /// <inheritdoc/>
    protected override async Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        var wakeUp = JsonSerializer.Deserialize(message.Body.Span, StoredJson.Default.WakeUp)!;
        if (await ledger.FindAsync(wakeUp.Tenant, wakeUp.Opportunity, cancellationToken) is { } stored)
        {
            var company = await directory.GetAsync(wakeUp.Tenant, cancellationToken);
            var now = Clock.GetUtcNow();
            var plan = FollowUpPolicy.Plan(stored.Opportunity, playbook, company, now);
            if (plan.IsDue)
            {
                var owner = company.Find(stored.Opportunity.Facts.Owner);
                var today = FollowUpPolicy.CalendarOf(owner, playbook.FollowUps).DateAt(now);
                await ledger.RecordAsync(
                    wakeUp.Tenant, wakeUp.Opportunity, new OpportunityCommand.TakeFollowUpSteps(plan.Due, plan.Briefs),
                    new CommandContext(CommandOf(plan), null, now, today, "clock"), company, cancellationToken, stored);
                signal.Set();
            }

            await ledger.RearmAsync(wakeUp.Tenant, wakeUp.Opportunity, company, cancellationToken);
        }

        // where the clock was set back meanwhile, this one counted as still to come when the next was armed: so it has to come
        await (wakeUp.At is { } at && at > Clock.GetUtcNow()
            ? Queues.ReturnAsync(message, at, cancellationToken)
            : Queues.CompleteAsync(message, cancellationToken));
    }

    // the same steps decided twice, by two wake-ups at once, are one command; hashed, for visits' ids may be long
    private static CommandId CommandOf(FollowUpPlan plan)
    {
        var due = plan.Due.Select(s => $"{s.Chain}~{s.Step}").Concat(plan.Briefs.Select(b => $"{b.Visit}@{b.VisitAt.UtcTicks}~{b.To}"));
        return new CommandId("due~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('~', due)))));
    }
}
