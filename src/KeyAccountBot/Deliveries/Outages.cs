using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>
/// Puts outages of channels on record, once for all replicas, and has the administrator told; says both in the log. A store that is out of
/// reach at that moment is tried again with the next call to the channel.
/// </summary>
internal sealed partial class Outages(ITableStore tables, IDelayedQueue queues, ChannelHealth health, TimeProvider clock, ILogger<Outages> logger, RowReader? rows = null)
{
    /// <summary>The queue of words to the administrator.</summary>
    public const string Queue = "outages";

    /// <summary>Where the rows lie.</summary>
    public const string Partition = "channels";

    private const string Table = "operations";
    private const int Tries = 5;
    private readonly RowReader rows = rows ?? new RowReader();

    // what this process last saw on record: whether a channel is paused there
    private readonly ConcurrentDictionary<Channel, bool> known = new();

    /// <summary>The channel took something.</summary>
    /// <param name="channel">Which.</param>
    /// <param name="ended">The pause that this ended.</param>
    public async ValueTask WorksAsync(Channel channel, ChannelPause? ended)
    {
        if (ended is not null)
        {
            Works(channel, clock.GetUtcNow() - ended.Since);
        }

        if (known.TryGetValue(channel, out var isPaused) && isPaused)
        {
            await KeepAsync(channel, isPaused: false, () => CloseAsync(channel));
        }
    }

    /// <summary>The channel takes nothing.</summary>
    /// <param name="channel">Which.</param>
    /// <param name="began">The pause that this began.</param>
    public async ValueTask FailsAsync(Channel channel, ChannelPause? began)
    {
        if (began is not null)
        {
            Paused(channel, began.Reason);
        }

        if (health.Of(channel).Pause is { } pause && !known.GetValueOrDefault(channel))
        {
            await KeepAsync(channel, isPaused: true, () => OpenAsync(channel, pause));
        }
    }

    /// <summary>The outages that are not over.</summary>
    public async ValueTask<IReadOnlyList<OutageRecord>> OpenAsync(CancellationToken cancellationToken)
    {
        List<OutageRecord> open = [];
        await foreach (var row in tables.QueryAsync(Table, Partition, "", "\uffff", cancellationToken))
        {
            if (rows.Read(DeliveryRowKinds.Outage, row).Record is { OverAt: null } outage)
            {
                open.Add(outage);
            }
        }

        return open;
    }

    /// <summary>What was paused when the last process ended is known to this one: it says so once it works again.</summary>
    public async Task RememberAsync(CancellationToken cancellationToken)
    {
        foreach (var outage in await OpenAsync(cancellationToken))
        {
            known[outage.Channel] = true;
            health.Remember(outage.Channel, outage.Since, outage.Reason);
        }
    }

    /// <summary>A channel's last outage and its ETag; <c>null</c> where there was none, or its row cannot be read.</summary>
    public async ValueTask<(OutageRecord? Record, string? ETag)> FindAsync(Channel channel, CancellationToken cancellationToken) =>
        await tables.GetAsync(Table, Partition, RowOf(channel), cancellationToken) is { } row && rows.Read(DeliveryRowKinds.Outage, row) is var reading
            ? (reading.Record, reading.IsNewer ? null : row.ETag)
            : (null, null);

    /// <summary>Writes a channel's outage if nobody wrote it since; answers the new ETag.</summary>
    /// <exception cref="StoreConflictException">Somebody wrote first.</exception>
    public async ValueTask<string> WriteAsync(OutageRecord record, string? etag, CancellationToken cancellationToken)
    {
        var (row, body) = (RowOf(record.Channel), DeliveryRowKinds.Outage.BytesOf(record));
        TableOperation write = etag is null ? new TableOperation.Add(row, body) : new TableOperation.Replace(row, body, etag);
        return (await tables.SubmitAsync(Table, Partition, [write], cancellationToken))[0];
    }

    /// <summary>Changes what is on record of an outage, also where others write at the same time; without effect once another one has begun.</summary>
    public async ValueTask ChangeAsync(OutageDue due, Func<OutageRecord, OutageRecord> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; await FindAsync(due.Channel, cancellationToken) is ({ } record, { } etag) && record.Number == due.Number; attempt++)
        {
            try
            {
                await WriteAsync(change(record), etag, cancellationToken);
                return;
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // it ended, or another replica wrote: look again
            }
        }
    }

    private async Task OpenAsync(Channel channel, ChannelPause pause)
    {
        var (last, etag) = await FindAsync(channel, CancellationToken.None);
        if (last is { OverAt: null })
        {
            return;
        }

        // before the row: a message without a row does nothing. What is over soon is not told
        var outage = new OutageRecord(channel, (last?.Number ?? 0) + 1, pause.Since, pause.Reason);
        await TellAsync(new OutageDue(channel, outage.Number, IsOver: false), pause.Since + SendingRules.ShortPatience);
        await WriteAsync(outage, etag, CancellationToken.None);
    }

    private async Task CloseAsync(Channel channel)
    {
        var (last, etag) = await FindAsync(channel, CancellationToken.None);
        if (last is { OverAt: null })
        {
            var now = clock.GetUtcNow();
            await TellAsync(new OutageDue(channel, last.Number, IsOver: true), now);
            await WriteAsync(last with { OverAt = now }, etag, CancellationToken.None);
        }
    }

    private ValueTask TellAsync(OutageDue due, DateTimeOffset at) =>
        queues.SendAsync(Queue, JsonSerializer.SerializeToUtf8Bytes(due, DeliveryJson.Default.OutageDue), at, CancellationToken.None);

    // what was sent is sent, whatever becomes of this
    [SuppressMessage("Design", "CA1031", Justification = "It is tried again with the next call.")]
    private async ValueTask KeepAsync(Channel channel, bool isPaused, Func<Task> keep)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await keep();
                known[channel] = isPaused;
                return;
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // another replica says so at this moment: look again
            }
            catch (Exception e)
            {
                NotKept(e, channel);
                return;
            }
        }
    }

    private static string RowOf(Channel channel) => channel.ToString();

    [LoggerMessage(Level = LogLevel.Error, Message = "{Channel} takes nothing from us and is paused: {Reason}. What is due waits; one message at a time tries again.")]
    private partial void Paused(Channel channel, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Channel} works again after {Lasted}; what waited is being sent.")]
    private partial void Works(Channel channel, TimeSpan lasted);

    [LoggerMessage(Level = LogLevel.Warning, Message = "That {Channel} is paused or works again could not be put on record; it is tried again with the next call.")]
    private partial void NotKept(Exception exception, Channel channel);
}
