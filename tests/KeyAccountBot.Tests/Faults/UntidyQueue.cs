using KeyAccountBot.Storage;

namespace KeyAccountBot.Tests.Faults;

/// <summary>A queue that promises no more than it has to: every message comes twice, in any order, and one in four only later.</summary>
internal sealed class UntidyQueue(IDelayedQueue queue, TimeProvider clock, Random chance) : IDelayedQueue
{
    public async ValueTask SendAsync(string name, ReadOnlyMemory<byte> body, DateTimeOffset visibleAt, CancellationToken cancellationToken)
    {
        await queue.SendAsync(name, body, visibleAt, cancellationToken);
        await queue.SendAsync(name, body, visibleAt, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<LeasedMessage>> ReceiveAsync(string name, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        List<LeasedMessage> now = [];
        foreach (var message in await queue.ReceiveAsync(name, max, lease, cancellationToken))
        {
            if (Next(4) == 0)
            {
                await queue.PutOffAsync(message, clock.GetUtcNow().AddMinutes(1 + Next(90)), cancellationToken);
            }
            else
            {
                now.Insert(Next(now.Count + 1), message);
            }
        }

        return now;
    }

    public ValueTask CompleteAsync(LeasedMessage message, CancellationToken cancellationToken) => queue.CompleteAsync(message, cancellationToken);

    public ValueTask ReturnAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) =>
        queue.ReturnAsync(message, visibleAt, cancellationToken);

    public ValueTask PutOffAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) =>
        queue.PutOffAsync(message, visibleAt, cancellationToken);

    private int Next(int below)
    {
        lock (chance)
        {
            return chance.Next(below);
        }
    }
}
