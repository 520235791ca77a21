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
internal sealed partial class Outages(Tables tables, IDelayedQueue queues, ChannelHealth health, TimeProvider clock, ILogger<Outages> logger)
{
    /// <summary>The queue of words to the administrator.</summary>
    public const string Queue = "outages";

    /// <summary>Where the rows lie.</summary>
    public const string Partition = "channels";

    /// <summary>Where a channel's outage lies.</summary>
    public static KeyShape<OutageKey> Keys { get; } = new(
        k => new RowPlace(Partition, k.Channel.ToString()),
        p => p.Partition == Partition && Enum.TryParse<Channel>(p.Row, out var channel) ? new OutageKey(channel) : null);

    private readonly Table<OutageKey, OutageRecord> rows = tables.Of(DeliveryRowKinds.Outage, Keys);

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
        await foreach (var row in rows.QueryAsync(RowRange.Whole(Partition), cancellationToken))
        {
            if (row.Record is { OverAt: null } outage)
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
    public async ValueTask<(OutageRecord? Record, string? ETag)> FindAsync(Channel channel, CancellationToken cancellationToken)
    {
        var row = await rows.FindAsync(new OutageKey(channel), cancellationToken);
        return (row.Record, row.Replaceable);
    }

    /// <summary>Writes a channel's outage if nobody wrote it since; answers the new ETag.</summary>
    /// <exception cref="StoreConflictException">Somebody wrote first.</exception>
    public ValueTask<string> WriteAsync(OutageRecord record, string? etag, CancellationToken cancellationToken) =>
        rows.WriteAsync(new OutageKey(record.Channel), record, etag, cancellationToken);

    /// <summary>Changes what is on record of an outage, also where others write at the same time; without effect once another one has begun.</summary>
    public async ValueTask ChangeAsync(OutageDue due, Func<OutageRecord, OutageRecord> change, CancellationToken cancellationToken) =>
        await rows.ChangeAsync(new OutageKey(due.Channel), record => record is not null && record.Number == due.Number ? change(record) : record, cancellationToken);

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
        try
        {
            // in a conflict another replica says so at this moment
            await OptimisticLoop.RunAsync(async _ => await keep());
            known[channel] = isPaused;
        }
        catch (Exception e)
        {
            NotKept(e, channel);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Channel} takes nothing from us and is paused: {Reason}. What is due waits; one message at a time tries again.")]
    private partial void Paused(Channel channel, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Channel} works again after {Lasted}; what waited is being sent.")]
    private partial void Works(Channel channel, TimeSpan lasted);

    [LoggerMessage(Level = LogLevel.Warning, Message = "That {Channel} is paused or works again could not be put on record; it is tried again with the next call.")]
    private partial void NotKept(Exception exception, Channel channel);
}

/// <summary>The key of a channel's last outage.</summary>
/// <param name="Channel">Which.</param>
internal sealed record OutageKey(Channel Channel);
