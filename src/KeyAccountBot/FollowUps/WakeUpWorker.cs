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
    IDelayedQueue queues, OpportunityLedger ledger, CompanyDirectory directory, Playbook playbook, TimeProvider clock, WorkSignal signal, ILogger<WakeUpWorker> logger)
    : QueueWorker(RowKeys.WakeUps, queues, clock, signal, logger)
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
            var due = FollowUpPolicy.Plan(stored.Opportunity, playbook, company, now).Due;
            if (due.Count > 0)
            {
                var owner = company.Find(stored.Opportunity.Facts.Owner);
                var today = FollowUpPolicy.CalendarOf(owner, playbook.FollowUps).DateAt(now);
                await ledger.RecordAsync(
                    wakeUp.Tenant, wakeUp.Opportunity, new OpportunityCommand.TakeFollowUpSteps(due),
                    new CommandContext(CommandOf(due), null, now, today, "clock"), company, cancellationToken, stored);
                signal.Set();
            }

            await ledger.RearmAsync(wakeUp.Tenant, wakeUp.Opportunity, company, cancellationToken);
        }

        await Queues.CompleteAsync(message, cancellationToken);
    }

    // the same steps decided twice, by two wake-ups at once, are one command
    private static CommandId CommandOf(IReadOnlyList<DueStep> due) => new("step~" + string.Join('~', due.Select(s => $"{s.Chain}~{s.Step}")));
}
