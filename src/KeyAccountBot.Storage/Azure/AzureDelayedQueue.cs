using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using global::Azure;
using global::Azure.Storage.Queues;
using global::Azure.Storage.Queues.Models;

namespace KeyAccountBot.Storage.Azure;

/// <summary>Queues in an Azure storage account. A queue is created when it is first used.</summary>
/// <remarks>
/// The service hides a message for seven days at most, so each carries a first line with the time it is due and how often it surfaced
/// for nothing; receiving one that is not due by our clock hides it again. The line is followed by the body, and all of it is Base64.
/// </remarks>
public sealed class AzureDelayedQueue(QueueServiceClient service, TimeProvider clock) : IDelayedQueue
{
    private const int Most = 32;
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);
    private readonly ConcurrentDictionary<string, Lazy<Task<QueueClient>>> queues = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask SendAsync(string queue, ReadOnlyMemory<byte> body, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        StoreLimits.CheckMessage(queue, body);
        var client = await QueueAsync(queue, cancellationToken);
        await client.SendMessageAsync(new Envelope(visibleAt, 0, body).Text, Wait(visibleAt - clock.GetUtcNow()), Never, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LeasedMessage>> ReceiveAsync(string queue, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        StoreLimits.CheckQueue(queue);
        var client = await QueueAsync(queue, cancellationToken);
        var leaseFor = lease > TimeSpan.FromSeconds(1) ? Wait(lease) : TimeSpan.FromSeconds(1);
        List<LeasedMessage> leased = [];
        while (leased.Count < max)
        {
            var wanted = Math.Min(max - leased.Count, Most);
            QueueMessage[] received = await client.ReceiveMessagesAsync(wanted, leaseFor, cancellationToken);

            foreach (var message in received)
            {
                var envelope = Envelope.Read(message.MessageText);
                if (envelope.Due > clock.GetUtcNow())
                {
                    await HideAsync(client, message.MessageId, message.PopReceipt, envelope with { Early = envelope.Early + 1 }, cancellationToken);
                    continue;
                }

                var receipt = string.Create(CultureInfo.InvariantCulture, $"{envelope.Early} {message.PopReceipt}");
                leased.Add(new LeasedMessage(queue, message.MessageId, receipt, envelope.Body, (int)message.DequeueCount - envelope.Early));
            }

            if (received.Length < wanted)
            {
                // the queue is empty for now: asking again would be a trip for nothing
                break;
            }
        }

        return leased;
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        var client = await QueueAsync(message.Queue, cancellationToken);
        try
        {
            await client.DeleteMessageAsync(message.Id, ReceiptOf(message).Pop, cancellationToken);
        }
        catch (RequestFailedException e) when (IsLost(e))
        {
            // the lease was lost: the message is another receiver's, or gone
        }
    }

    /// <inheritdoc/>
    public async ValueTask ReturnAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        var client = await QueueAsync(message.Queue, cancellationToken);
        var (early, pop) = ReceiptOf(message);
        await HideAsync(client, message.Id, pop, new Envelope(visibleAt, early, message.Body), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask PutOffAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        var client = await QueueAsync(message.Queue, cancellationToken);
        var (early, pop) = ReceiptOf(message);
        await HideAsync(client, message.Id, pop, new Envelope(visibleAt, early + 1, message.Body), cancellationToken);
    }

    private async Task HideAsync(QueueClient client, string id, string pop, Envelope envelope, CancellationToken cancellationToken)
    {
        try
        {
            await client.UpdateMessageAsync(id, pop, envelope.Text, Wait(envelope.Due - clock.GetUtcNow()), cancellationToken);
        }
        catch (RequestFailedException e) when (IsLost(e))
        {
            // the lease was lost: the message is another receiver's, or gone
        }
    }

    private static bool IsLost(RequestFailedException e) => e.ErrorCode is "PopReceiptMismatch" or "MessageNotFound";

    // the service counts whole seconds; rounded up, a message is rather a little late than early
    private static TimeSpan Wait(TimeSpan wait) =>
        wait <= TimeSpan.Zero ? TimeSpan.Zero
        : wait >= Longest ? Longest
        : TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds));

    private static (int Early, string Pop) ReceiptOf(LeasedMessage message)
    {
        var space = message.Receipt.IndexOf(' ', StringComparison.Ordinal);
        return (int.Parse(message.Receipt.AsSpan(0, space), CultureInfo.InvariantCulture), message.Receipt[(space + 1)..]);
    }

    private async Task<QueueClient> QueueAsync(string queue, CancellationToken cancellationToken)
    {
        var creation = queues.GetOrAdd(queue, static (name, service) => new Lazy<Task<QueueClient>>(() => CreateAsync(service, name)), service);
        try
        {
            return await creation.Value.WaitAsync(cancellationToken);
        }
        catch when (creation.Value.IsFaulted)
        {
            // the next use tries again
            queues.TryRemove(new(queue, creation));
            throw;
        }
    }

    private static async Task<QueueClient> CreateAsync(QueueServiceClient service, string queue)
    {
        var client = service.GetQueueClient(queue);
        await client.CreateIfNotExistsAsync();
        return client;
    }

    /// <summary>What a message says about itself.</summary>
    /// <param name="Due">Not before.</param>
    /// <param name="Early">How often it surfaced before it was due, or was put off.</param>
    /// <param name="Body">As sent.</param>
    private sealed record Envelope(DateTimeOffset Due, int Early, ReadOnlyMemory<byte> Body)
    {
        public string Text
        {
            get
            {
                var line = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Due.UtcDateTime:O} {Early}\n"));
                return Convert.ToBase64String([.. line, .. Body.Span]);
            }
        }

        public static Envelope Read(string text)
        {
            var bytes = Convert.FromBase64String(text);
            var end = bytes.AsSpan().IndexOf((byte)'\n');
            var line = Encoding.ASCII.GetString(bytes, 0, end).Split(' ');
            return new Envelope(
                DateTimeOffset.ParseExact(line[0], "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                int.Parse(line[1], CultureInfo.InvariantCulture),
                bytes.AsMemory(end + 1));
        }
    }
}
