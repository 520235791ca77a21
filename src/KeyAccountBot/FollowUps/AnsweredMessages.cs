using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Deliveries;
using KeyAccountBot.People;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.FollowUps;

/// <summary>Brings the messages already sent about a chain in line with its answer: who did what, in place of the buttons.</summary>
internal sealed partial class AnsweredMessages(
    ITableStore tables, IDelayedQueue queues, OpportunityLedger ledger, CompanyDirectory directory, Outbox outbox, FollowUpMessage messages,
    DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger<AnsweredMessages> logger)
    : QueueWorker(Queue, queues, deadLetters, times, clock, signal, logger)
{
    /// <summary>The queue of answered chains.</summary>
    public const string Queue = "answered";

    /// <inheritdoc/>
    protected override async Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        var answered = JsonSerializer.Deserialize(message.Body.Span, FollowUpJson.Default.ChainAnswered)!;
        var opportunity = (await ledger.FindAsync(answered.Tenant, answered.Opportunity, cancellationToken))?.Opportunity;
        if (opportunity?.FollowUps.FirstOrDefault(c => c.Key == answered.Chain) is { Answer: not null } chain)
        {
            var company = await directory.GetAsync(answered.Tenant, cancellationToken);
            var partition = RowKeys.Partition(answered.Tenant, answered.Opportunity);
            await foreach (var row in tables.QueryAsync(RowKeys.Opportunities, partition, "delivery|", "delivery}", cancellationToken))
            {
                var record = JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.DeliveryRecord)!;
                if (record.Delivery.Chain == chain.Key && record.Status == DeliveryStatus.Sent)
                {
                    await UpdateAsync(answered, record, opportunity, chain, company, cancellationToken);
                }
            }
        }

        await Queues.CompleteAsync(message, cancellationToken);
    }

    private async Task UpdateAsync(
        ChainAnswered answered, DeliveryRecord record, Opportunity opportunity, FollowUpChain chain, Company company, CancellationToken cancellationToken)
    {
        if (record is not { ConversationId: { } conversation, MessageId: { } sent, Delivery.Kind: not (DeliveryKind.Taken or DeliveryKind.Question) }
            || company.Find(record.Delivery.To) is not { } reader)
        {
            return;
        }

        try
        {
            var channel = record.Channel == ChannelIds.Teams ? Channel.Teams : Channel.Slack;
            var outbound = messages.BuildAnswered(record.Delivery, opportunity, chain, reader, company);
            await outbox.UpdateAsync(answered.Tenant, reader, channel, new SentMessage(conversation, sent), outbound, cancellationToken);
        }
        catch (NotSentException e) when (e.IsPermanent)
        {
            NotUpdated(record.Delivery.Key, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The message of delivery {Key} could not be updated: {Reason}.")]
    private partial void NotUpdated(string key, string reason);
}
