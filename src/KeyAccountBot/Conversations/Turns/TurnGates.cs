using System.Collections.Concurrent;

namespace KeyAccountBot.Conversations.Turns;

/// <summary>Lets the turns of one conversation through one by one, in the order they came, within this process.</summary>
internal sealed class TurnGates
{
    private readonly ConcurrentDictionary<string, Gate> gates = new(StringComparer.Ordinal);

    /// <summary>Waits for the conversation's turn; dispose to let the next one in.</summary>
    public async ValueTask<Pass> EnterAsync(string conversation, CancellationToken cancellationToken)
    {
        while (true)
        {
            var gate = gates.GetOrAdd(conversation, static _ => new Gate());
            lock (gate)
            {
                if (gate.Closed)
                {
                    continue;
                }

                gate.Waiting++;
            }

            try
            {
                await gate.Lock.WaitAsync(cancellationToken);
                return new Pass(this, conversation, gate);
            }
            catch
            {
                Leave(conversation, gate);
                throw;
            }
        }
    }

    /// <summary>Takes the conversation's turn where nobody has it or waits for it; dispose to let the next one in.</summary>
    public bool TryEnter(string conversation, out Pass pass)
    {
        var mine = new Gate { Waiting = 1 };
        mine.Lock.Wait(0);
        var entered = gates.TryAdd(conversation, mine);
        pass = entered ? new Pass(this, conversation, mine) : default;
        return entered;
    }

    private void Leave(string conversation, Gate gate)
    {
        lock (gate)
        {
            if (--gate.Waiting == 0)
            {
                gate.Closed = true;
                gates.TryRemove(new KeyValuePair<string, Gate>(conversation, gate));
            }
        }
    }

    /// <summary>A turn under way.</summary>
    public readonly struct Pass(TurnGates gates, string conversation, Gate gate) : IDisposable
    {
        public void Dispose()
        {
            gate.Lock.Release();
            gates.Leave(conversation, gate);
        }
    }

    /// <summary>One conversation's.</summary>
    public sealed class Gate
    {
        public SemaphoreSlim Lock { get; } = new(1, 1);

        public int Waiting { get; set; }

        public bool Closed { get; set; }
    }
}
