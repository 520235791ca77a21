using System.Globalization;

namespace KeyAccountBot.Storage.Embedded;

/// <summary>Queues in the embedded database; what is visible is decided by the clock given, so a moved clock moves what is due.</summary>
public sealed class EmbeddedDelayedQueue(EmbeddedDatabase database, TimeProvider clock) : IDelayedQueue
{
    /// <inheritdoc/>
    public async ValueTask SendAsync(string queue, ReadOnlyMemory<byte> body, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        StoreLimits.CheckMessage(queue, body);
        await database.WriteAsync(
            writer => writer.Execute(
                "INSERT INTO messages (queue, body, visible_at, receipt, dequeued) VALUES ($0, $1, $2, '', 0)", queue, body.ToArray(), visibleAt.UtcTicks),
            1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LeasedMessage>> ReceiveAsync(string queue, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        StoreLimits.CheckQueue(queue);
        cancellationToken.ThrowIfCancellationRequested();
        var now = clock.GetUtcNow();
        var due = database.Read(
            (queue, now.UtcTicks),
            static (statements, wanted) =>
                statements.Command("SELECT 1 FROM messages WHERE queue = $0 AND visible_at <= $1 LIMIT 1", wanted.queue, wanted.UtcTicks).ExecuteScalar() is not null);
        if (!due)
        {
            // an empty queue costs a read, never a write
            return [];
        }

        return await database.WriteAsync(
            writer =>
            {
                var receipt = Guid.NewGuid().ToString("N");
                List<LeasedMessage> leased = [];
                using var reader = writer.Command(
                    """
                    UPDATE messages SET visible_at = $2, receipt = $3, dequeued = dequeued + 1
                    WHERE id IN (SELECT id FROM messages WHERE queue = $0 AND visible_at <= $1 ORDER BY visible_at LIMIT $4)
                    RETURNING id, body, dequeued
                    """,
                    queue, now.UtcTicks, (now + lease).UtcTicks, receipt, max).ExecuteReader();
                while (reader.Read())
                {
                    leased.Add(new LeasedMessage(
                        queue, reader.GetInt64(0).ToString(CultureInfo.InvariantCulture), receipt, (byte[])reader[1], reader.GetInt32(2)));
                }

                return (IReadOnlyList<LeasedMessage>)leased;
            },
            1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(LeasedMessage message, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            writer => writer.Execute("DELETE FROM messages WHERE id = $0 AND receipt = $1", IdOf(message), message.Receipt), 1, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ReturnAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            writer => writer.Execute(
                "UPDATE messages SET visible_at = $2, receipt = '' WHERE id = $0 AND receipt = $1", IdOf(message), message.Receipt, visibleAt.UtcTicks),
            1,
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask PutOffAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            writer => writer.Execute(
                "UPDATE messages SET visible_at = $2, receipt = '', dequeued = dequeued - 1 WHERE id = $0 AND receipt = $1", IdOf(message), message.Receipt, visibleAt.UtcTicks),
            1,
            cancellationToken);

    private static long IdOf(LeasedMessage message) => long.Parse(message.Id, CultureInfo.InvariantCulture);
}
