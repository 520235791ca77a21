using System.Text.Json;
using KeyAccountBot.Channels;
using KeyAccountBot.Deliveries;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.FollowUps;

/// <summary>
/// Brings the messages already sent about a chain, and about those told together with it, in line with its answer: who did what, in
/// place of the buttons, wherever they were sent. Notes what an answer sends to a colleague and to the rep in their day, so that they can
/// answer it in words.
/// </summary>
internal sealed partial class AnsweredMessages(
    DeliveryRows rows, IDelayedQueue queues, OpportunityLedger ledger, CompanyDirectory directory, Outbox outbox, Mailboxes mailboxes, FollowUpMessage messages,
    KnownChannels channels, Playbook playbook, DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger<AnsweredMessages> logger)
    : QueueWorker(Queue, queues, deadLetters, times, clock, signal, logger)
{
    /// <summary>The queue of answered chains.</summary>
    public const string Queue = "answered";

    // a message that is being sent at this moment is sent with its buttons: it is looked at again, so often
    private const int Looks = 5;

    /// <inheritdoc/>
    protected override async Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        var answered = JsonSerializer.Deserialize(message.Body.Span, FollowUpJson.Default.ChainAnswered)!;
        var opportunity = (await ledger.FindAsync(answered.Tenant, answered.Opportunity, cancellationToken))?.Opportunity;
        var beingSent = false;
        if (opportunity?.FollowUps.FirstOrDefault(c => c.Key == answered.Chain) is { } chain && (chain.All.Count > 0 || chain.TimeAsked is not null))
        {
            var company = await directory.GetAsync(answered.Tenant, cancellationToken);
            var alike = opportunity.FollowUps.Where(c => c == chain || IsAnsweredWith(c, chain)).ToDictionary(c => c.Key, StringComparer.Ordinal);
            await foreach (var record in rows.OfAsync(answered.Tenant, answered.Opportunity, cancellationToken))
            {
                if (record.Delivery.Chain is not { } of || !alike.TryGetValue(of, out var its))
                {
                    continue;
                }

                beingSent |= record.Status == DeliveryStatus.Claimed;
                await NoteAsync(answered, record, its, company, cancellationToken);
                if (record.Status == DeliveryStatus.Sent && Shows(record.Delivery, its))
                {
                    await UpdateAsync(answered, record, opportunity, its, company, cancellationToken);
                }
            }
        }

        await (beingSent && message.DequeueCount < Looks
            ? Queues.ReturnAsync(message, Later(message.DequeueCount), cancellationToken)
            : Queues.CompleteAsync(message, cancellationToken));
    }

    // one press answers every chain told in the same message
    private static bool IsAnsweredWith(FollowUpChain chain, FollowUpChain first) =>
        chain.IsToldWith(first.Key) && chain.Last == first.Last;

    // who was just asked to look after it has yet to answer
    private static bool Shows(Delivery delivery, FollowUpChain chain) => delivery.Kind switch
    {
        DeliveryKind.TimeAsked => chain.TimeAsked is { IsOpen: false } asked && asked.Until == delivery.Since,
        DeliveryKind.Reassigned => !(chain.Answer == FollowUpAnswer.Reassign && chain.GivenTo == delivery.To),
        DeliveryKind.Reminder or DeliveryKind.Nudge or DeliveryKind.Alert or DeliveryKind.NobodyFound => true,
        _ => false,
    };

    private async Task NoteAsync(ChainAnswered answered, DeliveryRecord record, FollowUpChain chain, Company company, CancellationToken cancellationToken)
    {
        var waits = record.Delivery.Kind switch
        {
            DeliveryKind.Reassigned => chain.GivenTo == record.Delivery.To,
            DeliveryKind.TimeAsked => chain.TimeAsked is { IsOpen: true },
            DeliveryKind.Question => chain.Answer == FollowUpAnswer.AskTheRep && chain.AnsweredBy == record.Delivery.About,
            _ => false,
        };
        if (waits && company.Find(record.Delivery.To) is { } reader)
        {
            await mailboxes.NoteAsync(answered.Tenant, reader, new MailboxItem(answered.Opportunity, record.Delivery.Key), cancellationToken);
        }
    }

    private async Task UpdateAsync(
        ChainAnswered answered, DeliveryRecord record, Opportunity opportunity, FollowUpChain chain, Company company, CancellationToken cancellationToken)
    {
        if (record is not { ConversationId: { } conversation, MessageId: { } sent } || channels.Find(record.Channel)?.Reaches is not { } channel
            || company.Find(record.Delivery.To) is not { } reader)
        {
            return;
        }

        // an answer that does not concern its reader leaves them their buttons
        var did = record.Delivery.Kind == DeliveryKind.TimeAsked
            ? FollowUpMessage.TimeOf(chain.TimeAsked!, reader, company, playbook)
            : DeliveryStanding.AnswersTo(chain, record.Delivery, opportunity, KnownCustomer.NotRead, playbook, company).LastOrDefault() is { } said
                ? FollowUpMessage.DidOf(said, chain, reader, company, playbook)
                : null;
        if (did is null)
        {
            return;
        }

        try
        {
            var outbound = messages.BuildAnswered(record.Delivery, opportunity, did, reader, company);
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
