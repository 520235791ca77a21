namespace KeyAccountBot.Benchmarks.Storage;

/// <summary>The storage round trips of one turn. Reads count, and a query is one.</summary>
internal sealed class Trips
{
    private static readonly AsyncLocal<Trips?> Under = new();
    private readonly Lock counting = new();
    private readonly List<string> calls = [];
    private int underWay;
    private int waits;
    private (int Calls, int Waits)? atReply;

    /// <summary>What the request being handled adds to; <c>null</c> in what runs beside the turns.</summary>
    public static Trips? Current
    {
        get => Under.Value;
        set => Under.Value = value;
    }

    /// <summary>What was called, in order.</summary>
    public IReadOnlyList<string> Calls => calls;

    /// <summary>Calls before the reply was sent.</summary>
    public int BeforeReply => atReply?.Calls ?? calls.Count;

    /// <summary>How often the turn waited for storage before the reply was sent: calls made together are one wait.</summary>
    public int WaitsBeforeReply => atReply?.Waits ?? waits;

    /// <summary>The reply arrived.</summary>
    public void Replied()
    {
        lock (counting)
        {
            atReply ??= (calls.Count, waits);
        }
    }

    /// <summary>A call begins; dispose to end it.</summary>
    public static Call Begin(string what)
    {
        var trips = Current;
        trips?.Add(what);
        return new Call(trips);
    }

    private void Add(string what)
    {
        lock (counting)
        {
            calls.Add(what);
            waits += underWay++ == 0 ? 1 : 0;
        }
    }

    /// <summary>A call under way.</summary>
    public readonly struct Call(Trips? trips) : IDisposable
    {
        public void Dispose()
        {
            if (trips is not null)
            {
                lock (trips.counting)
                {
                    trips.underWay--;
                }
            }
        }
    }
}
